"""A briefing pack as a presentation, on paper and as a workbook."""

from dashboard.outlets.briefing.content import MOST_VALUES, Content, gathered
from dashboard.outlets.briefing.making import FORMS, File, made
from dashboard.outlets.briefing.offline import Unwritable, offline, saved
from dashboard.outlets.briefing.routes import blueprint

__all__ = [
    "FORMS",
    "MOST_VALUES",
    "Content",
    "File",
    "Unwritable",
    "blueprint",
    "gathered",
    "made",
    "offline",
    "saved",
]
