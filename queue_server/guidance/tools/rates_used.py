"""Which annual rate a tool counts with: the one given, or the centre's for the home, the term and the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.inputs import Field, choice, day, rate, wrong
from queue_server.guidance.tools.parameters import Basis, FundRules

RATE_FIELDS: tuple[Field, ...] = (
    rate("annual_rate"),
    choice("home", "first", "second", otherwise="first"),
    day("date"),
)


@dataclass(frozen=True, slots=True)
class RateUsed:
    """`annual` is a fraction a year. Without `basis` the visitor gave it."""

    annual: Decimal
    basis: tuple[Basis, ...]


class NoFigures(Exception):
    """The centre has put no figures into the hall's settings, and this tool needs them."""


def rate_used(given: Mapping[str, Any], months: int, rules: FundRules | None, today: date) -> RateUsed:
    """Source of the table: the centre's `loan_rates`; the rate goes by the whole term (practice of the trade)."""
    if given["annual_rate"] is not None:
        return RateUsed(given["annual_rate"], ())
    if rules is None:
        raise wrong("annual_rate", "empty")
    on = given["date"] or today
    rates = rules.rates_on(on)
    if rates is None:
        raise wrong("date", "no_rate_known", day=on.isoformat())
    return RateUsed(rates.annual(given["home"], months), (rates.basis("loan_rates"),))
