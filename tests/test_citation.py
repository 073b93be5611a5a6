"""A view is cited with title, publisher, release, its date and an address that stays."""

from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from flask.testing import FlaskClient

from dashboard import short
from dashboard.citation import PUBLISHER, cite
from dashboard.model import PUBLIC, View
from dashboard.service import Statistics

VIEWS = (
    *("exports_goods", "exports_chapter?freq=A&split=product", "minimum_wage"),
    *("gsp_conventions", "literacy"),
)
LANGUAGES = ("en", "ur", "ar", "bn")
SITE = "http://127.0.0.1:8050"


def asked(client: FlaskClient, view: str, ending: str, options: str = "") -> str:
    """Return a form of a view as text."""
    name, _, query = view.partition("?")
    answer = client.get(f"/charts/{name}.{ending}?" + "&".join(filter(None, (query, options))))
    assert answer.status_code == 200, answer.text
    return answer.text


def entry(text: str) -> dict[str, str]:
    """Return the fields of the one entry of a BibTeX file."""
    library: Library = parse_string(text)
    assert (len(library.blocks), len(library.failed_blocks)) == (1, 0)
    [found] = library.entries
    return {"key": found.key, **{field.key: field.value for field in found.fields}}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_bibtex_and_ris_are_read_by_their_readers_and_say_the_same(
    client: FlaskClient, statistics: Statistics, view: str, lang: str
) -> None:
    found = entry(asked(client, view, "bib", f"lang={lang}"))
    [record] = rispy.loads(asked(client, view, "ris", f"lang={lang}"))
    release = statistics.release().id
    day = statistics.board().releases[-1].published_on
    assert found["key"] == record["id"]
    assert found["version"] == record["edition"] == release
    assert found["year"] == record["year"] == str(day.year)
    assert found["date"] == record["date"].replace("/", "-") == day.isoformat()
    assert found["publisher"] == record["publisher"] == PUBLISHER
    assert record["authors"] == ["Better Work Pakistan"]
    title = record["title"].replace("%", r"\%").replace("$", r"\$")
    assert found["title"] == f"{{{title}}}", "braces keep its capitals"
    assert record["language"] == lang
    assert "Sources of the figures" in record["notes"][0]
    [link] = record["urls"]
    assert link == found["url"]
    assert f"release={release}" in link
    page = client.get(link.removeprefix(SITE))
    assert (page.status_code, f'<html lang="{lang}"' in page.text) == (200, True)
    brief = found["howpublished"].removeprefix(r"\url{").removesuffix("}")
    assert client.get(brief.removeprefix(SITE)).headers["Location"] == link.removeprefix(SITE)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_citation_in_words_stands_in_its_language_with_both_links(
    client: FlaskClient, statistics: Statistics, lang: str
) -> None:
    sentence, link, brief = asked(client, "exports_goods", "cite.txt", f"lang={lang}").splitlines()
    release = statistics.release().id
    assert release in sentence
    assert statistics.locale(lang).text("Exports of all goods") in sentence
    view = View("exports_goods", lang="" if lang == "en" else lang, release=release)
    assert link == SITE + view.to_path()
    assert brief == short.address_of(view, SITE)


def test_a_pinned_citation_never_changes_and_knows_no_clock(client: FlaskClient) -> None:
    for ending in ("bib", "ris", "cite.txt"):
        pinned = client.get(f"/charts/exports_goods.{ending}?release=2026.1")
        assert pinned.headers["Cache-Control"].endswith("immutable")
        assert pinned.text == asked(client, "exports_goods", ending)
        assert pinned.headers["Content-Type"].endswith("charset=utf-8")
        assert "accessed" not in pinned.text.lower()
        assert "urldate" not in pinned.text


@pytest.mark.parametrize("ending", ["bib", "ris", "cite.txt"])
def test_what_is_made_up_has_no_citation_and_says_so(client: FlaskClient, ending: str) -> None:
    answer = client.get(f"/charts/women_by_role.{ending}")
    assert answer.status_code == 404
    assert "illustrative data have no citation" in answer.text


def test_marks_that_tex_would_read_are_written_as_tex_prints_them(statistics: Statistics) -> None:
    answered = statistics.slice(View("exports_goods"), PUBLIC)
    found = cite(statistics, answered, SITE)
    assert found is not None
    odd = replace(found, title="100 % of A & B_{c}\n#1 ~ $2 \\d^", subtitle="")
    wanted = (
        r"100 \% of A \& B\_\{c\} \#1 \textasciitilde{} \$2 \textbackslash{}d\textasciicircum{}"
    )
    assert entry(odd.bibtex())["title"] == f"{{{wanted}}}"
    [record] = rispy.loads(odd.ris())
    assert record["title"] == "100 % of A & B_{c} #1 ~ $2 \\d^"
