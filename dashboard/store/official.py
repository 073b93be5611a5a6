"""Releases as the ministry reads them: everyone's cells and its own, from the same archive."""

from dataclasses import dataclass, replace

from dashboard.model import Cells, Release
from dashboard.revisions import Revision
from dashboard.store import ministry
from dashboard.store.board import Board
from dashboard.store.published import Published


@dataclass(frozen=True, slots=True)
class Official:
    """The store of published releases, with the ministry's cells."""

    published: Published

    def board(self) -> Board:
        """Return what may be shown at this moment; raise NoRelease if nothing is published."""
        return self.published.board()

    def load(self, release: str) -> Release:
        """Read one whole release with the ministry's cells; raise NoRelease."""
        found = self.published.load(release)
        return replace(found, cells=ministry.laid_over(found.cells, self.cells(release)))

    def revision(self, release: str) -> Revision:
        """Return what a release changed for everyone; raise NoRelease."""
        return self.published.revision(release)

    def cells(self, release: str) -> Cells:
        """Return only what the ministry sees besides everyone's cells."""
        with self.published.engine.connect() as connection:
            return ministry.cells_for(connection, release)

    def checksums(self) -> dict[str, str]:
        """Return the checksum of the ministry's cells of every release that has some."""
        with self.published.engine.connect() as connection:
            return ministry.checksums(connection)
