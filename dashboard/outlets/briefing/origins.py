"""The two lists at the end of every pack: its charts with their addresses, and their sources."""

from dataclasses import dataclass

from dashboard.outlets.briefing.content import Content


@dataclass(frozen=True, slots=True)
class Origins:
    """A list: title, headings, rows of texts, the parts of the width that its columns take."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


def charts_of(content: Content) -> Origins:
    """Return number, title, release, cut-off date and address of every chart."""
    locale, text = content.locale, content.locale.text
    day = locale.date(content.release.cut_off)
    return Origins(
        title=text("Charts and their addresses"),
        headings=("#", *map(text, ("Title", "Release", "Cut-off date", "Address"))),
        rows=tuple(
            (
                locale.number(chapter.number),
                chapter.title,
                locale.isolate(chapter.answer.release),
                day,
                chapter.link,
            )
            for chapter in content.chapters
        ),
        widths=(0.04, 0.31, 0.08, 0.15, 0.42),
    )


def sources_of(content: Content) -> Origins:
    """Return publisher, title, date, file and checksum of every source, and its charts."""
    text = content.locale.text
    heads = ("Publisher", "Title", "Date of data", "File", "Checksum", "Charts")
    return Origins(
        title=text("Sources"),
        headings=tuple(map(text, heads)),
        rows=tuple(
            (s.publisher, s.title, s.vintage, s.file, s.checksum, content.numbers(charts))
            for s, charts in content.sources()
        ),
        widths=(0.18, 0.22, 0.11, 0.14, 0.27, 0.08),
    )
