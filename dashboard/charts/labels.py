"""Texts at the ends of lines: as near to their line as they get without touching one another."""

from collections.abc import Sequence


def apart(
    wanted: Sequence[float], heights: Sequence[float], room: tuple[float, float]
) -> list[float]:
    """Return the middles of labels in px, in the given order, none overlapping, within `room`.

    Labels that would overlap form a block around the mean of what they want (pool adjacent
    violators); if all of them are taller than the room they start at its top.
    """
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    blocks: list[tuple[list[int], float]] = []
    for i in order:
        blocks.append(([i], _inside(wanted[i], heights[i], room)))
        while len(blocks) > 1 and _touch(blocks[-2], blocks[-1], heights):
            members = blocks[-2][0] + blocks[-1][0]
            mean = sum(wanted[m] for m in members) / len(members)
            blocks[-2:] = [(members, _inside(mean, sum(heights[m] for m in members), room))]
    return _unfolded(blocks, heights)


def _inside(middle: float, height: float, room: tuple[float, float]) -> float:
    return max(min(middle, room[1] - height / 2), room[0] + height / 2)


def _touch(
    upper: tuple[list[int], float], lower: tuple[list[int], float], heights: Sequence[float]
) -> bool:
    tall = sum(heights[m] for m in upper[0] + lower[0])
    return lower[1] - upper[1] < tall / 2


def _unfolded(blocks: list[tuple[list[int], float]], heights: Sequence[float]) -> list[float]:
    found: dict[int, float] = {}
    for members, middle in blocks:
        top = middle - sum(heights[m] for m in members) / 2
        for m in members:
            found[m] = top + heights[m] / 2
            top += heights[m]
    return [found[i] for i in range(len(found))]
