"""ILOSTAT, SDMX service of the ILO: tables in SDMX-CSV."""

from pathlib import Path

from data_loaders.fetching.answers import Data, table

KEY_HEADER = ""


def look(path: Path) -> Data:
    """Return the observations."""
    return table(path.read_bytes(), "REF_AREA", "TIME_PERIOD", "OBS_VALUE")
