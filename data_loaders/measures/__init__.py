"""One module per subject, each with MEASURES. To add a measure, add a line there."""

import importlib
import pkgutil
from collections.abc import Mapping

from data_loaders.contributions import Measure


def discover() -> Mapping[str, Measure]:
    """Return every measure of the programme by name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return {measure.name: measure for module in modules for measure in module.MEASURES}
