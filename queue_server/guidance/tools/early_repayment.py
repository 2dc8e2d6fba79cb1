"""Paying a part early: the same payment and done sooner, or the same term and less a month. Both are always told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from queue_server.guidance.tools.inputs import choice, money, months, wrong
from queue_server.guidance.tools.money import ZERO, cents
from queue_server.guidance.tools.parameters import Basis, FundRules
from queue_server.guidance.tools.rates_used import RATE_FIELDS, rate_used
from queue_server.guidance.tools.repayment import LEAST_LOAN
from queue_server.guidance.tools.schedule import (
    Method,
    Plan,
    level_part,
    level_payment,
    pay_equally,
    pay_principal_equally,
    plan,
)

Keep = Literal["payment", "term"]

FIELDS = (
    money("principal", low=LEAST_LOAN),
    months("months"),
    *RATE_FIELDS,
    choice("method", "equal_payment", "equal_principal", otherwise="equal_payment"),
    months("after_months"),
    money("amount", low=1),
    choice("keep", "payment", "term", otherwise="payment"),
)


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways after the early payment. Interest is what is still to come."""

    keep: str
    new_payment: Decimal
    months_left: int
    months_saved: int
    interest: Decimal
    interest_saved: Decimal
    last_payment: Decimal


@dataclass(frozen=True, slots=True)
class EarlyRepayment:
    """`owed_before` and `owed_after` stand around the early payment. The fields of the way asked for stand first."""

    keep: str
    annual_rate: Decimal
    old_payment: Decimal
    new_payment: Decimal
    months_left: int
    months_saved: int
    interest_saved: Decimal
    owed_before: Decimal
    owed_after: Decimal
    old_interest: Decimal
    fee: Decimal
    ways: tuple[Way, ...]
    basis: tuple[Basis, ...]


def work_out(given: Mapping[str, Any], rules: FundRules | None, today: date) -> EarlyRepayment:
    """Source: the two ways as centres offer them; savings are sums of the two schedules, to the cent.

    700000 over 30 years at 2.6 %, 100000 early after month 60: 63 months and 78706.10 saved, or 36100.65 and a payment
    of 2348.71.
    """
    term, method, after = given["months"], given["method"], given["after_months"]
    used = rate_used(given, term, rules, today)
    old = plan(given["principal"], used.annual, term, method)
    if after >= len(old.months):
        raise wrong("after_months", "not_before_end", months=term)
    owed = old.owed_after(after)
    basis = used.basis
    fee = ZERO
    if rules is not None:
        basis += (rules.prepayment.basis("prepayment"),)
        fee = _fee(given, rules)
    if given["amount"] > owed:
        raise wrong("amount", "more_than_owed", owed=owed)
    ways = tuple(_way(keep, old, after, owed - given["amount"], used.annual, method) for keep in ("payment", "term"))
    asked = ways[0 if given["keep"] == "payment" else 1]
    return EarlyRepayment(
        keep=asked.keep,
        annual_rate=used.annual,
        old_payment=old.months[after].payment,
        new_payment=asked.new_payment,
        months_left=asked.months_left,
        months_saved=asked.months_saved,
        interest_saved=asked.interest_saved,
        owed_before=owed,
        owed_after=owed - given["amount"],
        old_interest=old.interest_after(after),
        fee=fee,
        ways=ways,
        basis=basis,
    )


def _fee(given: Mapping[str, Any], rules: FundRules) -> Decimal:
    """What the centre's rules for paying early ask; also whether they allow it yet."""
    paying = rules.prepayment
    if given["after_months"] < paying.first_after_months:
        raise wrong("after_months", "too_small", low=paying.first_after_months)
    if given["amount"] < paying.least_amount:
        raise wrong("amount", "too_small", low=paying.least_amount)
    return cents(given["amount"] * paying.fee_percent / 100)


def _way(keep: Keep, old: Plan, after: int, owed: Decimal, annual_rate: Decimal, method: Method) -> Way:
    left_before = len(old.months) - after
    old_interest = old.interest_after(after)
    if owed == 0:
        return Way(keep, ZERO, 0, left_before, ZERO, old_interest, ZERO)
    new = _plan_after(keep, old, left_before, owed, annual_rate, method)
    return Way(
        keep=keep,
        new_payment=new.first_payment,
        months_left=len(new.months),
        months_saved=left_before - len(new.months),
        interest=new.interest,
        interest_saved=old_interest - new.interest,
        last_payment=new.last_payment,
    )


def _plan_after(keep: Keep, old: Plan, left: int, owed: Decimal, annual_rate: Decimal, method: Method) -> Plan:
    if method == "equal_payment":
        payment = old.first_payment if keep == "payment" else level_payment(owed, annual_rate, left)
        return pay_equally(owed, annual_rate, payment, left)
    part = old.months[0].principal if keep == "payment" else level_part(owed, left)
    return pay_principal_equally(owed, annual_rate, part, left)
