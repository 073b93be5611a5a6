"""One module per form of a view: `blueprint(asking)`, and POLICY where it is not for readers.

A module with `offers(locale)` stands in the share dialog.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from dashboard.components.sharing import Offer
from dashboard.i18n import Locale


def discover() -> Iterator[ModuleType]:
    """Yield every module of this package that has routes."""
    for name in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "blueprint"):
            yield module


def offers(locale: Locale) -> list[Offer]:
    """Return what the forms of a view are called in the share dialog, in a language."""
    found = (getattr(module, "offers", None) for module in discover())
    return [offer for of_module in found if of_module for offer in of_module(locale)]
