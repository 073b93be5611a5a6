"""Slices made by hand that between them hold everything a chart must cope with."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from dashboard.model import Cell, Event, Key, Point, Slice, Source, Status, Target, View

BANK = Source("sbp", "State Bank of Pakistan", "Exports by country", vintage="2026-08-20")
SAMPLE = Source("sample", "Better Work Pakistan", "Sample", illustrative=True)
CITIES = {"karachi": "Karachi", "lahore": "Lahore", "faisalabad": "Faisalabad"}
CLUSTERS = {
    "osh": "Occupational safety and health",
    "compensation": "Compensation",
    "contracts": "Contracts and human resources",
    "working_time": "Working time",
    "freedom_of_association": "Freedom of association and collective bargaining",
    "discrimination": "Discrimination",
    "forced_labour": "Forced labour",
    "child_labour": "Child labour",
}
LABELS: dict[str, dict[str, str]] = {
    "city": {"": "City", "_T": "All cities", **CITIES},
    "cluster": {"": "Cluster", "_T": "All clusters", **CLUSTERS},
    "sex": {"": "Sex", "_T": "Both sexes", "f": "Women", "m": "Men"},
    "role": {"": "Role", "_T": "All", "worker": "Workers", "supervisor": "Supervisors"},
    "item_status": {
        "": "Status of the item",
        "_T": "All",
        "completed": "Completed",
        "in_progress": "In progress",
        "pending": "Not started",
        "overdue": "Overdue",
    },
    "product": {
        "": "Product",
        "_T": "All goods",
        "hs52": "Cotton",
        "hs55": "Man-made staple fibres",
        "hs61": "Apparel, knitted or crocheted",
        "hs62": "Apparel, not knitted or crocheted",
        "hs63": "Other made-up textile articles",
    },
    "goal": {"": "Goal", "_T": "All", "a": "Factories enrolled", "b": "Supervisors trained"},
    "activity": {"": "Milestone", "_T": "All", "e": "Enterprises enrolled", "p": "Participants"},
    "instrument": {"": "Instrument", "_T": "All", "c087": "C087", "cat": "CAT", "x": "Genocide"},
    "jurisdiction": {"": "Jurisdiction", "_T": "All", "punjab": "Punjab", "sindh": "Sindh"},
}
EVENTS = (
    Event("2021-09-22", "Commission proposes a new GSP regulation with six more conventions", "g"),
    Event("2022-06-22", "GSP+ monitoring mission", "g"),
    Event("2023-10-05", "European Parliament votes to prolong the GSP rules", "g"),
    Event("2025-11", "GSP+ monitoring mission", "g", confirmed=False),
)


def sliced(*points: Point, **given: Any) -> Slice:
    """Return a slice of some points; what is not given is that of monthly exports."""
    usual: dict[str, Any] = {
        "view": View("exports_goods"),
        "title": "Exports of all goods",
        "measure": "Exports of all goods, free on board",
        "definition": "",
        "denominator": "",
        "unit": "usd",
        "decimals": 0,
        "direction": "higher",
        "freq": "M",
        "panel": "all",
        "kind": "line",
        "split": (),
        "chosen": (),
        "labels": LABELS,
        "sources": (BANK,),
        "release": "2026.1",
        "cut_off": date(2026, 9, 30),
    }
    return Slice(points=points, **{**usual, **given})


def at(**codes: str) -> Key:
    """Return a key."""
    return tuple(codes.items())


def month(i: int) -> str:
    """Return the i-th month since January 2021."""
    return f"{2021 + i // 12}-{i % 12 + 1:02d}"


def shown(value: float | None, **given: Any) -> Cell:
    """Return a cell; None is a hidden one."""
    status: Status = "A" if value is not None else "c"
    return Cell(value, **{"status": status, **given})


def exports(months: int = 67) -> Slice:
    """Monthly exports, the last five provisional."""
    values = [2.0e9 + 1.5e7 * i + 2.5e8 * math.sin(i / 1.7) for i in range(months)]
    points = [
        Point(month(i), (), Cell(v, flags=("p",) if i >= months - 5 else ()))
        for i, v in enumerate(values)
    ]
    return sliced(*points, events=EVENTS)


def by_city() -> Slice:
    """Rates of three cities by fiscal year: a hidden one, small bases, the last year incomplete."""
    points = [
        Point(
            f"FY{year}",
            at(city=city),
            shown(
                None if (city, year) == ("faisalabad", 2024) else first - 5 * (year - 2023),
                n=n,
                flags=("incomplete",) if year == 2027 else (),
            ),
        )
        for city, first, n in (("karachi", 60, 50), ("lahore", 55, 32), ("faisalabad", 50, 15))
        for year in range(2023, 2028)
    ]
    return _rate(points, kind="line", split=("city",))


def _rate(points: list[Point], **given: Any) -> Slice:
    usual: dict[str, Any] = {
        "title": "Non-compliance rate",
        "measure": "Non-compliant pairs of a factory and a compliance point",
        "unit": "percent",
        "freq": "FY",
        "direction": "lower",
        "step": 5,
        "sources": (SAMPLE,),
        "denominator": "factories assessed",
    }
    return sliced(*points, **{**usual, **given})


def by_cluster() -> Slice:
    """Rates of one year, two of them hidden, one under 10, one over 90."""
    values: dict[str, tuple[float | None, dict[str, Any]]] = {
        "osh": (90, {"n": 80, "qualifier": "gt"}),
        "compensation": (60, {"n": 31}),
        "contracts": (None, {}),
        "working_time": (45, {"n": 31}),
        "freedom_of_association": (30, {"n": 31}),
        "discrimination": (10, {"n": 31, "qualifier": "lt"}),
        "forced_labour": (None, {}),
        "child_labour": (None, {"status": "x"}),
    }
    points = [Point("FY2026", at(cluster=c), shown(v, **rest)) for c, (v, rest) in values.items()]
    return _rate(points, kind="bars", split=("cluster",), order="value")


def cycles() -> Slice:
    """Two cycles of the same factories: better, worse, unclear, unknown and hidden."""
    pairs: dict[str, tuple[float | None, float | None, int]] = {
        "osh": (90, 70, 60),
        "compensation": (65, 60, 60),
        "contracts": (40, 60, 120),
        "working_time": (60, 40, 12),
        "discrimination": (20, None, 60),
        "forced_labour": (None, None, 60),
    }
    points = [
        Point(cycle, at(cluster=cluster), shown(value, n=n))
        for cluster, (first, second, n) in pairs.items()
        for cycle, value in (("C1", first), ("C2", second))
    ]
    return _rate(points, freq="C", kind="dumbbell", split=("cluster",), panel="same")


def heat() -> Slice:
    """Clusters by city and year; two rows hidden outside Karachi."""
    rare = ("forced_labour", "child_labour")
    points = [
        Point(
            f"FY{year}",
            at(cluster=cluster, city=city),
            shown(None if cluster in rare and city != "karachi" else first - 5.0 * (year - 2024)),
        )
        for cluster, first in zip(CLUSTERS, (90, 65, 60, 55, 35, 20, 15, 15), strict=True)
        for city in CITIES
        for year in (2024, 2025)
    ]
    return _rate(points, kind="heat", split=("cluster", "city"))


def women() -> Slice:
    """Shares by role and city with the total of all cities; one hidden."""
    values = {"worker": (20, 24, 19, 12), "supervisor": (9, 11, 9, None)}
    points = [
        Point("FY2026", at(role=role, city=city), shown(value))
        for role, row in values.items()
        for city, value in zip(("_T", *CITIES), row, strict=True)
    ]
    return sliced(
        *points, title="Women by role", unit="percent", freq="FY", kind="dots",
        split=("role", "city"), direction="neutral",
    )  # fmt: skip


def items() -> Slice:
    """Shares of a whole by cluster; one row with a hidden part."""
    rows: dict[str, tuple[float | None, ...]] = {
        "osh": (52, 24, 9, 15),
        "compensation": (61, 21, None, None),
        "working_time": (38, 27, 11, 24),
    }
    points = [
        Point("2026-09", at(cluster=cluster, item_status=status), shown(value, n=120))
        for cluster, row in rows.items()
        for status, value in zip(list(LABELS["item_status"])[2:], row, strict=True)
    ]
    return sliced(
        *points, title="Improvement items", unit="percent", kind="stacked",
        split=("cluster", "item_status"),
    )  # fmt: skip


def enrolled() -> Slice:
    """A cumulative count with its target."""
    points = [Point(month(18 + i), (), Cell(float(min(3 + 2 * i, 112)))) for i in range(51)]
    target = Target(120, "Target for the pilot phase")
    return sliced(
        *points, title="Enterprises enrolled", measure="Factory sites", unit="factories",
        kind="step", target=target, sources=(SAMPLE,),
    )  # fmt: skip


def chapters() -> Slice:
    """Five products over twenty years with two years missing."""
    points = [
        Point(str(year), at(product=code), Cell((place + 1) * 4e8 + (year - 2004) * 8e7))
        for place, code in enumerate(list(LABELS["product"])[2:])
        for year in range(2004, 2024)
        if year not in (2009, 2010)
    ]
    return sliced(*points, title="Exports by product", freq="A", kind="line", split=("product",))


def wide() -> Slice:
    """Two cycles that reach the end of the axis."""
    pairs = {"osh": (80, 20), "compensation": (20, 80)}
    points = [
        Point(cycle, at(cluster=cluster), shown(value, n=60))
        for cluster, pair in pairs.items()
        for cycle, value in zip(("C1", "C2"), pair, strict=True)
    ]
    return _rate(points, freq="C", kind="dumbbell", split=("cluster",))


def to_date(months: int = 27) -> Slice:
    """Return sums since July that begin anew twice, the last under way and provisional."""
    sums = [2.5e9 * (i % 12 + 1) * (1 + i // 12 / 10) for i in range(months)]
    points = [
        Point(month(42 + i), (), Cell(value, flags=("p",) if i == months - 1 else ()))
        for i, value in enumerate(sums)
    ]
    return sliced(*points, title="Exports since July", kind="years", to_date=True)


def _others() -> Iterator[tuple[str, Slice]]:
    yield "to_date", to_date()
    reached = [Point("2026-09", at(goal=code), Cell(n)) for code, n in (("a", 133), ("b", 8097))]
    yield (
        "reached",
        sliced(*reached, title="Reached", unit="count", kind="milestones", split=("goal",)),
    )
    quarters = [f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4)]
    visits = [
        Point(q, (), Cell(10.0 + 3 * i, flags=("incomplete",) if i == 10 else ()))
        for i, q in enumerate(quarters[:11])
    ]
    yield "columns", sliced(*visits, title="Advisory visits", unit="visits", freq="Q", kind="bars")
    growth = [Point(str(2011 + i), (), Cell(v)) for i, v in enumerate((5.1, -3.2, 4, 8.8, -10.1))]
    yield "growth", sliced(*growth, unit="percent", decimals=1, freq="A", kind="bars", base="free")
    goals = [Point("2026-09", at(goal="a"), Cell(78)), Point("2026-09", at(goal="b"), Cell(104))]
    yield (
        "progress",
        sliced(*goals, title="Results", unit="percent", kind="progress", split=("goal",)),
    )
    facts = [
        Point("2023", at(activity="e"), Cell(30, qualifier="over")),
        Point("2024", at(activity="e"), Cell(94)),
        Point("2024", at(activity="p"), Cell(500, qualifier="about")),
    ]
    yield (
        "milestones",
        sliced(
            *facts,
            title="Milestones",
            unit="count",
            freq="A",
            kind="milestones",
            split=("activity",),
        ),
    )
    years = [
        Point("1951", at(instrument="c087"), Cell(1951)),
        Point("2010", at(instrument="cat"), Cell(2010)),
        Point("2026", at(instrument="x"), Cell(None, "x")),
    ]
    yield (
        "timeline",
        sliced(
            *years,
            title="Conventions",
            unit="year",
            freq="A",
            kind="timeline",
            split=("instrument",),
        ),
    )
    wages = [
        Point(day, at(jurisdiction=place), Cell(float(wage)))
        for place, days in (
            ("punjab", (("2021-07-01", 20000), ("2023-07-01", 32000), ("2025-07-01", 40000))),
            ("sindh", (("2021-07-01", 25000), ("2024-07-01", 37000), ("2025-07-01", 40000))),
        )
        for day, wage in days
    ]
    yield "wages", sliced(
        *wages, title="Minimum wage", unit="pkr_month", freq="D", kind="step",
        split=("jurisdiction",),
    )  # fmt: skip
    break_ = [
        Point(str(2015 + i), (), Cell(20 + i, flags=("b",) if i == 4 else ())) for i in range(8)
    ]
    yield "break", sliced(*break_, unit="percent", freq="A")
    yield "one", sliced(Point("2026-07", (), Cell(2.7e9)), kind="bars")
    yield "nothing", sliced(*(Point(month(i), (), Cell(None, "c")) for i in range(4)))


CASES: dict[str, Slice] = {
    "exports": exports(),
    "by_city": by_city(),
    "by_cluster": by_cluster(),
    "cycles": cycles(),
    "wide": wide(),
    "heat": heat(),
    "women": women(),
    "items": items(),
    "enrolled": enrolled(),
    "chapters": chapters(),
    **dict(_others()),
}


def as_kind(answer: Slice, kind: str) -> Slice:
    """Return the same slice asked for as another kind."""
    return replace(answer, kind=kind)
