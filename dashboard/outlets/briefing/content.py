"""What every form of a pack says: its charts in order, where their numbers come from, its words.

Everything is looked up and checked before anything is drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard import charts
from dashboard.briefing import Pack, placed
from dashboard.i18n import Locale
from dashboard.i18n.bidi import MARKS
from dashboard.model import BadView, NotPublished, Release, Scope, Slice, Source, View
from dashboard.outlets.asking import Asking

MOST_VALUES = 5_000
"""Of all charts of a pack together."""
PRINTED_ROWS = 20
"""With more rows than this the printed table of a chart leaves out its oldest periods."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chart of a pack, counted from 1. `link` is the public address of its page."""

    number: int
    view: View
    answer: Slice
    link: str
    title: str

    def recent(self) -> Slice:
        """Return the slice with so many of its last periods as a page can hold.

        Where a year is the value itself, all stay.
        """
        if self.answer.unit == "year":
            return self.answer
        periods = self.answer.periods
        for start in range(len(periods)):
            points = [p for p in self.answer.points if p.time_period >= periods[start]]
            if len(points) <= PRINTED_ROWS or start == len(periods) - 1:
                return replace(self.answer, points=tuple(points))
        return self.answer


@dataclass(frozen=True, slots=True)
class Content:
    """A pack with all that its files say. The pack is pinned to the release it was gathered from.

    `link` is the public address of the pack.
    """

    pack: Pack
    locale: Locale
    release: Release
    chapters: tuple[Chapter, ...]
    link: str

    @property
    def title(self) -> str:
        """The title of the pack as a text in its language, or the usual one."""
        return self.locale.isolate(self.pack.title) or self.locale.text("Briefing pack")

    @property
    def name(self) -> str:
        """The title as the properties of a file hold it: without marks of direction."""
        return MARKS.sub("", self.title)

    @property
    def illustrative(self) -> bool:
        """Whether any chart shows made-up data."""
        return any(chapter.answer.illustrative for chapter in self.chapters)

    @property
    def dated(self) -> str:
        """The release and its cut-off date in words."""
        day = self.locale.date(self.release.cut_off)
        message = "Release {release}, cut-off date {date}"
        return self.locale.text(message, release=self.release.id, date=day)

    def lines(self) -> Iterator[str]:
        """Yield what stands below the title: release, mark, whose choice it is."""
        text = self.locale.text
        yield self.dated
        if all(chapter.answer.illustrative for chapter in self.chapters):
            yield text("Illustrative data, not real figures.")
        elif self.illustrative:
            yield text("Charts marked “Illustrative” show made-up sample data, not real figures.")
        yield text(
            "Title and choice of charts are of whoever made this pack; "
            "the figures are those of the release."
        )

    def sources(self) -> Iterator[tuple[Source, tuple[int, ...]]]:
        """Yield every source once, with the numbers of the charts that rest on it."""
        found: dict[Source, list[int]] = {}
        for chapter in self.chapters:
            for source in chapter.answer.sources:
                found.setdefault(source, []).append(chapter.number)
        yield from ((source, tuple(numbers)) for source, numbers in found.items())

    def numbers(self, chapters: tuple[int, ...]) -> str:
        """Return the numbers of charts as a list."""
        return self.locale.join(self.locale.number(number) for number in chapters)


def gathered(asking: Asking, pack: Pack, scope: Scope) -> Content:
    """Return the content of a pack; raise BadView, NotPublished, Withdrawn or NoRelease.

    A message about one of the views names its place in the pack.
    """
    if not pack.views:
        raise BadView("view: a briefing pack needs at least one view")
    statistics = asking.statistics
    locale, release = statistics.locale(pack.lang), statistics.release(pack.release)
    pinned = replace(pack, release=release.id)
    chapters = tuple(
        _chapter(asking, (place, view), scope, locale)
        for place, view in enumerate(pinned.asked(), start=1)
    )
    values = sum(len(chapter.answer.points) for chapter in chapters)
    if values > MOST_VALUES:
        raise BadView(
            f"the charts of this briefing pack hold {values:,} values; at most {MOST_VALUES:,} "
            "are printed: take some out, or shorten them with from= and to="
        )
    return Content(pinned, locale, release, chapters, asking.public_url + pinned.address)


def _chapter(asking: Asking, at: tuple[int, View], scope: Scope, locale: Locale) -> Chapter:
    place, view = at
    try:
        answer = asking.statistics.slice(view, scope)
    except (BadView, NotPublished) as error:
        raise placed(error, f"view {place} ({view.indicator})") from error
    title = charts.title(answer, locale)
    return Chapter(place, view, answer, asking.link(answer), title)
