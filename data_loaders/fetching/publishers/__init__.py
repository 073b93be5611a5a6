"""One module per publisher: `look(path)` gives the data of an answer, or raises what is amiss.

`KEY_HEADER` is the header that carries the publisher's key, empty where none is needed. Modules
are found by their file names, which config/sources and `bwp fetch` use.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol, cast

from data_loaders.fetching.answers import Data


class Publisher(Protocol):
    """What every module of this package offers."""

    KEY_HEADER: str

    def look(self, path: Path) -> Data:
        """Return the data of an answer; raise Empty, ComeLater or NotHad."""


@cache
def discover() -> Mapping[str, Publisher]:
    """Return every publisher by the name of its module."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    modules = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: cast(Publisher, module) for name, module in modules.items()}
