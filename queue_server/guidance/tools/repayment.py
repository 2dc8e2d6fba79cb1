"""What a loan costs a month and in all: equal payment or equal principal, one sum after a year, a change of rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.inputs import choice, money, months, rate, wrong
from queue_server.guidance.tools.money import cents, monthly
from queue_server.guidance.tools.parameters import Basis, FundRules
from queue_server.guidance.tools.rates_used import RATE_FIELDS, rate_used
from queue_server.guidance.tools.schedule import Method, Month, Plan, plan

LEAST_LOAN = 1000
LONGEST_ONE_SUM_MONTHS = 12

FIELDS = (
    money("principal", low=LEAST_LOAN),
    months("months"),
    *RATE_FIELDS,
    choice("method", "equal_payment", "equal_principal", "one_sum", otherwise="equal_payment"),
    months("change_after_months", required=False),
    rate("new_annual_rate"),
)


@dataclass(frozen=True, slots=True)
class Repayment:
    """`quoted_*` are what centres' calculators show: the rounded payment times the months (436.25 × 24 = 10470.00), or
    for equal principal the formula P·i·(n+1)/2. The schedule's own sums differ by what the last month makes up."""

    method: str
    annual_rate: Decimal
    months: int
    first_payment: Decimal
    last_payment: Decimal
    falls_monthly_by: Decimal
    total_interest: Decimal
    total: Decimal
    quoted_interest: Decimal
    quoted_total: Decimal
    payment_after_change: Decimal | None
    schedule: tuple[Month, ...]
    basis: tuple[Basis, ...]


def work_out(given: Mapping[str, Any], rules: FundRules | None, today: date) -> Repayment:
    method, principal, term = given["method"], given["principal"], given["months"]
    used = rate_used(given, term, rules, today)
    basis = used.basis
    change = given["change_after_months"]
    if method == "one_sum":
        if change is not None:
            raise wrong("change_after_months", "not_with_one_sum")
        if rules is not None:
            basis += (rules.year_loans.basis("year_loans"),)
        return _one_sum(principal, used.annual, term, basis)
    rows = _rows(principal, used.annual, given)
    return _repayment(method, principal, used.annual, rows, change, basis)


def both(given: Mapping[str, Any], rules: FundRules | None, today: date) -> dict[str, Repayment]:
    """The ways side by side: with `one_sum` for a year's loan where the centre has it."""
    methods = ["equal_payment", "equal_principal"]
    has_one_sum = rules is not None and rules.year_loans.one_sum and given["months"] <= rules.year_loans.longest_months
    if has_one_sum and given["change_after_months"] is None:
        methods.append("one_sum")
    return {method: work_out({**given, "method": method}, rules, today) for method in methods}


def _rows(principal: Decimal, annual_rate: Decimal, given: Mapping[str, Any]) -> Plan:
    method, term, change = given["method"], given["months"], given["change_after_months"]
    if given["new_annual_rate"] is not None and change is None:
        raise wrong("change_after_months", "empty")
    before = plan(principal, annual_rate, term, method)
    if change is None:
        return before
    if given["new_annual_rate"] is None:
        raise wrong("new_annual_rate", "empty")
    if change >= len(before.months):
        raise wrong("change_after_months", "not_before_end", months=term)
    return changed(before, change, given["new_annual_rate"], term, method)


def changed(before: Plan, after: int, annual_rate: Decimal, term: int, method: Method) -> Plan:
    """From the month after `after` on what is owed is repaid anew over the months left, at the new rate.

    Source: centres' notices on rate changes; loans already paid out follow from 1 January of the next year.
    """
    rest = plan(before.owed_after(after), annual_rate, term - after, method, after)
    return Plan(before.months[:after] + rest.months)


def _repayment(
    method: Method, principal: Decimal, annual_rate: Decimal, rows: Plan, change: int | None, basis: tuple[Basis, ...]
) -> Repayment:
    term = len(rows.months)
    if change is not None:
        quoted = rows.interest
    elif method == "equal_payment":
        quoted = rows.first_payment * term - principal
    else:
        quoted = cents(principal * monthly(annual_rate) * (term + 1) / 2)
    return Repayment(
        method=method,
        annual_rate=annual_rate,
        months=term,
        first_payment=rows.first_payment,
        last_payment=rows.last_payment,
        falls_monthly_by=cents(principal / term * monthly(annual_rate)) if method == "equal_principal" else Decimal(0),
        total_interest=rows.interest,
        total=rows.total,
        quoted_interest=quoted,
        quoted_total=principal + quoted,
        payment_after_change=None if change is None else rows.months[change].payment,
        schedule=rows.months,
        basis=basis,
    )


def _one_sum(principal: Decimal, annual_rate: Decimal, term: int, basis: tuple[Basis, ...]) -> Repayment:
    """Everything at the end of at most a year: P × (1 + rate × months / 12); 10000 at 4.45 % are 10445.00 after a year.

    Source: rate tables of centres that repay a year's loan at once.
    """
    if term > LONGEST_ONE_SUM_MONTHS:
        raise wrong("months", "one_sum_too_long", most=LONGEST_ONE_SUM_MONTHS)
    interest = cents(principal * annual_rate * term / 12)
    total = principal + interest
    return Repayment(
        method="one_sum",
        annual_rate=annual_rate,
        months=term,
        first_payment=total,
        last_payment=total,
        falls_monthly_by=Decimal(0),
        total_interest=interest,
        total=total,
        quoted_interest=interest,
        quoted_total=total,
        payment_after_change=None,
        schedule=(Month(term, total, interest, Decimal(0)),),
        basis=basis,
    )
