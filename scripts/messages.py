"""Collect every message of the dashboard and of config/ into the catalogues in config/locales.

New messages are added without a translation, vanished ones are removed, translations stay.
With --check nothing is written: catalogues that would change are named.
"""

import csv
import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's own folder is the only one that Python looks into

from dashboard import catalogue as declarations  # noqa: E402
from dashboard.i18n.times import MONTHS  # noqa: E402
from dashboard.i18n.units import read_units  # noqa: E402
from data_loaders.releases import NOTES  # noqa: E402
from scripts import said  # noqa: E402

PLACE = re.compile(r"\{\w+\}")
FORMS = re.compile(r"nplurals=(\d+)")
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Message:
    """A message of all languages: its English text, its plural or "", where it is said."""

    one: str
    many: str = ""
    places: tuple[str, ...] = ()


def collect(root: Path) -> dict[str, Message]:
    """Return every message by its English text; raise ValueError for one said in two ways."""
    messages: dict[str, Message] = {}
    months = [(month, "", "dashboard/i18n/times.py") for month in MONTHS]
    notes = [(note, "", "data_loaders/releases.py") for note in NOTES]
    for one, many, place in [*said.collect(root), *months, *notes, *_declared(root / "config")]:
        if not one or PLACE.fullmatch(one):
            continue
        known = messages.get(one, Message(one, many))
        if known.many != many:
            raise ValueError(f"{place}: {one!r} has another plural elsewhere: {known.many!r}")
        messages[one] = Message(one, many, tuple(sorted({*known.places, place})))
    return messages


def _declared(config: Path) -> Iterator[said.Found]:
    """Yield every message that config/ declares."""
    read = declarations.load(config)
    for place, texts in [*_indicators(read), *_lists(read), *_pages(read)]:
        yield from ((text, "", place) for text in texts if text)
    for fact in _rows(config / "facts/cited_facts.csv"):
        names = (fact["indicator"], fact["geography"], fact["unit"])
        yield from ((text, "", "config/facts/cited_facts.csv") for text in names)
    for unit in read_units(config / "units.yaml").values():
        yield from ((text, "", "config/units.yaml") for text in unit.messages())
        if unit.one:
            yield unit.one, unit.many, "config/units.yaml"


def _indicators(read: declarations.Catalogue) -> Iterator[tuple[str, list[str]]]:
    for name, one in read.indicators.items():
        texts = [one.title, one.measure, one.definition, one.denominator, *one.notes]
        target = [one.target.label] if one.target else []
        yield f"config/indicators/{name}.yaml", [*texts, *target]


def _lists(read: declarations.Catalogue) -> Iterator[tuple[str, list[str]]]:
    for name, codelist in read.codelists.items():
        rows = codelist.codes.values()
        texts = [str(row[key]) for row in rows for key in ("label", "note") if row.get(key)]
        yield (
            f"config/codelists/{name}.yaml",
            [codelist.label, codelist.plural or "All", *texts, *codelist.groups.values()],
        )


def _pages(read: declarations.Catalogue) -> Iterator[tuple[str, list[str]]]:
    for theme in read.themes.values():
        yield "config/themes.yaml", [theme.title, theme.nav, theme.intro]
    for audience in read.audiences.values():
        yield f"config/audiences/{audience.id}.yaml", [audience.title, audience.intro]
    yield "config/events.yaml", [event.title for event in read.events]
    for entry in read.glossary.values():
        yield "config/glossary.yaml", [entry.term, entry.definition]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table; what is quoted of a publication stays in its language."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def merge(path: Path, messages: Mapping[str, Message]) -> polib.POFile:
    """Return a catalogue with exactly these messages, its translations kept."""
    old = polib.pofile(str(path), encoding="utf-8")
    known = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = dict(old.metadata)
    forms = int(FORMS.findall(old.metadata["Plural-Forms"])[0])
    for message in sorted(messages.values(), key=lambda m: (m.places, m.one)):
        new.append(_entry(message, known.get(message.one), forms))
    return new


def _entry(message: Message, known: polib.POEntry | None, forms: int) -> polib.POEntry:
    entry = polib.POEntry(msgid=message.one, occurrences=[(p, "") for p in message.places])
    if not message.many:
        entry.msgstr = known.msgstr if known else ""
        return entry
    said = known.msgstr_plural if known else {}
    entry.msgid_plural = message.many
    entry.msgstr_plural = {form: said.get(form, "") for form in range(forms)}
    return entry


def main() -> None:
    """Bring every catalogue up to date and say how far each is translated."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail on a difference")
    parser.add_argument("root", nargs="?", type=Path, default=ROOT, help="the repository")
    asked = parser.parse_args()
    messages = collect(asked.root)
    stale = []
    for path in sorted((asked.root / "config/locales").glob("*.po")):
        book = merge(path, messages)
        text = str(book).rstrip("\n") + "\n"
        if text != path.read_text(encoding="utf-8"):
            stale.append(path.name)
        if not asked.check:
            path.write_text(text, encoding="utf-8")
        print(f"{path.stem}: {len(book.translated_entries())} of {len(book)} messages translated")
    if asked.check and stale:
        sys.exit(f"{', '.join(stale)}: not up to date with what the code says; run: make messages")


if __name__ == "__main__":
    main()
