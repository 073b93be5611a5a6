"""What the workspace calls things: states, verdicts, kinds, statuses, in the reader's language."""

from collections.abc import Callable, Mapping

from dashboard.i18n import Locale

STATES: Mapping[str, str] = {
    "open": "With open items",
    "overdue": "With overdue items",
    "repeated": "With repeated findings",
    "clear": "Without findings or open items",
}
VERDICTS: Mapping[str, str] = {
    "more": "Higher than the published rate",
    "fewer": "Lower than the published rate",
    "close": "About the published rate",
    "none": "Nothing published to compare with",
}
SINCE: Mapping[str, str] = {
    "new": "New since the assessment before",
    "repeated": "Found again",
    "mended": "No longer found",
}
ITEMS: Mapping[str, str] = {
    "pending": "Pending",
    "in_progress": "In progress",
    "completed": "Completed",
}
ROLES: Mapping[str, str] = {
    "all": "All workers",
    "operator": "Operators",
    "supervisor": "Supervisors",
    "manager": "Managers",
}
SIDES: Mapping[str, str] = {"worker": "Workers' side", "management": "Management's side"}
VISITS: Mapping[str, str] = {
    "advisory": "Advisory visit",
    "assessment": "Assessment",
    "seminar": "Seminar",
}
MODES: Mapping[str, str] = {"on_site": "On site", "virtual": "Virtual"}
ANSWERS: Mapping[str, str] = {
    "on_track": "On track",
    "moderate_progress": "Moderate progress",
    "no_progress": "No progress",
}
MEMBERSHIP: Mapping[str, str] = {
    "registered": "Registered",
    "active": "Active",
    "suspended": "Suspended",
    "left": "Left the programme",
}
ALL = (STATES, VERDICTS, SINCE, ITEMS, ROLES, SIDES, VISITS, MODES, ANSWERS, MEMBERSHIP)


def worded(words: Mapping[str, str], locale: Locale) -> Callable[[str], str]:
    """Return the function from a code to its words; an unknown code stays as it is."""
    said = {code: locale.text(english) for code, english in words.items()}
    return lambda code: said.get(code, code)
