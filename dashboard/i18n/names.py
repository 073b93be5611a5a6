"""Messages that stand for codes of the model: qualifiers, frequencies, panels of factories."""

QUALIFIED = {
    "lt": "under {value}",
    "gt": "over {value}",
    "over": "over {value}",
    "about": "about {value}",
    "at_least": "at least {value}",
}
FREQUENCIES = {
    "M": "Monthly",
    "Q": "Quarterly",
    "A": "Calendar year",
    "FY": "Fiscal year",
    "C": "Assessment cycle",
    "D": "Date",
}
PANELS = {"all": "All factories", "same": "The same factories"}
