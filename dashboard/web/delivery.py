"""An answer as bytes: its tag, its compression, how long it may be kept."""

import gzip
import hashlib
from dataclasses import dataclass, field
from typing import Literal

import brotli
from flask import Request, Response

Keep = Literal["minute", "forever", "never"]
KEEP: dict[Keep, str] = {
    "minute": "public, max-age=60",
    "forever": "public, max-age=31536000, immutable",
    "never": "no-store",
}
WORTH_COMPRESSING = 600
TEXTS = ("application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address answers: a body in three encodings and how it may be kept.

    `tag` is the hash of the bytes.
    """

    body: bytes
    mimetype: str
    keep: Keep = "minute"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    squeezed: dict[str, bytes] = field(default_factory=dict, compare=False)
    tag: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tag", hashlib.sha256(self.body).hexdigest()[:24])


def answer(
    text: str,
    mimetype: str,
    keep: Keep = "minute",
    status: int = 200,
    headers: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """Return the answer of a text, compressed once."""
    body = text.encode()
    squeezed: dict[str, bytes] = {}
    if len(body) > WORTH_COMPRESSING:
        squeezed["br"] = brotli.compress(body, quality=6)
        squeezed["gzip"] = gzip.compress(body, 6, mtime=0)
    return Answer(body, mimetype, keep, status, headers, squeezed)


def file_answer(
    body: bytes, mimetype: str, keep: Keep, headers: tuple[tuple[str, str], ...] = ()
) -> Answer:
    """Return the answer of a file whose format is compressed in itself."""
    return Answer(body, mimetype, keep, headers=headers)


def deliver(found: Answer, request: Request) -> Response:
    """Return the response of an answer: in an encoding that is wanted, 304 where it is known."""
    encoding = next((e for e in found.squeezed if request.accept_encodings.quality(e)), "")
    response = Response(found.squeezed.get(encoding, found.body), status=found.status)
    response.headers["Content-Type"] = _content_type(found.mimetype)
    response.headers["Cache-Control"] = KEEP[found.keep]
    response.headers.extend(found.headers)
    if found.squeezed:
        response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    if found.status == 200 and found.keep != "never":
        response.set_etag(f"{found.tag}-{encoding}" if encoding else found.tag)
        response.make_conditional(request)
    return response


def _content_type(mimetype: str) -> str:
    text = mimetype.startswith(("text/", "application/x-")) or mimetype in TEXTS
    return f"{mimetype}; charset=utf-8" if text else mimetype
