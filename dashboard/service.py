"""The one door that pages, pictures, files and the API go through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from dashboard import charts, query
from dashboard.catalogue import Catalogue, CatalogueError, Indicator
from dashboard.charts import Figure, Table, Tile
from dashboard.i18n import Locale
from dashboard.model import (
    PUBLIC,
    TOTAL,
    BadView,
    NotPublished,
    Release,
    Scope,
    Series,
    Slice,
    View,
)
from dashboard.revisions import Revision
from dashboard.store import Board
from dashboard.vintages import Releases, Superseded, superseded

FORMS = ("web", "phone", "slide", "square", "social")
"""Sizes of a picture: for a page, a phone, a presentation, a square and the preview of a link."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a control."""

    code: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Control:
    """One control of a filter bar: a name of the view's grammar with its choices.

    `default` is the code that the address need not write; `multiple` controls write several codes.
    """

    name: str
    label: str
    options: tuple[Option, ...]
    multiple: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Everything a page shows of one view, in one language, from one release."""

    view: View
    slice: Slice
    title: str
    subtitle: str
    figure: Figure
    picture: str
    phone_picture: str
    summary: tuple[str, ...]
    table: Table
    controls: tuple[Control, ...]

    @property
    def query(self) -> str:
        """The canonical query string of the view."""
        return self.view.to_query()


@dataclass(frozen=True, slots=True)
class Statistics:
    """Answers views. `contact` is where readers report an error, "" where none is set.

    `releases` hold what everyone may see, `programmes` what readers of other programmes of tables
    may; a site has only those that it is given.
    """

    catalogue: Catalogue
    locales: Mapping[str, Locale]
    releases: Releases
    contact: str = ""
    programmes: Mapping[str, Releases] = field(default_factory=dict)

    def release(self, name: str = "", scope: Scope = PUBLIC) -> Release:
        """Return a release, without a name the current one; raise NoRelease or Withdrawn.

        It holds what the scope may see; raise NotPublished where this site has no such programme.
        """
        return self._of(scope).get(name)

    def _of(self, scope: Scope) -> Releases:
        if scope.programme == PUBLIC.programme:
            return self.releases
        if scope.programme not in self.programmes:
            raise NotPublished(f"this site does not hold the programme of the {scope.programme}")
        return self.programmes[scope.programme]

    def board(self) -> Board:
        """Return which releases there are, which is current, and what is withdrawn."""
        return self.releases.board()

    def revision(self, release: str) -> Revision:
        """Return every value that a release changed; raise NoRelease or Withdrawn."""
        return self.releases.revision(release)

    def superseded(self, view: View, scope: Scope) -> Superseded:
        """Return what later releases changed of the values that a view shows."""
        return superseded(self._of(scope), self.slice(view, scope))

    def locale(self, code: str = "") -> Locale:
        """Return a language by its code; raise BadView naming those there are."""
        if (code or "en") not in self.locales:
            raise BadView(f"lang={code}: not known here; possible: {', '.join(self.locales)}")
        return self.locales[code or "en"]

    def slice(self, view: View, scope: Scope) -> Slice:
        """Return the safe answer to a view; raise BadView, NotPublished or NoRelease.

        Protection happened when releases were made, so the scope chooses a programme of tables
        with its store, and never filters cells here.
        """
        asked = query.resolve(self.catalogue, view, charts.KINDS)
        self.locale(view.lang)
        release = self.release(view.release, scope)
        codes = {name: tuple(self.catalogue.codelists[name].codes) for name in asked.split}
        rows = query.points(asked, release, codes)
        moment = charts.moment(asked.kind, asked.split, asked.series.freq)
        if moment and not view.start and not view.end:
            rows = query.latest_only(rows)
        elif not view.start and asked.indicator.start:
            rows = tuple(p for p in rows if p.time_period >= asked.indicator.start) or rows
        return query.slice_of(self.catalogue, asked, release, rows)

    def figure(self, view: View, scope: Scope, form: str = "web") -> Figure:
        """Return the drawn answer to a view as a plain dict."""
        return charts.draw(self.slice(view, scope), self.locale(view.lang), form, view.theme)

    def picture(self, view: View, scope: Scope, form: str = "web", link: str = "") -> str:
        """Return a view as an SVG file that says everything itself; `link` is printed in it."""
        answer = self.slice(view, scope)
        return charts.picture_file(answer, self.locale(view.lang), form, view.theme, link)

    def plot(self, view: View, scope: Scope, page: tuple[float, float]) -> str:
        """Return the plot of a view as SVG without words around it, on a page in px."""
        answer = self.slice(view, scope)
        return charts.plot_file(answer, self.locale(view.lang), page, view.theme)

    def foot(self, answer: Slice, link: str) -> tuple[str, ...]:
        """Return what stands below a picture of a slice: source, date, mark, release, link."""
        return tuple(charts.foot(answer, self.locale(answer.view.lang), link))

    def named(self, answer: Slice) -> tuple[str, str]:
        """Return what a slice is, in the language of its view: descriptive title and subtitle."""
        locale = self.locale(answer.view.lang)
        return charts.descriptive(answer, locale), charts.subtitle(answer, locale)

    def summary(self, answer: Slice) -> tuple[str, ...]:
        """Return the sentences that say what a slice shows, in the language of its view."""
        return tuple(charts.summary(answer, self.locale(answer.view.lang)))

    def card(self, view: View, scope: Scope, form: str = "web") -> Card:
        """Return everything a page shows of a view."""
        answer, locale = self.slice(view, scope), self.locale(view.lang)
        figure = charts.draw(answer, locale, form, view.theme)
        phone = charts.draw(answer, locale, "phone", view.theme)
        return Card(
            view=answer.view,
            slice=answer,
            title=charts.title(answer, locale),
            subtitle=charts.subtitle(answer, locale),
            figure=figure,
            picture=charts.picture(figure),
            phone_picture=charts.picture(phone),
            summary=tuple(charts.summary(answer, locale)),
            table=charts.table(answer, locale),
            controls=tuple(self.controls(answer, locale, scope)),
        )

    def tiles(self, views: tuple[View, ...], scope: Scope) -> tuple[Tile, ...]:
        """Return the headline tiles of some views; a view without published cells has none."""
        return tuple(self._tiles(views, scope))

    def _tiles(self, views: tuple[View, ...], scope: Scope) -> Iterator[Tile]:
        for view in views:
            try:
                answer = self.slice(replace(view, chart="line"), scope)
            except NotPublished:
                continue
            tile = charts.tile(answer, self.locale(view.lang))
            if tile is not None:
                yield tile

    def published(self, indicator: Indicator, release: str = "") -> bool:
        """Whether a release holds any cell of an indicator."""
        return any(s.indicator == indicator.id for s in self.releases.get(release).cells)

    def controls(self, answer: Slice, locale: Locale, scope: Scope = PUBLIC) -> Iterator[Control]:
        """Yield the controls of a view: only choices that the release can answer in a scope."""
        indicator = self.catalogue.indicators[answer.view.indicator]
        release = self.release(answer.view.release, scope)
        splits = splits_of(indicator, release, answer)
        if len(splits) > 1:
            yield self._split_control(indicator, answer, locale, splits)
        for name in indicator.dimensions:
            yield from self._dimension_control(indicator, answer, locale, name, release)
        units = indicator.units or (indicator.unit,)
        yield from _choice("unit", locale.text("Unit"), units, answer.unit, locale.unit_label)
        yield from _choice(
            "freq", locale.text("Frequency"), indicator.freq, answer.freq, locale.frequency
        )
        yield from _choice(
            "panel", locale.text("Factories"), indicator.panels, answer.panel, locale.panel
        )

    def _split_control(
        self, indicator: Indicator, answer: Slice, locale: Locale, splits: list[tuple[str, ...]]
    ) -> Control:
        def label(split: tuple[str, ...]) -> str:
            names = [locale.text(self.catalogue.codelists[name].label) for name in split]
            return locale.join(names) if names else locale.text("Total only")

        default = ",".join(indicator.split) or TOTAL
        options = tuple(
            Option(",".join(split) or TOTAL, label(split), split == answer.split)
            for split in splits
        )
        return Control("split", locale.text("Compare by"), options, default=default)

    def _dimension_control(
        self, indicator: Indicator, answer: Slice, locale: Locale, name: str, release: Release
    ) -> Iterator[Control]:
        there = codes_beside(indicator, release, answer, name)
        codelist = self.catalogue.codelists[name]
        chosen = dict(answer.view.filters).get(name, indicator.filters.get(name, ()))
        options = tuple(
            Option(code, locale.text(str(row["label"])), code in chosen)
            for code, row in codelist.codes.items()
            if code in there
        )
        if len(options) > 1:
            yield Control(
                name,
                locale.text(codelist.label),
                options,
                multiple=name in answer.split,
                default=",".join(indicator.filters.get(name, ())),
            )


def check_views(catalogue: Catalogue) -> None:
    """Raise CatalogueError with every view of config/ that cannot be answered: kinds, names."""
    if wrong := list(_wrong(catalogue)):
        raise CatalogueError("config/: " + "; ".join(wrong))


def _wrong(catalogue: Catalogue) -> Iterator[str]:
    for indicator in catalogue.indicators.values():
        if unknown := sorted(set(indicator.charts) - set(charts.KINDS)):
            possible = ", ".join(charts.KINDS)
            yield f"indicators/{indicator.id}: no chart kind {unknown[0]!r}; possible: {possible}"
    for theme in catalogue.themes.values():
        for said in (*theme.tiles, *theme.charts, *filter(None, [theme.front])):
            name, _, asked = said.partition("?")
            try:
                query.resolve(catalogue, View.from_query(name, asked), charts.KINDS)
            except BadView as error:
                yield f"themes/{theme.id}: {said}: {error}"


def splits_of(indicator: Indicator, release: Release, answer: Slice) -> list[tuple[str, ...]]:
    """Return the splits that a release can answer at this frequency, unit and panel."""
    found = {
        tuple(d for d in indicator.dimensions if d in dict(key))
        for series, keys in release.cells.items()
        if (series.indicator, series.unit) == (indicator.id, answer.unit)
        and (series.freq, series.panel) == (answer.freq, answer.panel)
        for key in keys
    }
    return sorted({split for split in found if len(split) <= 2} | {answer.split})


def codes_beside(indicator: Indicator, release: Release, answer: Slice, name: str) -> set[str]:
    """Return the codes of a dimension that have cells beside what the indicator fixes of others."""
    said = dict(answer.view.filters)
    fixed = {d: said.get(d, codes) for d, codes in indicator.filters.items() if d != name}
    series = Series(indicator.id, answer.unit, answer.freq, answer.panel)
    stored = (dict(key) for key in release.cells.get(series, {}))
    return {
        at[name]
        for at in stored
        if name in at and all(at.get(d, TOTAL) in codes for d, codes in fixed.items())
    }


def _choice(
    name: str, label: str, codes: tuple[str, ...], chosen: str, word: "Word"
) -> Iterator[Control]:
    if len(codes) > 1:
        options = tuple(Option(code, word(code), code == chosen) for code in codes)
        yield Control(name, label, options, default=codes[0])


class Word(Protocol):
    """Names a code in a language."""

    def __call__(self, code: str) -> str:
        """Return the word for a code."""
