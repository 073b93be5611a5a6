"""One language's catalogue: messages by their English text, plural forms, what is missing."""

import gettext
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polib

from dashboard.i18n.units import BadWords

PLACE = re.compile(r"\{(\w+)\}")
ENGLISH_LETTER = re.compile("[A-Za-z]")
MOST = 20_000
"""So many different untranslated texts are counted and no more."""


@dataclass(frozen=True, slots=True)
class Words:
    """A gettext catalogue; `absent` collects texts that were asked for and have no translation."""

    headers: Mapping[str, str]
    translated: frozenset[str]
    catalogue: gettext.NullTranslations
    absent: set[str] = field(default_factory=set)

    def find(self, msgid: str) -> str:
        """Return the translation of a message, the message itself where there is none."""
        if msgid in self.translated:
            return self.catalogue.gettext(msgid)
        return self.missed(msgid)

    def find_plural(self, one: str, many: str, n: int) -> str:
        """Return the form of a message for n things."""
        if one not in self.translated:
            self.missed(one)
        return self.catalogue.ngettext(one, many, n)

    def missed(self, msgid: str) -> str:
        """Count a text that has no translation; one without English letters needs none."""
        if ENGLISH_LETTER.search(msgid) and len(self.absent) < MOST:
            self.absent.add(msgid)
        return msgid


class Source(Words):
    """The language that messages are written in: nothing is ever missing."""

    def missed(self, msgid: str) -> str:
        """Return the message."""
        return msgid


ENGLISH = {"Language": "en", "X-Name": "English", "X-Reviewer": "source language"}


def english() -> Words:
    """Return the words of English: the messages themselves."""
    return Source(ENGLISH, frozenset(), gettext.NullTranslations())


def read_words(path: Path) -> Words:
    """Return a .po file as words; raise BadWords for one that cannot be read."""
    try:
        book = polib.pofile(str(path), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadWords(f"{path}: not a .po file: {error}") from error
    compiled = gettext.GNUTranslations(io.BytesIO(book.to_binary()))
    empty = {entry.msgid for entry in book.untranslated_entries() + book.fuzzy_entries()}
    done = frozenset(entry.msgid for entry in book.translated_entries())
    return Words(dict(book.metadata), done, compiled, empty)


def fill(message: str, values: Mapping[str, str]) -> str:
    """Put values in the named places of a message; a place without a value stays visible."""
    return PLACE.sub(lambda place: values.get(place[1], place[0]), message)
