"""Amounts before they are written: which unit, how many decimals, how many things."""

from dashboard.i18n.units import Unit

THOUSAND_MILLION, MILLION = 1e9, 1e6
HUNDRED = 100
"""Takes the general plural form in every language (CLDR's "other")."""


def shortened(value: float, unit: Unit, decimals: int) -> tuple[str, float, int]:
    """Return the message of an amount of money, the number in it, and its decimals."""
    billions, millions = round(value / THOUSAND_MILLION, 1), round(value / MILLION, 1)
    if abs(millions) >= 1000 and unit.billion:
        return unit.billion, billions, 1
    if abs(millions) >= 1 and unit.million:
        return unit.million, value / MILLION, 1 if abs(millions) < 10 else 0
    return unit.amount, value, decimals


def things(value: float, decimals: int) -> int:
    """Return how many things a number speaks of; a part of one thing takes the general form."""
    rounded = abs(round(value, decimals))
    return int(rounded) if rounded == int(rounded) else HUNDRED


def needed_decimals(value: float) -> int:
    """Return how many decimals a number needs, three at most."""
    return next((d for d in range(3) if abs(value - round(value, d)) < 1e-9), 3)
