"""Presentations: one view a slide, with a native chart or table that its owner can edit."""

from dashboard.slides.deck import Around, Slide, native, written
from dashboard.slides.framing import Cover, Listing

__all__ = ["Around", "Cover", "Listing", "Slide", "native", "written"]
