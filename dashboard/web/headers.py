"""Security headers of every answer, errors and files included."""

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

PERMISSIONS = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()"
)


NOBODY = "'none'"


def style_hash(css: str) -> str:
    """Return the CSP source of an inline style sheet."""
    digest = hashlib.sha256(css.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of one site. `styles` are the hashes of style sheets that scripts insert."""

    styles: tuple[str, ...]
    secure: bool = True

    def policy(self, *, framed: bool = False) -> str:
        """Return the content security policy; what is `framed` may stand in any other site."""
        return "; ".join(
            (
                "default-src 'none'",
                "script-src 'self'",
                f"style-src 'self' {' '.join(self.styles)}".rstrip(),
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self'",
                "frame-src 'self'",
                "base-uri 'none'",
                "form-action 'self'",
                f"frame-ancestors {'*' if framed else NOBODY}",
            )
        )

    def items(self, *, framed: bool = False) -> Mapping[str, str]:
        """Return every header by name."""
        alone = {} if framed else {"X-Frame-Options": "DENY"}
        return {
            "Content-Security-Policy": self.policy(framed=framed),
            "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": PERMISSIONS,
            "Cross-Origin-Opener-Policy": "same-origin",
            **alone,
        }


def harvested(path: Path) -> tuple[str, ...]:
    """Return the hashes of style sheets that the scripts in use insert; `make csp` writes them."""
    return tuple(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else ()


def of(css: str, harvested: Iterable[str]) -> Headers:
    """Return the headers of a site with its own style sheet and the harvested hashes."""
    return Headers((style_hash(css), *harvested))
