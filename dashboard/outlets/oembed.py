"""oEmbed 1.0 (oembed.com): from the address of a chart to the frame that shows it.

Only addresses of this site are answered; nothing is ever fetched.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from math import ceil
from urllib.parse import urlsplit

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from lxml import etree

from dashboard import short
from dashboard.model import PUBLIC, BadView, NoRelease, NotPublished, View
from dashboard.outlets.asking import Asking, asked, indexing
from dashboard.outlets.embed import FILTERS, OPTIONS, address
from dashboard.service import Card
from dashboard.web.delivery import Answer, answer, deliver
from dashboard.web.document import PREVIEW

CHART = re.compile(r"/(charts|embed|v)/([^/.]+)")
WIDTH = 960
"""How wide a frame is in px where its page does not say: the picture for wide windows fits."""
AGE = 60
"""Seconds for which a consumer may keep an answer."""
NARROW, BESIDE = 720, 920
"""Widths in px of a frame from which words stand beside the picture, and below the wide one."""
LINE, LETTER = 26, 7.6
"""Height of a line and width of a letter in px; other scripts need higher lines."""
TALL: Mapping[str, float] = {"ur": 1.35, "ar": 1.15, "bn": 1.15}
MIMETYPES = {"json": "application/json", "xml": "text/xml"}


class Refused(Exception):
    """A request that the specification answers with an error; `status` is the one."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Room:
    """How large a frame may be, in px; 0 where its page does not say."""

    width: int = 0
    height: int = 0


def blueprint(asking: Asking) -> Blueprint:
    """Return the route of oEmbed."""
    routes = Blueprint("oembed", __name__)

    @routes.get("/oembed")
    def oembed() -> ResponseReturnValue:
        try:
            found = answered(asking, request.args)
        except Refused as refused:
            said = {"status": refused.status, "message": str(refused)}
            text = json.dumps(said, ensure_ascii=False) + "\n"
            found = answer(text, "application/json", "never", refused.status)
        return deliver(found, request)

    return routes


def answered(asking: Asking, said: Mapping[str, str]) -> Answer:
    """Return the answer to the names of a request; raise Refused."""
    form = said.get("format", "json")
    if form not in MIMETYPES:
        raise Refused(501, f"format={form}: not offered; possible: json, xml")
    room = Room(_px("maxwidth", said), _px("maxheight", said))
    card, frame = _found(asking, said.get("url", ""))
    content = described(asking, card, frame, room)
    text = _xml(content) if form == "xml" else json.dumps(content, ensure_ascii=False)
    return answer(text, MIMETYPES[form], headers=indexing(card.slice.illustrative))


def _px(name: str, said: Mapping[str, str]) -> int:
    value = said.get(name, "")
    if value and not re.fullmatch(r"[1-9]\d{0,4}", value, re.ASCII):
        raise Refused(400, f"{name}={value}: needs a number of pixels, such as 640")
    return int(value or 0)


def _found(asking: Asking, url: str) -> tuple[Card, str]:
    """Return the card that an address of this site names, and the address of its frame."""
    if not url:
        raise Refused(400, "url: needs the address of a chart of this site")
    home, parts = urlsplit(asking.public_url), urlsplit(url)
    own = parts.scheme in ("http", "https") and parts.netloc == home.netloc
    path = CHART.fullmatch(parts.path.removeprefix(home.path))
    if not own or not path:
        possible = "/charts/…, /embed/…, /v/…"
        raise Refused(404, f"url={url}: not a chart of this site; possible: {possible}")
    try:
        view, options = _asked(path[1], path[2], parts.query)
        card = asking.statistics.card(view, PUBLIC)
    except (BadView, NotPublished, NoRelease) as error:
        raise Refused(404, f"url={url}: {error}") from error
    if options.get("filters", "hide") not in FILTERS:
        raise Refused(404, f"url={url}: filters; possible: {', '.join(FILTERS)}")
    return card, frame_of(card, options)


def _asked(kind: str, name: str, query: str) -> tuple[View, Mapping[str, str]]:
    """Return the view of an address and the options of a frame; a short link has no query."""
    if kind == "v":
        return short.view_of(name), {}
    return asked(name, query, OPTIONS if kind == "embed" else ())


def frame_of(card: Card, options: Mapping[str, str]) -> str:
    """Return path and query of the frame of a card."""
    own = address(card.view.indicator, options).partition("?")[2]
    query = "&".join(filter(None, (card.query, own)))
    return f"/embed/{card.view.indicator}" + (f"?{query}" if query else "")


def described(asking: Asking, card: Card, frame: str, room: Room) -> dict[str, str | int]:
    """Return the answer of type "rich" for a card; a preview only where it fits the room."""
    locale = asking.statistics.locale(card.view.lang)
    mark = f" ({locale.text('Illustrative')})" if card.slice.illustrative else ""
    width = min(room.width or WIDTH, WIDTH)
    high = height(card, width, locale.code)
    size = {"width": width, "height": min(high, room.height or high)}
    title = card.title + mark
    attributes = {
        "src": asking.public_url + frame,
        "title": title,
        **{name: str(px) for name, px in size.items()},
        "loading": "lazy",
        "referrerpolicy": "no-referrer",
        "style": "border:0;max-width:100%",
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items())
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": asking.shell.site_name,
        "provider_url": f"{asking.public_url}/",
        "cache_age": AGE,
        "html": f"<iframe {written}></iframe>",
        **size,
        **_thumbnail(asking, card, room),
    }


def _thumbnail(asking: Asking, card: Card, room: Room) -> dict[str, str | int]:
    width, height = PREVIEW
    if 0 < room.width < width or 0 < room.height < height:
        return {}
    query = "&".join(filter(None, (card.query, "form=social")))
    url = f"{asking.public_url}/charts/{card.view.indicator}.png?{query}"
    return {"thumbnail_url": url, "thumbnail_width": width, "thumbnail_height": height}


def height(card: Card, width: int, language: str) -> int:
    """Return about how high a frame of some width is, both in px: no script may tell it later."""
    inner, tall = max(width - 32, 1), TALL.get(language, 1)
    beside = NARROW <= width < BESIDE
    column = inner - 440 if beside else min(inner, 46 * 16)

    def lines(text: str, room: float) -> float:
        return ceil(len(text) * LETTER / room) * LINE * tall

    sources = "".join(source.publisher + source.title for source in card.slice.sources)
    words = lines(" ".join(card.summary), column)
    words += sum(lines(note, column) for note in card.slice.notes)
    words += lines(sources, column) + 3 * LINE
    plot = _plot(card, width)
    head = 40 * tall + lines(card.subtitle, inner) + (LINE if card.view.release else 0)
    foot = 2 * LINE + 2 * LINE
    return round(32 + head + (max(plot, words) if beside else plot + words) + foot)


def _plot(card: Card, width: int) -> float:
    """Return how high the picture is: drawn for wide windows, or for phones and scaled."""
    drawing = card.picture if width >= BESIDE else card.phone_picture
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    across, down = (float(box[1]), float(box[2])) if box else (1.0, 1.0)
    room = {True: 860, False: 400 if width >= NARROW else 480}[width >= BESIDE]
    return 32 + down * min(width - 32, room) / across


def _xml(content: Mapping[str, str | int]) -> str:
    root = etree.Element("oembed")
    for name, value in content.items():
        etree.SubElement(root, name).text = str(value)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", standalone=True).decode()
