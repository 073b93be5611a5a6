"""Run every benchmark and print it: `bwp bench`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import drawing, publishing, serving
from bench.lines import Group, written
from dashboard import catalogue, i18n
from dashboard.app import create_app
from dashboard.prints import PressMissing
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.store import Held, Published
from dashboard.web.static import StaticMissing

ROOT = Path(__file__).parents[1]


def groups(folder: Path) -> Iterator[Group]:
    """Yield each group as soon as it is measured; all of it happens in `folder`."""
    yield publishing.measure(ROOT, folder)
    database, config = publishing.database(folder), ROOT / "config"
    statistics = Statistics(
        catalogue.load(config), i18n.locales(config), Held(Published.at(database))
    )
    yield drawing.figures(statistics)
    yield from drawing.pages(create_app(Settings(database_url=database)))
    figure = folder / "figure.json"
    figure.write_text(json.dumps(drawing.live(statistics)), encoding="utf-8")
    yield from serving.measure(database, figure)


def main() -> None:
    """Measure and print."""
    with TemporaryDirectory(prefix="bench") as folder:
        try:
            for group in groups(Path(folder)):
                sys.stdout.writelines(f"{line}\n" for line in written(group))
                sys.stdout.flush()
        except (PressMissing, StaticMissing) as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
