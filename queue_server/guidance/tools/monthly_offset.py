"""Paying the fund loan from the account each month: how far the account reaches, and what is to be paid beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.inputs import money, months
from queue_server.guidance.tools.money import ZERO
from queue_server.guidance.tools.parameters import Basis, FundRules

FIELDS = (
    money("payment", low=1, high=10_000_000),
    money("contribution", high=1_000_000),
    money("balance"),
    months("months", required=False),
)


@dataclass(frozen=True, slots=True)
class OffsetMonth:
    number: int
    from_account: Decimal
    from_card: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class MonthlyOffset:
    """`months_covered`: whole payments from the account before the card must help; None: for as long as was asked."""

    months: int
    months_covered: int | None
    first_card_payment: Decimal
    monthly_shortfall: Decimal
    from_account: Decimal
    from_card: Decimal
    balance_at_end: Decimal
    schedule: tuple[OffsetMonth, ...]
    basis: tuple[Basis, ...]


def work_out(given: Mapping[str, Any], rules: FundRules | None, today: date) -> MonthlyOffset:
    """Source: the order in which centres that offer it book (contribution comes in, then the payment goes out, the card
    pays what is lacking). Interest on the account is left out: it comes once a year and would only help."""
    keeps = rules.monthly_offset.keeps_in_account if rules else ZERO
    rows: list[OffsetMonth] = []
    balance = given["balance"]
    for number in range(1, (given["months"] or 360) + 1):
        balance += given["contribution"]
        paid = min(given["payment"], max(balance - keeps, ZERO))
        balance -= paid
        rows.append(OffsetMonth(number, paid, given["payment"] - paid, balance))
    first_lack = next((row for row in rows if row.from_card > 0), None)
    return MonthlyOffset(
        months=len(rows),
        months_covered=first_lack.number - 1 if first_lack else None,
        first_card_payment=first_lack.from_card if first_lack else ZERO,
        monthly_shortfall=max(given["payment"] - given["contribution"], ZERO),
        from_account=sum((row.from_account for row in rows), ZERO),
        from_card=sum((row.from_card for row in rows), ZERO),
        balance_at_end=balance,
        schedule=tuple(rows),
        basis=(rules.monthly_offset.basis("monthly_offset"),) if rules else (),
    )
