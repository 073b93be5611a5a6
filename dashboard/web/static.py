"""The files a browser needs: made at set-up, named by content, compressed ahead of time."""

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli
import dash
import dash_bootstrap_components as dbc

MANIFEST = "manifest.json"
PREFIX = "static/"
COMPRESSED = (".js", ".css", ".svg", ".json")

DASH = Path(dash.__file__).parent
BOOTSTRAP_COMPONENTS = Path(dbc.__file__).parent / "_components"
TAKEOVER = (
    DASH / "deps" / "react@18.3.1.min.js",
    DASH / "deps" / "react-dom@18.3.1.min.js",
    DASH / "deps" / "prop-types@15.8.1.min.js",
    DASH / "dash-renderer" / "build" / "dash_renderer.min.js",
    DASH / "dcc" / "dash_core_components.js",
    DASH / "dcc" / "dash_core_components-shared.js",
    DASH / "dcc" / "async-graph.js",
    DASH / "html" / "dash_html_components.min.js",
    BOOTSTRAP_COMPONENTS / "dash_bootstrap_components.min.js",
)
"""What Dash needs to take a page over, in the order in which it must run: one file, one request."""

FONTS = {
    "source-400.woff2": "source-sans-3-latin-400-normal.woff2",
    "source-600.woff2": "source-sans-3-latin-600-normal.woff2",
    "naskh-400.woff2": "noto-naskh-arabic-arabic-400-normal.woff2",
    "naskh-600.woff2": "noto-naskh-arabic-arabic-600-normal.woff2",
    "nastaliq-400.woff2": "noto-nastaliq-urdu-arabic-400-normal.woff2",
    "bengali-400.woff2": "noto-sans-bengali-bengali-400-normal.woff2",
    "bengali-600.woff2": "noto-sans-bengali-bengali-600-normal.woff2",
}
FIRST = ("boot", "notice", "briefing", "sharing")
"""Our own scripts that every page brings, as one file."""
PLOTLY = "plotly-basic.min.js"
BOOTSTRAP = {"ltr": "bootstrap.min.css", "rtl": "bootstrap.rtl.min.css"}


class StaticMissing(RuntimeError):
    """The files for the browser have not been made; the message says how."""


@dataclass(frozen=True, slots=True)
class Files:
    """The made files: where they are and which name each one has."""

    folder: Path
    names: Mapping[str, str]

    def url(self, name: str) -> str:
        """Return the address of a file by its plain name."""
        return f"/{PREFIX}{self.names[name]}"

    def text(self, name: str) -> str:
        """Return the content of a text file by its plain name."""
        return (self.folder / self.names[name]).read_text(encoding="utf-8")


def read(folder: Path) -> Files:
    """Return the files that `build` made; raise StaticMissing."""
    path = folder / MANIFEST
    if not path.exists():
        raise StaticMissing(f"{path} is not there: run `make setup` (or `python bwp.py assets`)")
    return Files(folder, json.loads(path.read_text(encoding="utf-8")))


def build(vendor: Path, assets: Path, out: Path) -> Files:
    """Make every file into `out`. `vendor` holds what npm brought, `assets` our own sources."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    names: dict[str, str] = {}
    for name, content in contents(vendor, assets):
        written = _addressed(content, names) if name.endswith(".css") else content
        names[name] = _write(out, name, written)
    (out / MANIFEST).write_text(json.dumps(names, indent=1, sort_keys=True), encoding="utf-8")
    return read(out)


def contents(vendor: Path, assets: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (plain name, bytes); fonts come before the style sheet that names them."""
    for name, path in FONTS.items():
        yield name, (vendor / "fonts" / path).read_bytes()
    yield "icon.svg", (assets / "icon.svg").read_bytes()
    yield "style.css", _squeezed((assets / "style.css").read_text(encoding="utf-8")).encode()
    notice = assets / "notice.js"
    yield "boot.js", _joined(*(assets / f"{name}.js" for name in FIRST))
    yield "framed.js", _joined(assets / "framed.js", notice)
    yield "loader.js", _script(assets / "loader.js")
    yield "share.js", _script(assets / "share.js")
    yield "share.css", _squeezed((assets / "share.css").read_text(encoding="utf-8")).encode()
    own = (assets / "explore.js",)
    yield "takeover.js", _joined(*TAKEOVER, *own)
    yield "plotly.js", (vendor / PLOTLY).read_bytes()
    for side, path in BOOTSTRAP.items():
        yield f"bootstrap.{side}.css", _layered((vendor / path).read_bytes())


def _joined(*paths: Path) -> bytes:
    return b"\n;\n".join(_script(path) for path in paths)


def _script(path: Path) -> bytes:
    return re.sub(rb"(?m)^//# sourceMappingURL=.*$", b"", path.read_bytes())


def _layered(css: bytes) -> bytes:
    """Put Bootstrap below our own style sheet, whatever arrives first."""
    body = css.replace(b'@charset "UTF-8";', b"")
    body = re.sub(rb"/\*# sourceMappingURL=.*?\*/", b"", body)
    return b"@layer bootstrap{" + body + b"}"


def _squeezed(css: str) -> str:
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", bare)).strip()


def _addressed(css: bytes, names: Mapping[str, str]) -> bytes:
    """Replace url(plain-name) by the address of the made file."""
    for name, made in names.items():
        css = css.replace(f"url({name})".encode(), f"url(/{PREFIX}{made})".encode())
    return css


def _write(out: Path, name: str, content: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    made = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{dot}{suffix}"
    (out / made).write_bytes(content)
    if made.endswith(COMPRESSED):
        (out / f"{made}.br").write_bytes(brotli.compress(content))
        (out / f"{made}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return made
