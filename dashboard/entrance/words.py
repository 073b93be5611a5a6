"""What the entrance says: refusals, fields, times and browsers in the reader's language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.components.form import Field
from dashboard.i18n import Locale
from dashboard.people import REFUSALS, Refused, Throttled

ZONE = ZoneInfo("Asia/Karachi")
ROLES = {
    "brand": "Brand partner",
    "ministry": "Ministry official",
    "staff": "Programme staff",
    "admin": "Administrator",
}
BROWSERS = (("Firefox/", "Firefox"), ("Edg/", "Edge"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("Linux", "Linux")),
)
STATUS = {
    "wrong": 401,
    "late": 401,
    "stranger": 403,
    "unusable": 403,
    "link": 404,
    "throttled": 429,
}
"""HTTP status of refusals; the others are 400."""


def refusal(error: Refused, locale: Locale) -> str:
    """Return why somebody is not let in."""
    said = locale.text(REFUSALS[error.why])
    if isinstance(error, Throttled):
        wait = locale.plural(
            "It is heard in {n} second.", "It is heard in {n} seconds.", error.seconds
        )
        return f"{said} {wait}"
    return said


def role(name: str, locale: Locale) -> str:
    """Return the name of a role."""
    return locale.text(ROLES[name])


def moment(at: datetime, locale: Locale) -> str:
    """Return a moment by the clock of Pakistan."""
    here = at.astimezone(ZONE)
    return locale.text(
        "{date}, {time}, Pakistan time", date=here.date(), time=f"{here.hour:02d}:{here.minute:02d}"
    )


def browser(agent: str, locale: Locale) -> str:
    """Return which browser on which system a session is in, as far as it says so."""
    names = (_first(BROWSERS, agent), _first(SYSTEMS, agent))
    known = ", ".join(name for name in names if name)
    return known or locale.text("Unknown browser")


def _first(table: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in table if mark in agent), "")


def email(locale: Locale, value: str = "") -> Field:
    """Return the field of an e-mail address."""
    more = {"autocomplete": "username", "maxlength": "254", "spellcheck": "false"}
    return Field("email", locale.text("E-mail address"), "email", value, more=more)


def password(locale: Locale) -> Field:
    """Return the field of the password that somebody has."""
    more = {"autocomplete": "current-password"}
    return Field("password", locale.text("Password"), "password", more=more)


def new_passwords(locale: Locale) -> tuple[Field, Field]:
    """Return the fields of a password that somebody chooses."""
    hint = locale.text(
        "At least 12 characters. Several words that do not belong together are good."
    )
    more = {"autocomplete": "new-password", "minlength": "12", "maxlength": "256"}
    return (
        Field("new", locale.text("New password"), "password", hint=hint, more=more),
        Field("again", locale.text("New password once more"), "password", more=more),
    )


def code(locale: Locale, hint: str) -> Field:
    """Return the field of a code of the second factor."""
    more = {"autocomplete": "one-time-code", "maxlength": "20", "spellcheck": "false"}
    return Field("code", locale.text("Code"), hint=hint, more=more)
