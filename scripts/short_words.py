"""Give the names of config/ that have none yet a number in the spelling of short links.

New words are added at the end of `dashboard/short/words.json`; none ever leaves or moves, because
links that were printed hold its number. Without a number a word is spelled: its links are longer.
"""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # a script's own folder is the only one that Python looks into

from dashboard import catalogue, charts, i18n, query  # noqa: E402
from dashboard.model import TOTAL  # noqa: E402
from dashboard.short.fields import SIZES  # noqa: E402

FILE = ROOT / "dashboard" / "short" / "words.json"


def used(config: Path) -> Mapping[str, Iterable[str]]:
    """Return every word that an address may hold, by kind."""
    known = catalogue.load(config)
    indicators = known.indicators.values()
    dimensions = {d for one in indicators for d in one.dimensions}
    return {
        "indicator": known.indicators,
        "dimension": [TOTAL, *sorted(dimensions)],
        "code": [TOTAL, *sorted({c for d in dimensions for c in known.codelists[d].codes})],
        "freq": query.PERIOD,
        "unit": sorted({u for one in indicators for u in (one.units or (one.unit,))}),
        "panel": sorted({p for one in indicators for p in one.panels}),
        "chart": charts.KINDS,
        "lang": i18n.locales(config),
        "theme": query.THEMES,
    }


def grown(old: Mapping[str, list[str]], words: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the old words with the new ones after them."""
    return {
        kind: [*old.get(kind, []), *(w for w in words[kind] if w not in old.get(kind, []))]
        for kind in SIZES
    }


def main() -> None:
    """Add what is new and say how much that was."""
    old = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    new = grown(old, used(ROOT / "config"))
    FILE.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    added = sum(len(new[kind]) - len(old.get(kind, [])) for kind in new)
    print(f"{added} words added to {FILE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
