"""One module per form of a view: `blueprint(asking)`, and POLICY where it is not for readers."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType


def discover() -> Iterator[ModuleType]:
    """Yield every module of this package that has routes."""
    for name in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "blueprint"):
            yield module
