"""Rows that may come only once: a second one is refused and named with the first."""

from data_loaders.reading.cells import Entry


class Once:
    """Keys that were seen, with the place of the first row of each."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns
        self._seen: dict[tuple[str, ...], str] = {}

    def __contains__(self, key: str) -> bool:
        """Whether a key of one column was seen."""
        return (key,) in self._seen

    def first(self, entry: Entry, *key: str) -> bool:
        """Whether a row can become a record: still in order, and the first of its key."""
        place = f"row {entry.row.number}"
        earlier = self._seen.setdefault(key, place)
        if earlier != place:
            entry.refuse(self.columns[0], f"no second row of its kind: {earlier} is the same")
        return entry.ok
