"""An answer as bytes: tags of what is sent, encodings that are wanted, 304 where it is known."""

import gzip
import hashlib

import brotli
import pytest
from flask import Flask, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from dashboard.web.delivery import KEEP, WORTH_COMPRESSING, Answer, Keep, answer, deliver

LONG = "Exports of all goods, " * 100


def sent(found: Answer, **headers: str) -> TestResponse:
    """Return what a browser gets that sends some headers."""
    server = Flask(__name__)
    server.add_url_rule("/", view_func=lambda: deliver(found, request))
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    return server.test_client().get("/", headers=said)


def unpacked(response: TestResponse) -> str:
    """Return the text of a response, whatever encoding it was sent in."""
    undo = {"br": brotli.decompress, "gzip": gzip.decompress}
    encoding = response.headers.get("Content-Encoding")
    return str((undo[encoding](response.data) if encoding else response.data).decode())


@given(st.text(max_size=3000), st.sampled_from(["", "br", "gzip", "gzip, deflate, br", "identity"]))
def test_every_encoding_unpacks_to_the_same_text(text: str, wanted: str) -> None:
    assert unpacked(sent(answer(text, "text/plain"), Accept_Encoding=wanted)) == text


@pytest.mark.parametrize(
    ("wanted", "encoding"),
    [
        ("br", "br"),
        ("gzip", "gzip"),
        ("gzip, br", "br"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("br;q=0, gzip;q=0", None),
        ("zstd", None),
    ],
)
def test_the_browser_gets_the_best_encoding_that_it_wants(
    wanted: str, encoding: str | None
) -> None:
    response = sent(answer(LONG, "text/plain"), Accept_Encoding=wanted)
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    assert int(response.headers["Content-Length"]) == len(response.data)


def test_what_is_too_short_to_gain_is_sent_as_it_is() -> None:
    response = sent(answer("a" * WORTH_COMPRESSING, "text/plain"), Accept_Encoding="br")
    assert "Content-Encoding" not in response.headers
    assert "Vary" not in response.headers


def test_a_tag_is_the_hash_of_the_bytes_and_names_the_encoding() -> None:
    found = answer(LONG, "text/plain")
    digest = hashlib.sha256(LONG.encode()).hexdigest()[:24]
    assert sent(found).headers["ETag"] == f'"{digest}"'
    assert sent(found, Accept_Encoding="br").headers["ETag"] == f'"{digest}-br"'
    assert sent(answer(LONG, "text/plain")).headers["ETag"] == f'"{digest}"'
    assert sent(answer(LONG + " ", "text/plain")).headers["ETag"] != f'"{digest}"'


@pytest.mark.parametrize("wanted", ["", "br", "gzip"])
def test_a_browser_that_has_the_bytes_gets_none(wanted: str) -> None:
    found = answer(LONG, "text/plain")
    tag = sent(found, Accept_Encoding=wanted).headers["ETag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = sent(found, Accept_Encoding=wanted, If_None_Match=known)
        assert (again.status_code, again.data) == (304, b""), known
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == KEEP["minute"]
    changed = sent(answer(LONG + "!", "text/plain"), Accept_Encoding=wanted, If_None_Match=tag)
    assert changed.status_code == 200
    assert unpacked(changed) == LONG + "!"


def test_a_tag_of_one_encoding_is_not_taken_for_another() -> None:
    found = answer(LONG, "text/plain")
    tag = sent(found, Accept_Encoding="br").headers["ETag"]
    assert sent(found, Accept_Encoding="gzip", If_None_Match=tag).status_code == 200


@pytest.mark.parametrize(("keep", "said"), list(KEEP.items()))
def test_how_long_an_answer_may_be_kept_is_said(keep: Keep, said: str) -> None:
    response = sent(answer(LONG, "text/plain", keep))
    assert response.headers["Cache-Control"] == said
    assert ("ETag" in response.headers) == (keep != "never")


def test_an_error_has_no_tag_and_is_never_not_modified() -> None:
    response = sent(answer(LONG, "text/html", "minute", 404), If_None_Match="*")
    assert response.status_code == 404
    assert "ETag" not in response.headers
    assert unpacked(response) == LONG


@pytest.mark.parametrize(
    ("mimetype", "said"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json", "application/json; charset=utf-8"),
        ("image/svg+xml", "image/svg+xml; charset=utf-8"),
        ("application/pdf", "application/pdf"),
    ],
)
def test_text_says_that_it_is_utf_8(mimetype: str, said: str) -> None:
    assert sent(answer("پاکستان", mimetype)).headers["Content-Type"] == said


def test_headers_of_an_answer_travel_with_it_also_where_nothing_has_changed() -> None:
    found = answer(LONG, "text/csv", headers=(("X-Robots-Tag", "noindex"),))
    assert sent(found).headers["X-Robots-Tag"] == "noindex"
    assert sent(found, If_None_Match="*").headers["X-Robots-Tag"] == "noindex"
