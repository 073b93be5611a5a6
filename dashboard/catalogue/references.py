"""Whether every name that config/ uses is declared in it."""

from collections.abc import Iterator

from dashboard.catalogue.declared import Catalogue, CatalogueError, Indicator


def check_references(catalogue: Catalogue) -> None:
    """Raise CatalogueError with every name that is used and declared nowhere."""
    if wrong := [
        *_dangling(catalogue),
        *_dangling_on_pages(catalogue),
        *_of_the_wrong_programme(catalogue),
    ]:
        raise CatalogueError("config/: " + "; ".join(wrong))


def needs(indicator: Indicator, catalogue: Catalogue) -> set[str]:
    """Return the published indicators that an indicator is made from."""
    formula = indicator.formula
    if formula.kind == "reached" and formula.over in catalogue.codelists:
        rows = catalogue.codelists[formula.over].codes.values()
        return {str(row["indicator"]) for row in rows if "indicator" in row}
    return {name for name in (formula.of, formula.per) if name}


def _dangling(catalogue: Catalogue) -> Iterator[str]:
    for indicator in catalogue.indicators.values():
        used = {*indicator.dimensions, *indicator.split, *indicator.filters}
        yield from (
            f"indicators/{indicator.id}: no code list {name!r}"
            for name in sorted(used - set(catalogue.codelists))
        )
        yield from (
            f"indicators/{indicator.id}: no indicator {name!r}"
            for name in sorted(needs(indicator, catalogue) - set(catalogue.indicators))
        )
        if indicator.theme not in catalogue.themes:
            yield f"indicators/{indicator.id}: no theme {indicator.theme!r}"
    for table in (*catalogue.tables, *catalogue.ministry_tables):
        known = set(catalogue.indicators)
        yield from (
            f"tables/{table.id}: no indicator {i!r}" for i in table.indicators if i not in known
        )


def _of_the_wrong_programme(catalogue: Catalogue) -> Iterator[str]:
    for table in catalogue.tables:
        if table.protect == "official":
            yield f"tables/{table.id}: protect: official is for tables_ministry.yaml only"
    for table in catalogue.ministry_tables:
        if table.protect != "official":
            yield f"tables_ministry/{table.id}: protect: {table.protect}; here it must be official"
        shown = set(table.only.get("cluster", catalogue.codelists["cluster"].codes))
        if kept := sorted(shown & catalogue.reserved_clusters):
            yield f"tables_ministry/{table.id}: {', '.join(kept)}: reserved, shown nationally only"


def _dangling_on_pages(catalogue: Catalogue) -> Iterator[str]:
    for theme in catalogue.themes.values():
        for view in (*theme.tiles, *theme.charts):
            if view.partition("?")[0] not in catalogue.indicators:
                yield f"themes/{theme.id}: no indicator in {view!r}"
    for entry in catalogue.glossary.values():
        yield from (
            f"glossary/{entry.id}: no entry {name!r}"
            for name in entry.see
            if name not in catalogue.glossary
        )
