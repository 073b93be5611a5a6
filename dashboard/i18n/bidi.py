"""Two directions in one line: Latin words and numbers stand apart from right-to-left text."""

import re

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
OPENING = (LRI, RLI, FSI)
MARKS = re.compile("[\u2066-\u2069]")

RTL_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
FOREIGN = re.compile(f"[^{RTL_LETTERS}\u2066-\u2069]+")
RTL_LETTER = re.compile(f"[{RTL_LETTERS}]")
LETTER = re.compile(r"[A-Za-z\u00c0-\u024f]")
EDGES = re.compile(r"^[^\w+\-−<>≤≥~$€£#]*(?P<core>.*?)[^\w+%$€£]*$", re.DOTALL)
NUMBER = re.compile(r"[+\-−<>≤≥~]?[$€£]?\d(?:[\d.,:/]*\d)?[%+]?")


def isolate(text: str) -> str:
    """Wrap a text in an isolate of its own direction; one that is isolated stays as it is."""
    if not text or _whole(text):
        return text
    return f"{RLI if RTL_LETTER.search(text) else LRI}{text}{PDI}"


def _whole(text: str) -> bool:
    """Whether a text is one isolate from its first to its last character."""
    if text[0] not in OPENING or text[-1] != PDI:
        return False
    depths = _depths(text)
    return 0 not in depths[:-1] and depths[-1] == 0


def _depths(text: str) -> list[int]:
    """Return how deep in isolates each character leaves the text."""
    depth, found = 0, []
    for letter in text:
        depth += (letter in OPENING) - (letter == PDI and depth > 0)
        found.append(depth)
    return found


def guard(text: str) -> str:
    """Isolate every Latin word and number of a right-to-left text that is not isolated yet."""
    if text.isascii() or not RTL_LETTER.search(MARKS.sub("", text)):
        return isolate(text) if LETTER.search(text) or _loose_digit(text) else text
    return "".join(
        part if isolated else FOREIGN.sub(_apart, part) for part, isolated in _parts(text)
    )


def _loose_digit(text: str) -> bool:
    return any(re.search(r"\d", part) for part, isolated in _parts(text) if not isolated)


def _parts(text: str) -> list[tuple[str, bool]]:
    """Split a text into what stands in isolates and what stands outside."""
    parts: list[tuple[str, bool]] = []
    start, before = 0, 0
    for i, depth in enumerate(_depths(text)):
        if before == 0 and depth > 0:
            parts.append((text[start:i], False))
            start = i
        elif before > 0 and depth == 0:
            parts.append((text[start : i + 1], True))
            start = i + 1
        before = depth
    return [*parts, (text[start:], before > 0)]


def _apart(found: re.Match[str]) -> str:
    """Isolate the words of a run as one, numbers without words one by one."""
    run = found[0]
    edges = EDGES.match(run)
    if edges is None or not edges["core"]:
        return run
    core = edges["core"]
    inner = isolate(core) if LETTER.search(core) else NUMBER.sub(lambda n: isolate(n[0]), core)
    return run[: edges.start("core")] + inner + run[edges.end("core") :]


def line(text: str) -> str:
    """Return one line of a right-to-left picture: its own isolate, its marks in balance."""
    return f"{RLI}{guard(balanced(text))}{PDI}" if text else text


def balanced(text: str) -> str:
    """Close what is open and open what is closed: a line may be cut out of a longer text."""
    opened, unmatched = 0, 0
    for letter in text:
        if letter in OPENING:
            opened += 1
        elif letter == PDI and opened:
            opened -= 1
        elif letter == PDI:
            unmatched += 1
    return LRI * unmatched + text + PDI * opened
