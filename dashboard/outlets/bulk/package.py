"""A package of data: files in one folder with their checksums, the same bytes on any day."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date

from dashboard.catalogue import Indicator
from dashboard.model import Fact, Release
from dashboard.outlets.asking import Asking
from dashboard.outlets.bulk import dictionary, readme
from dashboard.outlets.data import all_rows, written
from dashboard.outlets.release_sources import COLUMNS, file_rows
from dashboard.outlets.releases import csv_text

PLAIN_FILE = 0o644 << 16
UNIX = 3
SUMS = "SHA256SUMS.txt"
FACTS = tuple(field.name for field in fields(Fact))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a package holds: indicators of a release and their sources, in a folder of a name.

    `release` has the sources of these indicators alone; `made_up` are the made-up indicators.
    """

    release: Release
    indicators: tuple[Indicator, ...]
    made_up: frozenset[str]
    folder: str
    facts: tuple[Fact, ...] = ()

    def path(self, indicator: Indicator) -> str:
        """Return where the figures of an indicator are; made-up ones have their own folder."""
        folder = "data/illustrative" if indicator.id in self.made_up else "data"
        return f"{folder}/{indicator.id}.csv"


def wanted(release: Release, indicators: Sequence[Indicator], ending: str = "") -> Wanted:
    """Return the package of those indicators that a release has cells of."""
    used = _sources(release)
    there = tuple(indicator for indicator in indicators if indicator.id in used)
    ids = {id_ for indicator in there for id_ in used[indicator.id]}
    own = {id_: source for id_, source in release.sources.items() if id_ in ids}
    made_up = {i.id for i in there if any(own[s].illustrative for s in used[i.id] if s in own)}
    quoted = {name for indicator in there for name in indicator.facts}
    facts = [fact for fact in release.facts if not ending or fact.id in quoted]
    folder = f"better-work-pakistan-{release.id}{ending}"
    return Wanted(
        replace(release, sources=own), there, frozenset(made_up), folder, facts=tuple(facts)
    )


def _sources(release: Release) -> Mapping[str, set[str]]:
    """Return {indicator: sources of its cells}."""
    used: dict[str, set[str]] = {}
    for series, by_key in release.cells.items():
        of_it = used.setdefault(series.indicator, set())
        for by_period in by_key.values():
            for cell in by_period.values():
                of_it.update(cell.sources)
    return used


def made(asking: Asking, package: Wanted) -> bytes:
    """Return a package as a ZIP, written file by file as if on the cut-off date of the release."""
    out, sums = io.BytesIO(), []
    with zipfile.ZipFile(out, "w") as into:
        for name, text in files(asking, package):
            body = text.encode()
            sums.append(f"{hashlib.sha256(body).hexdigest()}  {name}\n")
            _write(into, f"{package.folder}/{name}", body, package.release.cut_off)
        _write(into, f"{package.folder}/{SUMS}", "".join(sums).encode(), package.release.cut_off)
    return out.getvalue()


def _write(into: zipfile.ZipFile, name: str, body: bytes, day: date) -> None:
    entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    entry.compress_type, entry.create_system, entry.external_attr = (
        zipfile.ZIP_DEFLATED,
        UNIX,
        PLAIN_FILE,
    )
    into.writestr(entry, body)


def files(asking: Asking, package: Wanted) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of every file of a package but its checksums."""
    statistics, release = asking.statistics, package.release
    about = readme.About(
        release,
        bool(package.made_up),
        len(package.indicators),
        package.indicators[0].id,
        asking.public_url,
    )
    for locale in statistics.locales.values():
        name = "README.txt" if locale.code == "en" else f"README.{locale.code}.txt"
        yield name, readme.written(about, locale)
    for indicator in package.indicators:
        yield package.path(indicator), written(all_rows(release, indicator))
    yield from dictionary.files(statistics, package.indicators, package.made_up)
    yield "sources.csv", csv_text(COLUMNS, file_rows(release))
    if package.facts:
        yield "facts.csv", csv_text(FACTS, (_fact(fact) for fact in package.facts))


def _fact(fact: Fact) -> Mapping[str, object]:
    return {**asdict(fact), "disagrees_with": "; ".join(fact.disagrees_with)}
