"""What it means when contributions stop: for a loan that is wanted, for one that runs, and for the account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.inputs import choice, money, months, wrong
from queue_server.guidance.tools.money import ZERO
from queue_server.guidance.tools.parameters import Basis, FundRules
from queue_server.guidance.tools.rates_used import RATE_FIELDS, NoFigures, rate_used
from queue_server.guidance.tools.repayment import LEAST_LOAN
from queue_server.guidance.tools.schedule import level_payment

FIELDS = (
    months("months_missed", low=1, high=120),
    months("months_missed_in_all", low=0, high=480, required=False),
    choice("loan", "none", "wanted", "running"),
    money("principal", low=LEAST_LOAN, required=False),
    months("months", required=False),
    *RATE_FIELDS,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One consequence by its name, and the values its words need."""

    name: str
    values: Mapping[str, Any]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Interruption:
    """`extra_a_month`: the equal payment at a bank's rate less that at the fund's."""

    meanings: tuple[Meaning, ...]
    reaches_limit: bool
    old_payment: Decimal | None
    commercial_payment: Decimal | None
    extra_a_month: Decimal | None
    basis: tuple[Basis, ...]


def work_out(given: Mapping[str, Any], rules: FundRules | None, today: date) -> Interruption:
    """Source: Foshan's notice in force since 2026-06-01 (nine months in a row or 24 in all: a bank's rate until the
    year after it is settled); months paid before a loan from the centre's settings; the account by national rules."""
    if rules is None:
        raise NoFigures
    missed = given["months_missed"]
    in_all = max(missed, given["months_missed_in_all"] or 0)
    rule = rules.interruption
    reaches = missed >= rule.months_in_a_row or in_all >= rule.months_in_all
    meanings = tuple(_meanings(given, rules, reaches))
    basis = tuple(dict.fromkeys(meaning.basis for meaning in meanings))
    old = commercial = extra = None
    if given["loan"] == "running" and given["principal"] is not None:
        if given["months"] is None:
            raise wrong("months", "empty")
        used = rate_used(given, given["months"], rules, today)
        old = level_payment(given["principal"], used.annual, given["months"])
        commercial = level_payment(given["principal"], rules.commercial_rate.percent / 100, given["months"])
        extra = max(commercial - old, ZERO)
        basis = (*basis, *used.basis, rules.commercial_rate.basis("commercial_rate"))
    return Interruption(meanings, reaches, old, commercial, extra, basis)


def _meanings(given: Mapping[str, Any], rules: FundRules, reaches: bool) -> Iterator[Meaning]:
    national = Basis("account_stays", "NAT844", True)
    yield Meaning("account_stays", {}, national)
    if given["loan"] in {"none", "wanted"}:
        months_paid = rules.months_paid
        yield Meaning("count_starts_anew", {"months": months_paid.least}, months_paid.basis("months_paid"))
    if given["loan"] == "running":
        rule = rules.interruption
        values = {"row": rule.months_in_a_row, "all": rule.months_in_all}
        name = "rate_may_rise_now" if reaches else "rate_may_rise_later"
        yield Meaning(name, values, rule.basis("interruption"))
        yield Meaning("offset_runs_dry", {}, rules.monthly_offset.basis("monthly_offset"))
    sealed = rules.withdrawals.left_job
    yield Meaning("moving_is_possible", {"months": sealed.months_sealed}, sealed.basis("withdrawals.left_job"))
