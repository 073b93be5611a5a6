"""A programme so small that only the ministry sees rates by city, and its release in a store."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from drafting import declared
from made_programmes import FIRST, HERE

from dashboard.model import NoRelease, Series, Source
from dashboard.store import Published
from data_loaders import measures, publish
from data_loaders.publish import Auditing, Built, Inputs
from data_loaders.records import Assessment, Factory, Finding, Record, Spell

CUT_OFF = date(2025, 6, 30)
RATES = Series("noncompliance_cluster", "percent", "FY")


def inputs(cities: Sequence[str], found: Sequence[int], owners: Sequence[str] = ()) -> Inputs:
    """Make one factory for each city named; the first so many points of each are findings."""
    records: list[Record] = []
    points = declared().codelists["compliance_point"].codes
    for number, (city, findings) in enumerate(zip(cities, found, strict=True)):
        id_ = f"F-{number:03}"
        owner = owners[number] if owners else f"G-{number}"
        records.append(Factory(HERE, id_, f"Mills {id_}", owner, f"Mill {id_}", city, "denim"))
        records.append(Spell(HERE, id_, "active", FIRST, None))
        day = date(2024, 9, 1)
        records.append(Assessment(HERE, f"{id_}-1", id_, 1, day, "CAT 2.0", short_version=False))
        in_cluster: dict[str, int] = {}
        for point, row in points.items():
            cluster = str(row["parent"])
            at = in_cluster[cluster] = in_cluster.get(cluster, -1) + 1
            answer = at < findings
            records.append(Finding(f"{id_}-1", f"Q {point}", cluster, point, answer))
    names = {s for measure in measures.discover().values() for s in measure.sources}
    sources = {n: Source(n, "The made programme", n, "", illustrative=True) for n in names}
    return Inputs(tuple(records), (), sources, CUT_OFF, 10)


CITIES = ("karachi",) * 9 + ("lahore",) * 9 + ("faisalabad",) * 5
FOUND = (0, 1, 2, 3, 1, 2, 0, 3, 2, 1, 2, 3, 0, 1, 1, 2, 3, 2, 1, 2, 0, 3, 1)


@cache
def built() -> Built:
    """Return the release of a programme with cities of 9, 9 and 5 factories."""
    return publish.build(inputs(CITIES, FOUND), declared(), Auditing())


def store_at(folder: Path, new: Built) -> Published:
    """Return a store in a folder with one release more."""
    store = Published.at(f"sqlite:///{folder}/published.db", create=True)
    publish.write(new.release, store, "made", new.ministry.cells)
    return store


def release_names(store: Published) -> list[str]:
    """Return the names of all releases, none where there is no store yet."""
    try:
        return [stored.id for stored in store.board().releases]
    except NoRelease:
        return []
