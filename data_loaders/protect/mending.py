"""A quick way to values that agree with the rows: change one finding after the other."""

import numpy as np

from data_loaders.protect.solver import Vector

CHANGES = 8
"""More changes than this are left to the solver."""


def mend(
    start: Vector, matrix: Vector, rows: tuple[Vector, Vector], limits: tuple[Vector, Vector]
) -> Vector | None:
    """Return columns near `start` that agree with the rows, None if a few changes do not do it.

    Each change takes one column up or down by one, so that the rows are broken least; a column
    that would be all or nothing then is taken last.
    """
    columns, sums = start.copy(), matrix @ start
    moves = np.hstack([matrix, -matrix])
    steps = np.repeat([1.0, -1.0], len(start))
    for _ in range(CHANGES):
        if _broken(sums[:, None], rows)[0] <= 1e-9:
            return columns
        after = np.tile(columns, 2) + steps
        edge = (after <= np.tile(limits[0], 2)) | (after >= np.tile(limits[1], 2))
        worse = _broken(sums[:, None] + moves, rows) + 1e-3 * edge
        worse[(after < np.tile(limits[0], 2)) | (after > np.tile(limits[1], 2))] = np.inf
        best = int(np.argmin(worse))
        if worse[best] >= _broken(sums[:, None], rows)[0]:
            return None
        columns[best % len(start)] += steps[best]
        sums = sums + moves[:, best]
    return None


def _broken(sums: Vector, rows: tuple[Vector, Vector]) -> Vector:
    low, high = rows[0][:, None], rows[1][:, None]
    broken: Vector = (np.maximum(low - sums, 0) + np.maximum(sums - high, 0)).sum(axis=0)
    return broken
