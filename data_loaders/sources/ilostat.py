"""ILOSTAT tables as the ILO's bulk files and its R client write them: codes in lower case.

Years of annual series may read 2027.0 and quarters 2025.25, where they went through R. Modelled
series run into the future; those years are forecasts and are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from dashboard.catalogue import SourceDeclaration
from dashboard.model import Source
from data_loaders.reading import Book, Report, tabular
from data_loaders.reading.credits import credit, vintage_of
from data_loaders.reading.observations import Observation, Observed, sources_of
from data_loaders.records import Figure

KIND = "ilostat"

NEEDED = ("refarea", "indicator", "time", "obsvalue")
DECIMAL = re.compile(r"(\d{4})\.(0|25|5|75)")
QUARTERS = {"0": "Q1", "25": "Q2", "5": "Q3", "75": "Q4"}


def recognise(book: Book) -> bool:
    """Whether the headings are ref_area, indicator, time and obs_value."""
    return tabular.first_table(book, NEEDED) is not None


def read(book: Book, report: Report) -> Iterator[Figure]:
    """Yield the observations that a source of config/sources takes."""
    table = tabular.first_table(book, NEEDED)
    if table is None:
        return
    tabular.account(book, table, report)
    observed = Observed(book, report, vintage_of(book))
    lines = list(tabular.lines(table, report, NEEDED))
    quarterly = _quarterly(lines)
    for line in lines:
        yield from observed.take(_observation(line, line["indicator"] in quarterly))
    observed.finish()


def _quarterly(lines: list[tabular.Cells]) -> set[str]:
    """Return the indicators with a part of a year anywhere: their .0 is a first quarter."""
    parts: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if found := DECIMAL.fullmatch(line["time"]):
            parts[line["indicator"]].add(found[2])
    return {indicator for indicator, found in parts.items() if found - {"0"}}


def _observation(line: tabular.Cells, quarterly: bool) -> Observation:
    return Observation(
        sheet=line.sheet,
        row=line.number,
        flow=f"DF_{line['indicator'].removeprefix('DF_')}",
        dimensions={
            "REF_AREA": line["refarea"],
            "SEX": line["sex"],
            "AGE": line["classif1"],
        },
        period=period_of(line["time"], quarterly),
        value=line["obsvalue"],
        flags=line["obsstatus"],
        column="obs_value",
    )


def period_of(text: str, quarterly: bool) -> str:
    """Return a time as SDMX writes it: "2027.0" is 2027, or 2027-Q1 in a quarterly series."""
    found = DECIMAL.fullmatch(text)
    if found is None:
        return text
    return f"{found[1]}-{QUARTERS[found[2]]}" if quarterly else found[1]


def sources(book: Book, declared: Mapping[str, SourceDeclaration]) -> tuple[Source, ...]:
    """Return the sources that the indicators of the file belong to."""
    table = tabular.first_table(book, NEEDED)
    lines = tabular.lines(table, Report(book.name), NEEDED) if table else iter(())
    flows = {f"DF_{line['indicator'].removeprefix('DF_')}" for line in lines}
    return tuple(credit(book, id_, declared.get(id_)) for id_ in sources_of(book, flows))
