"""A pack in, a file out: nothing else is read or kept, so that any program may call it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from dashboard.briefing import Pack
from dashboard.model import BadView, Scope
from dashboard.outlets import slide, spreadsheet
from dashboard.outlets.asking import Asking
from dashboard.outlets.briefing import book, deck, paper
from dashboard.outlets.briefing.content import Content, gathered

Form = Literal["pptx", "pdf", "xlsx"]


@dataclass(frozen=True, slots=True)
class Maker:
    """How a form of a pack is made."""

    make: Callable[[Asking, Content, Scope], bytes]
    mimetype: str


FORMS: Mapping[Form, Maker] = {
    "pptx": Maker(deck.written, slide.MIMETYPE),
    "pdf": Maker(paper.written, "application/pdf"),
    "xlsx": Maker(book.written, spreadsheet.MIMETYPE),
}


@dataclass(frozen=True, slots=True)
class File:
    """A finished pack. `name` is what it is called where nobody says otherwise."""

    body: bytes
    mimetype: str
    name: str
    illustrative: bool
    release: str


def made(asking: Asking, pack: Pack, form: str, scope: Scope) -> File:
    """Return a pack as a file; the same pack from the same release is the same bytes.

    Raise BadView, NotPublished, Withdrawn or NoRelease before anything is drawn.
    """
    maker = next((maker for name, maker in FORMS.items() if name == form), None)
    if maker is None:
        raise BadView(f"{form}: not known here; possible: {', '.join(FORMS)}")
    content = gathered(asking, pack, scope)
    lang = f"-{pack.lang}" if pack.lang else ""
    return File(
        body=maker.make(asking, content, scope),
        mimetype=maker.mimetype,
        name=f"briefing-{content.release.id}{lang}.{form}",
        illustrative=content.illustrative,
        release=content.release.id,
    )
