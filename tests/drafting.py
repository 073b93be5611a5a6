"""A desk in a folder of its own, and a copy of one at which a release was made already."""

import shutil
from functools import cache
from pathlib import Path

from dashboard import catalogue
from dashboard.model import Release
from dashboard.store import Published, Records
from dashboard.store.published import Written
from data_loaders.drafts import Desk
from data_loaders.releases import approve, publish_draft

CONFIG = Path(__file__).parents[1] / "config"


@cache
def declared() -> catalogue.Catalogue:
    """Return the declarations as they ship."""
    return catalogue.load(CONFIG)


def desk_at(folder: Path, *, illustrative: bool = True) -> Desk:
    """Return a desk whose stores are in a folder; they are made if they are not there."""
    return Desk(
        records=Records.at(f"sqlite:///{folder}/records.db"),
        published=Published.at(f"sqlite:///{folder}/published.db", create=True),
        catalogue=declared(),
        facts=CONFIG / "facts",
        illustrative=illustrative,
        p_percent=10,
    )


def copied(desk: Desk, to: Path, *, illustrative: bool = True) -> Desk:
    """Return a desk that goes on from where another one is."""
    desk.records.engine.dispose()
    desk.published.engine.dispose()
    for engine in (desk.records.engine, desk.published.engine):
        shutil.copy(str(engine.url.database), to)
    return desk_at(to, illustrative=illustrative)


def current(desk: Desk) -> Release:
    """Return what readers see."""
    return desk.published.load(desk.published.current())


def approved(desk: Desk, note: str, *, correction: bool = False) -> Written:
    """Publish the draft once a second person has approved it."""
    approve(desk, "draft", "second")
    return publish_draft(desk, note, correction=correction)


def shipped_at(database: str) -> Desk:
    """Return the desk at which what ships was released: look at it, change a copy."""
    return desk_at(Path(database.removeprefix("sqlite:///")).parent)
