"""One language: every word, number and date that a reader sees goes through its Locale."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboard.i18n import bidi, times
from dashboard.i18n.amounts import MILLION, THOUSAND_MILLION, needed_decimals, shortened, things
from dashboard.i18n.digits import MINUS, Digits
from dashboard.i18n.names import FREQUENCIES, PANELS, QUALIFIED
from dashboard.i18n.units import Unit
from dashboard.i18n.words import Words, fill
from dashboard.model import OFFICIAL_USE, Qualifier

STATUS = {
    "A": "as measured",
    "c": "not shown to protect confidentiality",
    "x": "not available",
    "z": "not applicable",
    "u": "low reliability",
    "p": "provisional",
    "r": "revised",
    "e": "estimated",
    "b": "break in series",
    "incomplete": "incomplete period",
    "illustrative": "illustrative",
}
RESERVED = {OFFICIAL_USE: "for official use"}
"""Codes that readers of the public site never meet."""
OTHER = Unit(label="", kind="count")
Value = str | float | dt.date


@dataclass(frozen=True)
class Locale:
    """A language. Nothing it is given makes it raise; a text without translation is English.

    In a right-to-left language every number and Latin word it returns stands in an isolate.
    """

    code: str
    name: str
    direction: str
    digits: Digits
    words: Words
    units: Mapping[str, Unit]
    months: Mapping[int, tuple[str, str]]

    @property
    def reviewed(self) -> bool:
        """Whether somebody is named who has reviewed the translation."""
        return bool(self.words.headers.get("X-Reviewer", "").strip())

    @property
    def missing(self) -> int:
        """How many messages have no translation, of the catalogue and of those asked for."""
        return len(self.words.absent)

    def text(self, msgid: str, **values: Value) -> str:
        """Return a message in this language with its named places filled."""
        return self._said(self.words.find(msgid), values)

    def plural(self, one: str, many: str, n: int, /, **values: Value) -> str:
        """Return the form of a message for n things; {n} is the number unless it is given."""
        found = self.words.find_plural(one, many, n)
        return self._said(found, {"n": self.number(n), **values})

    def _said(self, message: str, values: Mapping[str, Value]) -> str:
        filled = message
        if values:
            filled = fill(message, {name: self._written(v) for name, v in values.items()})
        return bidi.guard(filled) if self.direction == "rtl" else filled

    def _written(self, value: Value) -> str:
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, (int, float)):
            return self.number(value, 0 if value == int(value) else 1)
        return bidi.guard(value) if self.direction == "rtl" else value

    def isolate(self, text: str) -> str:
        """Return a text as one piece that the text around it cannot reorder."""
        return bidi.isolate(text) if self.direction == "rtl" else text

    def line(self, text: str) -> str:
        """Return one line of a picture; its direction is the language's."""
        return bidi.line(text) if self.direction == "rtl" else text

    def join(self, names: Iterable[str]) -> str:
        """Return a list with the commas of the language."""
        comma = self.text(", ")
        return comma.join(name for name in names if name)

    def number(self, value: float, decimals: int = 0) -> str:
        """Return a number with groups, its own digits and a true minus."""
        return self.isolate(self.digits.write(value, decimals))

    def value(self, value: float, unit: str, decimals: int = 0) -> str:
        """Return a value in its unit, money shortened: "US$ 2.5 billion", "12%", "94"."""
        known = self.unit(unit)
        if known.kind == "money":
            return self._amount(*shortened(value, known, decimals))
        return self.exact(value, unit, decimals)

    def exact(self, value: float, unit: str, decimals: int = 0) -> str:
        """Return a value in its unit with every digit."""
        known = self.unit(unit)
        if known.kind == "year":
            return self._figures(f"{value:.0f}")
        if known.kind == "difference":
            return self.text(known.amount, n=self.signed(value, decimals))
        if known.kind == "count":
            return self.number(value, decimals)
        return self._amount(known.amount, value, decimals)

    def quantity(self, value: float, unit: str, decimals: int = 0) -> str:
        """Return a value with its unit in words also where that is a noun: "94 factories"."""
        known = self.unit(unit)
        if not known.one or known.kind != "count":
            return self.value(value, unit, decimals)
        number = self.number(value, decimals)
        return self.plural(known.one, known.many, things(value, decimals), n=number)

    def _amount(self, message: str, value: float, decimals: int) -> str:
        sign = MINUS if self.digits.write(value, decimals).startswith(MINUS) else ""
        return self._with_sign(sign, message, value, decimals)

    def _with_sign(self, sign: str, message: str, value: float, decimals: int) -> str:
        """A sign stands at the number where that comes first, else before the currency."""
        size = self.digits.write(abs(value), decimals)
        if self.words.find(message).startswith("{n}"):
            return self._together(message, self.isolate(sign + size))
        found = self.text(message, n=self.isolate(size))
        return self.isolate(sign + found) if sign else found

    def _together(self, message: str, number: str) -> str:
        """Return a number with a sign such as %, which no text around may part from it."""
        found = self.text(message, n=number)
        return found if any(letter.isalpha() for letter in found) else self.isolate(found)

    def axis(self, value: float, unit: str) -> str:
        """Return the short text of a tick: "2.5 bn", "310 m", "50%", "1,000"."""
        known, size = self.unit(unit), abs(value)
        if known.kind == "year":
            return self._figures(f"{value:.0f}")
        if known.kind == "percent":
            return self._amount(known.amount, value, needed_decimals(value))
        if known.kind == "money" and size >= THOUSAND_MILLION:
            return self.text("{n} bn", n=self._short(value / THOUSAND_MILLION))
        if known.kind == "money" and size >= MILLION:
            return self.text("{n} m", n=self._short(value / MILLION))
        return self._short(value)

    def _short(self, value: float) -> str:
        return self.number(value, needed_decimals(value))

    def signed(self, value: float, decimals: int = 0) -> str:
        """Return a number with its sign, plus too; none for nothing."""
        written = self.digits.write(value, decimals)
        plus = "+" if value > 0 and written != self.digits.write(0, decimals) else ""
        return self.isolate(plus + written)

    def change(self, value: float, unit: str, decimals: int = 0) -> str:
        """Return a difference with its sign: "+3.2%", "−5 percentage points", "+US$ 3 million"."""
        known = self.unit(unit)
        if known.kind == "difference":
            n, number = things(value, decimals), self.signed(value, decimals)
            return self.plural(known.one, known.many, n, n=number)
        if known.kind in ("count", "year"):
            return self.signed(value, decimals)
        if known.kind == "percent":
            return self._together(known.amount, self.signed(value, decimals))
        shown = (known.amount, value, decimals)
        if known.kind == "money":
            shown = shortened(value, known, decimals)
        return self._with_sign("+", *shown) if value > 0 else self._amount(*shown)

    def unit(self, code: str) -> Unit:
        """Return what is known about a unit; an unknown one counts."""
        return self.units.get(code, OTHER)

    def unit_label(self, code: str) -> str:
        """Return the name of a unit."""
        return self.text(self.unit(code).label or code)

    def frequency(self, code: str) -> str:
        """Return the name of a frequency."""
        return self.text(FREQUENCIES.get(code, code))

    def panel(self, code: str) -> str:
        """Return the name of a panel of factories."""
        return self.text(PANELS.get(code, code))

    def status(self, code: str) -> str:
        """Return the words for a status or a flag."""
        return self.text((STATUS | RESERVED).get(code, code))

    def qualified(self, text: str, qualifier: Qualifier) -> str:
        """Return a value as its publisher put it: "under 10", "over 90", "about 500"."""
        message = QUALIFIED.get(qualifier)
        return self.text(message, value=text) if message else text

    def period(self, code: str) -> str:
        """Return a period in words: "FY 2024/25 (July–June)", "July 2024", "Cycle 2"."""
        return self._period(code, short=False)

    def period_short(self, code: str) -> str:
        """Return a period as short as an axis needs it: "2024/25", "Jul 2024", "Cycle 2"."""
        return self._period(code, short=True)

    def _period(self, code: str, *, short: bool) -> str:
        found = times.parse(code)
        if found.freq in ("M", "D"):
            return self._dated(found, short=short)
        if found.freq == "Q":
            return self.text(times.QUARTERS[found.number - 1], year=self._figures(code[:4]))
        if found.freq == "FY" and not short:
            return self.text("FY {years} (July–June)", years=self._years(found))
        if found.freq == "FY":
            return self._years(found)
        if found.freq == "C":
            return self.text("Cycle {n}", n=self._figures(str(found.number)))
        return self._figures(code)

    def _years(self, found: times.Period) -> str:
        return self._figures(times.fiscal(found.year))

    def _dated(self, found: times.Period, *, short: bool) -> str:
        words = {
            "day": self._figures(str(found.day)),
            "month": self.months[found.month][short],
            "year": self._figures(f"{found.year:04d}"),
        }
        return self.text("{day} {month} {year}" if found.day else "{month} {year}", **words)

    def _figures(self, text: str) -> str:
        return self.isolate(self.digits.spell(text))

    def range(self, start: str, end: str) -> str:
        """Return two periods in words: "July 2021 to June 2024"; one if they are the same."""
        if start == end:
            return self.period(start)
        return self.text("{first} to {last}", first=self.period(start), last=self.period(end))

    def date(self, day: dt.date) -> str:
        """Return a day: "1 July 2024"."""
        return self._dated(times.Period("D", day.year, day.month, day.day), short=False)
