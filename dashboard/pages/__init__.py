"""One module per page: PATH and `lay_out(statistics, reading, **names)`, found by its name."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from types import ModuleType

from dashboard.pages.framing import Content
from dashboard.pages.reading import Reading
from dashboard.service import Statistics

LayOut = Callable[..., Content]
"""lay_out(statistics, reading, **names of the path); raises Moved and the errors of the model."""


def discover() -> Mapping[str, ModuleType]:
    """Return {name: module} of every module of this package that is a page."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in modules.items() if hasattr(module, "PATH")}


__all__ = ["Content", "LayOut", "Reading", "Statistics", "discover"]
