"""Women and men by role, once a fiscal year: the last headcount of each role in it."""

from collections.abc import Iterator

from data_loaders.contributions import Contribution, Measure
from data_loaders.periods import period_of
from data_loaders.programme import Programme, persons_in
from data_loaders.records import Headcount


def people(programme: Programme) -> Iterator[Contribution]:
    """Yield persons by role and sex, by fiscal year, from each factory's last count in the year.

    A role whose women and men were not both recorded yields nothing: no share can be formed.
    """
    latest: dict[tuple[str, str, str], Headcount] = {}
    for row in sorted(programme.of(Headcount), key=lambda h: h.as_of):
        if row.as_of <= programme.cut_off and row.factory in programme.factories:
            latest[row.factory, row.role, period_of(row.as_of, "FY")] = row
    for (factory, role, year), row in latest.items():
        if row.women is None or row.men is None:
            continue
        place = (*programme.place(factory, row.as_of), ("role", role))
        for sex, persons in (("f", row.women), ("m", row.men)):
            fact = persons_in(row, sex)
            yield Contribution(factory, year, (*place, ("sex", sex)), persons, fact=fact)


MEASURES = (Measure("people", ("headcount",), "fixed", people),)
