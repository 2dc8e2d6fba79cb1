"""Repayment month by month, as banks book it: interest to the cent each month, the last month makes up the rest.

Source of the formulas: equal payment M = P·i·(1+i)^n / ((1+i)^n − 1), equal principal part P/n; both as every centre
publishes them. Interest of a month = what is still owed × annual rate / 12, rounded half up to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Literal

from queue_server.guidance.tools.money import PRECISION, ZERO, cents, monthly, power

Method = Literal["equal_payment", "equal_principal"]


@dataclass(frozen=True, slots=True)
class Month:
    """One row: what is paid, what of it is interest, and what is still owed after it."""

    number: int
    payment: Decimal
    interest: Decimal
    owed: Decimal

    @property
    def principal(self) -> Decimal:
        return self.payment - self.interest


@dataclass(frozen=True, slots=True)
class Plan:
    """A loan's rows from the first to the last month."""

    months: tuple[Month, ...]

    @property
    def first_payment(self) -> Decimal:
        return self.months[0].payment

    @property
    def last_payment(self) -> Decimal:
        return self.months[-1].payment

    @property
    def total(self) -> Decimal:
        return sum((month.payment for month in self.months), ZERO)

    @property
    def interest(self) -> Decimal:
        return sum((month.interest for month in self.months), ZERO)

    def owed_after(self, months: int) -> Decimal:
        """What is still owed once `months` have been paid; 1 or more."""
        return self.months[months - 1].owed

    def interest_after(self, months: int) -> Decimal:
        return sum((month.interest for month in self.months[months:]), ZERO)


def level_payment(principal: Decimal, annual_rate: Decimal, months: int) -> Decimal:
    """The equal monthly payment, M = P·i·(1+i)^n / ((1+i)^n − 1), to the cent; P/n without interest."""
    i = monthly(annual_rate)
    with localcontext(Context(prec=PRECISION)):
        if i == 0:
            return cents(principal / months)
        grown = power(1 + i, months)
        return cents(principal * i * grown / (grown - 1))


def affordable_principal(payment: Decimal, annual_rate: Decimal, months: int) -> Decimal:
    """The same formula turned round: the loan that an equal payment of `payment` repays. Not rounded."""
    i = monthly(annual_rate)
    with localcontext(Context(prec=PRECISION)):
        if i == 0:
            return payment * months
        grown = power(1 + i, months)
        return payment * (grown - 1) / (i * grown)


def level_part(principal: Decimal, months: int) -> Decimal:
    """The part of the principal repaid each month with equal principal, P/n, to the cent."""
    return cents(principal / months)


def plan(principal: Decimal, annual_rate: Decimal, months: int, method: Method, after: int = 0) -> Plan:
    """A loan repaid in exactly `months`. `after`: rows are numbered from the month after this one."""
    if method == "equal_payment":
        return pay_equally(principal, annual_rate, level_payment(principal, annual_rate, months), months, after)
    return pay_principal_equally(principal, annual_rate, level_part(principal, months), months, after)


def pay_equally(
    principal: Decimal, annual_rate: Decimal, payment: Decimal, months: int | None = None, after: int = 0
) -> Plan:
    """The same payment each month until nothing is owed; with `months` the last one pays whatever is left.

    `payment` must be more than the first month's interest when no number of months is given.
    """
    rows: list[Month] = []
    owed, i = principal, monthly(annual_rate)
    while owed > 0:
        interest = cents(owed * i)
        is_last = len(rows) + 1 == months or owed + interest <= payment
        paid = owed + interest if is_last else payment
        owed = owed + interest - paid
        rows.append(Month(after + len(rows) + 1, paid, interest, owed))
    return Plan(tuple(rows))


def pay_principal_equally(
    principal: Decimal, annual_rate: Decimal, part: Decimal, months: int | None = None, after: int = 0
) -> Plan:
    """The same part of the principal each month and the interest on what is owed; the last month pays the rest."""
    rows: list[Month] = []
    owed, i = principal, monthly(annual_rate)
    while owed > 0:
        interest = cents(owed * i)
        is_last = len(rows) + 1 == months or owed <= part
        repaid = owed if is_last else part
        owed -= repaid
        rows.append(Month(after + len(rows) + 1, repaid + interest, interest, owed))
    return Plan(tuple(rows))
