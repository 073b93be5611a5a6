"""Short links: a view as a code of few letters, and back. Nothing is stored.

A code is the version of the spelling and one number in 32 letters that people do not confuse. The
number is a row of fields, each with its own number of possibilities; frequent words count as one
letter (`words.json`), any other word is spelled. So a code depends on no file in config/.
"""

import re

from dashboard.model import BadView, View
from dashboard.short.fields import read, write
from dashboard.short.numbers import Reader, Unreadable, Writer, from_letters, to_letters

PATH = "/v/"
VERSION = "1"
CHECK = 37
"""Only multiples of it are codes: one wrong letter or two changed ones never give another.

An AN code (Peterson and Weldon, Error-Correcting Codes, chapter 15): no difference of one letter,
and no exchange of neighbours, is a multiple of a prime above 31.
"""
LONGEST = 1_500
"""Letters of a code; no address of a view that a browser takes has a longer one."""
ALIKE = str.maketrans("ilo", "110")
NAME = re.compile(r"[\w-]+")


class BadCode(BadView):
    """A short link that was never given out: a letter is wrong or missing."""


def code_of(view: View) -> str:
    """Return the code of a view, the same one always and everywhere.

    Only a word that got a number meanwhile makes it shorter; the longer one stays good.
    """
    return _written(view, frozenset())


def _written(view: View, spelled: frozenset[tuple[str, str]]) -> str:
    writer = Writer(spelled)
    write(view, writer)
    return VERSION + to_letters(writer.number() * CHECK)


def view_of(code: str) -> View:
    """Return the view of a code; capitals and the letters i, l and o count too; raise BadCode."""
    plain = code.lower().translate(ALIKE)
    try:
        reader = _reader(plain)
        view = read(reader)
    except Unreadable as error:
        raise BadCode(_wrong(code)) from error
    if _written(view, frozenset(reader.spelled)) != plain or not _is_address(view):
        raise BadCode(_wrong(code))
    return view


def _reader(plain: str) -> Reader:
    if plain[:1] != VERSION or len(plain) > LONGEST:
        raise Unreadable
    number, rest = divmod(from_letters(plain[1:]), CHECK)
    if rest:
        raise Unreadable
    return Reader(number)


def _is_address(view: View) -> bool:
    """Whether a view is what its long address says: no name holds a mark that parts others."""
    named = NAME.fullmatch(view.indicator) is not None
    return named and View.from_query(view.indicator, view.to_query()) == view


def _wrong(code: str) -> str:
    return (
        f"{PATH}{code[:60]}: this short link is not whole or a letter of it is wrong; "
        "compare it with the one that was printed or sent"
    )


def address_of(view: View, site: str = "") -> str:
    """Return the short link of a view on a site, such as "https://host.example"."""
    return f"{site}{PATH}{code_of(view)}"
