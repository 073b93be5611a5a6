"""Presentations: one view a slide, with a native chart or table that its owner can edit."""

from dashboard.slides.deck import Slide, native, written

__all__ = ["Slide", "native", "written"]
