"""The fields of a view as numbers. Whatever is written here once is read for ever."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.model import View
from dashboard.short.numbers import Reader, Unreadable, Writer

SPELLED = 0
"""Instead of the number of a word: it follows letter by letter."""
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-."
OTHER = len(LETTERS) + 1
"""Instead of a letter: the code point of any other follows. 0 ends a word."""
CODE_POINTS = 0x110000

SIZES: Mapping[str, int] = {
    "indicator": 512,
    "dimension": 64,
    "code": 1024,
    "freq": 16,
    "unit": 64,
    "panel": 16,
    "chart": 64,
    "lang": 64,
    "theme": 8,
}
"""How many words of a kind have a number, one less; they never change."""
WORDS: Mapping[str, list[str]] = json.loads(
    Path(__file__).with_name("words.json").read_text(encoding="utf-8")
)
"""Words with a number, by kind: it is their place. New ones are added at the end only."""
NUMBERS: Mapping[str, Mapping[str, int]] = {
    kind: {word: at for at, word in enumerate(WORDS[kind][: size - 1], start=1)}
    for kind, size in SIZES.items()
}

FIELDS = 16
SPLIT, FILTER, START, END, RELEASE = 1, 2, 4, 5, 10
ONE_WORD = {3: "freq", 6: "unit", 7: "panel", 8: "chart", 9: "lang", 11: "theme"}
"""Numbers of the fields of a view. 0 is none: where only zeros are left, the view is whole."""

YEARS, FIRST_YEAR = 256, 1900
PERIODS: tuple[tuple[re.Pattern[str], str, tuple[int, ...]], ...] = (
    (re.compile(r"(\d{4})"), "{:04d}", ()),
    (re.compile(r"FY(\d{4})"), "FY{:04d}", ()),
    (re.compile(r"(\d{4})-Q(\d)"), "{:04d}-Q{}", (10,)),
    (re.compile(r"(\d{4})-(\d\d)"), "{:04d}-{:02d}", (100,)),
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), "{:04d}-{:02d}-{:02d}", (100, 100)),
)
"""Forms of a period that begin with a year: how to read, how to write, what may follow."""
RELEASES = re.compile(r"(\d{4})\.(0|[1-9]\d?)(?:\.(0|[1-9]\d?))?", re.ASCII)


def write(view: View, writer: Writer) -> None:
    """Write a view field by field; a field that is empty is not written."""
    _write_word(writer, "indicator", view.indicator)
    if view.split:
        writer.put(SPLIT, FIELDS)
        _write_words(writer, "dimension", view.split)
    for name, codes in view.filters:
        writer.put(FILTER, FIELDS)
        _write_word(writer, "dimension", name)
        _write_words(writer, "code", codes)
    for number, kind in ONE_WORD.items():
        if word := getattr(view, kind):
            writer.put(number, FIELDS)
            _write_word(writer, kind, word)
    for number, period in ((START, view.start), (END, view.end)):
        if period:
            writer.put(number, FIELDS)
            _write_period(writer, period)
    if view.release:
        writer.put(RELEASE, FIELDS)
        _write_release(writer, view.release)


def read(reader: Reader) -> View:
    """Read a view; raise Unreadable for what no view has been written as."""
    view = View(_word(reader, "indicator"))
    while reader.rest:
        view = _with(view, reader.take(FIELDS), reader)
    return view


def _with(view: View, number: int, reader: Reader) -> View:
    one: dict[str, Any] = {}
    if number in ONE_WORD:
        one[ONE_WORD[number]] = _word(reader, ONE_WORD[number])
        return replace(view, **one)
    if number == SPLIT:
        return replace(view, split=_words(reader, "dimension"))
    if number == FILTER:
        pair = (_word(reader, "dimension"), _words(reader, "code"))
        return replace(view, filters=(*view.filters, pair))
    if number == RELEASE:
        return replace(view, release=_release(reader))
    if number in (START, END):
        one["start" if number == START else "end"] = _period(reader)
        return replace(view, **one)
    raise Unreadable


def _write_words(writer: Writer, kind: str, words: tuple[str, ...]) -> None:
    writer.count(len(words))
    for word in words:
        _write_word(writer, kind, word)


def _words(reader: Reader, kind: str) -> tuple[str, ...]:
    return tuple(_word(reader, kind) for _ in range(reader.count()))


def _write_word(writer: Writer, kind: str, word: str) -> None:
    number = SPELLED if (kind, word) in writer.spelled else NUMBERS[kind].get(word, SPELLED)
    writer.put(number, SIZES[kind])
    if number == SPELLED:
        _spell(writer, word)


def _word(reader: Reader, kind: str) -> str:
    number = reader.take(SIZES[kind])
    if number == SPELLED:
        word = _spelled(reader)
        reader.spelled.add((kind, word))
        return word
    if number > len(WORDS[kind]):
        raise Unreadable
    return WORDS[kind][number - 1]


def _spell(writer: Writer, word: str) -> None:
    for letter in word:
        known = LETTERS.find(letter) + 1
        writer.put(known or OTHER, OTHER + 1)
        if not known:
            writer.put(ord(letter), CODE_POINTS)
    writer.put(0, OTHER + 1)


def _spelled(reader: Reader) -> str:
    word = ""
    while number := reader.take(OTHER + 1):
        word += chr(reader.take(CODE_POINTS)) if number == OTHER else LETTERS[number - 1]
    if any("\ud800" <= letter <= "\udfff" for letter in word):
        raise Unreadable
    return word


def _write_period(writer: Writer, period: str) -> None:
    for form, (pattern, _, sizes) in enumerate(PERIODS, start=1):
        found = pattern.fullmatch(period)
        if found and period.isascii() and 0 <= int(found[1]) - FIRST_YEAR < YEARS:
            writer.put(form, 8)
            writer.put(int(found[1]) - FIRST_YEAR, YEARS)
            for text, size in zip(found.groups()[1:], sizes, strict=True):
                writer.put(int(text), size)
            return
    writer.put(SPELLED, 8)
    _spell(writer, period)


def _period(reader: Reader) -> str:
    form = reader.take(8)
    if form == SPELLED:
        return _spelled(reader)
    if form > len(PERIODS):
        raise Unreadable
    _, written, sizes = PERIODS[form - 1]
    year = reader.take(YEARS) + FIRST_YEAR
    return written.format(year, *(reader.take(size) for size in sizes))


def _write_release(writer: Writer, release: str) -> None:
    found = RELEASES.fullmatch(release)
    if found is None or not 0 <= int(found[1]) - FIRST_YEAR < YEARS:
        writer.put(SPELLED, 4)
        _spell(writer, release)
        return
    writer.put(1 if found[3] is None else 2, 4)
    writer.put(int(found[1]) - FIRST_YEAR, YEARS)
    for text in filter(None, found.groups()[1:]):
        writer.count(int(text))


def _release(reader: Reader) -> str:
    form = reader.take(4)
    if form == SPELLED:
        return _spelled(reader)
    if form > 2:
        raise Unreadable
    year = reader.take(YEARS) + FIRST_YEAR
    return ".".join(str(part) for part in (year, *(reader.count() for _ in range(form))))
