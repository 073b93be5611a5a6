"""The HTML document around a page: everything a browser needs, in the first answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from urllib.parse import quote

from dash.development.base_component import Component

from dashboard.web.render import to_html
from dashboard.web.seams import ENTRY
from dashboard.web.static import Files

FONT_OF = {"ur": "naskh-400.woff2", "ar": "naskh-400.woff2", "bn": "bengali-400.woff2"}
"""The font that the page's language needs first; the others read Source Sans 3."""
PREVIEW = (1200, 630)
"""Width and height in px of the picture that stands for a link: the social form."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: a tree of components and what its document says about it."""

    title: str
    description: str
    body: Component
    lang: str = "en"
    direction: str = "ltr"
    theme: str = ""
    status: int = 200
    indexed: bool = True
    explorable: bool = False
    picture: str = ""
    """Address of the picture that a link to the page is previewed with."""
    embedded: str = ""
    """Address of the chart that programs may embed in place of a link to the page (oEmbed)."""
    alternates: Mapping[str, str] = field(default_factory=dict)
    """Address of the same page in each language."""


@dataclass(frozen=True, slots=True)
class Framed:
    """What stands in a frame of another site; `canonical` is the page that shows it whole."""

    title: str
    body: Component
    lang: str = "en"
    direction: str = "ltr"
    theme: str = ""
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Shell:
    """What every document has in common."""

    files: Files
    css: str
    config: str
    public_url: str
    site_name: str

    def framed(self, page: Framed) -> str:
        """Return the whole HTML document of what stands in a frame; its links open beside it."""
        parts = [
            *self._start(page),
            f"<title>{escape(page.title)}</title>",
            '<base target="_blank">',
            '<meta name="robots" content="noindex">',
            f'<script src="{self.files.url("framed.js")}" defer></script>',
        ]
        if page.canonical:
            href = escape(self.public_url + page.canonical)
            parts.append(f'<link rel="canonical" href="{href}">')
        return (
            f"{_opened(page)}<head>{''.join(parts)}</head>\n"
            f"<body>{to_html(page.body)}</body>\n</html>\n"
        )

    def document(self, page: Page) -> str:
        """Return the whole HTML document of a page."""
        return (
            f"{_opened(page)}<head>{self._head(page)}</head>\n"
            f'<body><div id="{ENTRY}">{to_html(page.body)}</div>\n'
            f"{self._blocks(page)}</body>\n</html>\n"
        )

    def _head(self, page: Page) -> str:
        title = page.title if page.title == self.site_name else f"{page.title} – {self.site_name}"
        parts = [
            *self._start(page),
            f"<title>{escape(title)}</title>",
            f'<meta name="description" content="{escape(page.description)}">',
            f'<link rel="icon" href="{self.files.url("icon.svg")}" type="image/svg+xml">',
            self._first_script(),
        ]
        parts += self._preview(page, title)
        parts += self._discovered(page)
        if not page.indexed:
            parts.append('<meta name="robots" content="noindex">')
        parts += [
            f'<link rel="alternate" hreflang="{code}" href="{escape(self.public_url + address)}">'
            for code, address in page.alternates.items()
        ]
        return "".join(parts)

    def _start(self, page: Page | Framed) -> Iterator[str]:
        font = self.files.url(FONT_OF.get(page.lang, "source-400.woff2"))
        yield '<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="color-scheme" content="light dark">'
        yield f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>'
        yield f"<style>{self.css}</style>"

    def _first_script(self) -> str:
        """Return the only script before any wish of the reader; it knows where sharing is."""
        first, share = self.files.url("boot.js"), self.files.url("share.js")
        return f'<script src="{first}" data-share="{share}" defer></script>'

    def _preview(self, page: Page, title: str) -> Iterator[str]:
        """Yield what programs show that unfold a link (Open Graph)."""
        if not page.picture:
            return
        width, height = PREVIEW
        said = {
            "og:type": "website",
            "og:site_name": self.site_name,
            "og:title": title,
            "og:description": page.description,
            "og:image": self.public_url + page.picture,
            "og:image:type": "image/png",
            "og:image:width": str(width),
            "og:image:height": str(height),
            "og:image:alt": page.description,
        }
        for name, content in said.items():
            yield f'<meta property="{name}" content="{escape(content)}">'
        yield '<meta name="twitter:card" content="summary_large_image">'

    def _discovered(self, page: Page) -> Iterator[str]:
        """Yield where programs find the frame of the chart that the page shows."""
        if not page.embedded:
            return
        url = quote(self.public_url + page.embedded, safe="")
        for form in ("json", "xml"):
            address = f"{self.public_url}/oembed?url={url}&format={form}"
            yield (
                f'<link rel="alternate" type="application/{form}+oembed" '
                f'href="{escape(address)}" title="{escape(page.title)}">'
            )

    def _blocks(self, page: Page) -> str:
        if not page.explorable:
            return ""
        side = f"bootstrap.{page.direction}.css"
        boot = (
            f'{{"takeover":"{self.files.url("takeover.js")}","plotly":"{self.files.url("plotly.js")}",'
            f'"bootstrap":"{self.files.url(side)}"}}'
        )
        config = self.config.replace("<", "\\u003c")
        return (
            f'<script type="application/json" id="_dash-config">{config}</script>'
            f'<script type="application/json" id="boot">{boot}</script>'
        )


BARE = Shell(Files(Path(), {}), "", "", "", "")
"""A shell without files, for who only asks which routes there are."""


def _opened(page: Page | Framed) -> str:
    theme = f' data-theme="{page.theme}"' if page.theme else ""
    return f'<!DOCTYPE html>\n<html lang="{page.lang}" dir="{page.direction}"{theme}>\n'
