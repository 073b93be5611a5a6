"""Factories enrolled and active, the workers in them, and the brands that buy from them."""

from collections.abc import Callable, Iterator
from datetime import date

from data_loaders.contributions import Contribution, Measure
from data_loaders.periods import last_day
from data_loaders.programme import Programme, persons_in
from data_loaders.records import BrandLink

Test = Callable[[Programme, str, date], bool]


def enrolled(programme: Programme) -> Iterator[Contribution]:
    """Yield one per month and factory that had ever joined by then."""
    return _states(programme, Programme.enrolled)


def active(programme: Programme) -> Iterator[Contribution]:
    """Yield one per month and factory that took part at its end."""
    return _states(programme, Programme.active)


def _states(programme: Programme, test: Test) -> Iterator[Contribution]:
    for month, day in _month_ends(programme):
        for factory in programme.factories:
            if test(programme, factory, day):
                yield Contribution(factory, month, programme.place(factory, day))


def _month_ends(programme: Programme) -> list[tuple[str, date]]:
    return [(m, min(last_day(m), programme.cut_off)) for m in programme.months]


def workers(programme: Programme) -> Iterator[Contribution]:
    """Yield persons by sex in active factories at the end of each month, by latest headcount."""
    for month, day in _month_ends(programme):
        for factory in programme.factories:
            count = programme.headcount(factory, day)
            if count is None or not programme.active(factory, day):
                continue
            place = programme.place(factory, day)
            parts = (("f", count.women), ("m", count.men), ("not_recorded", count.not_recorded))
            for sex, persons in parts:
                if persons:
                    key = (*place, ("sex", sex))
                    fact = persons_in(count, sex)
                    yield Contribution(factory, month, key, persons, fact=fact)


def brands(programme: Programme) -> Iterator[Contribution]:
    """Yield one per month and brand with a link that holds at its end."""
    links = list(programme.of(BrandLink))
    for month, day in _month_ends(programme):
        linked = {x.brand for x in links if x.start <= day and (x.end is None or day < x.end)}
        yield from (Contribution("", month, ()) for _ in linked)


MEASURES = (
    Measure("factories_enrolled", ("enrolment",), "stock", enrolled),
    Measure("factories_active", ("enrolment",), "stock", active),
    Measure("workers", ("headcount", "enrolment"), "stock", workers),
    Measure("brands_linked", ("brand_links",), "stock", brands),
)
