"""A row of small numbers as one large one, and a large one as letters."""

from dataclasses import dataclass, field

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: no i, l, o, u, so nothing is confused when it is read aloud or typed."""
VALUES = {letter: value for value, letter in enumerate(LETTERS)}
GROUP = 8
"""A count is written in groups of this many possibilities, as few as it needs."""
MOST = 512
"""No list of a view is longer."""


class Unreadable(ValueError):
    """Letters or numbers that no writer has written."""


@dataclass(slots=True)
class Writer:
    """Collects numbers, each with how many it could have been.

    `spelled` are (kind, word) that are written letter by letter although they have a number.
    """

    spelled: frozenset[tuple[str, str]] = frozenset()
    pairs: list[tuple[int, int]] = field(default_factory=list)

    def put(self, value: int, possible: int) -> None:
        """Add a number from 0 to below `possible`."""
        self.pairs.append((value, possible))

    def count(self, value: int) -> None:
        """Add a number of any size."""
        more, last = divmod(value, GROUP)
        self.put(last + (GROUP if more else 0), 2 * GROUP)
        if more:
            self.count(more)

    def number(self) -> int:
        """Return all of them as one; the first is the last digit."""
        whole = 0
        for value, possible in reversed(self.pairs):
            whole = whole * possible + value
        return whole


@dataclass(slots=True)
class Reader:
    """Takes the numbers out again, in the same order; at the end there are only zeros.

    `spelled` collects the (kind, word) that stood there letter by letter.
    """

    rest: int
    spelled: set[tuple[str, str]] = field(default_factory=set)

    def take(self, possible: int) -> int:
        """Return the next number, below `possible`."""
        self.rest, value = divmod(self.rest, possible)
        return value

    def count(self) -> int:
        """Return a number of any size that a list can have; raise Unreadable."""
        found = self.take(2 * GROUP)
        if found < GROUP:
            return found
        whole = found - GROUP + GROUP * self.count()
        if whole > MOST:
            raise Unreadable
        return whole


def to_letters(number: int) -> str:
    """Return a number of 0 and more in letters."""
    letters = LETTERS[number % 32]
    while number := number // 32:
        letters = LETTERS[number % 32] + letters
    return letters


def from_letters(letters: str) -> int:
    """Return the number of letters; raise Unreadable for any other letter, or none."""
    if not letters or not set(letters) <= VALUES.keys():
        raise Unreadable
    number = 0
    for letter in letters:
        number = number * 32 + VALUES[letter]
    return number
