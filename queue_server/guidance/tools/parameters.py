"""The centre's own figures for the tools: rates, limits, shares, multiples, each with its source and its days.

Read from the fund file beside the hall's file (docs/settings.md). What the centre has not confirmed says so in every
answer that used it (`Basis.confirmed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from queue_server.guidance.guides import Bilingual

Yuan = Annotated[Decimal, Field(ge=0, le=100_000_000, decimal_places=2)]
Percent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=4)]
Months = Annotated[int, Field(ge=1, le=480)]
Count = Annotated[int, Field(ge=1, le=99)]


@dataclass(frozen=True, slots=True)
class Basis:
    """One of the centre's figures that an answer used: which, from where, and whether the centre has confirmed it."""

    parameter: str
    source: str
    confirmed: bool
    effective_from: date | None = None
    effective_until: date | None = None


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sourced(Part):
    """Nothing stands here without its source; unconfirmed unless the file says otherwise."""

    source: Annotated[str, Field(description="Key of a source in the catalogue; CENTRE for what the centre gave")]
    confirmed: Annotated[bool, Field(description="Whether the centre has confirmed it")] = False
    effective_from: Annotated[date | None, Field(description="First day it holds")] = None
    effective_until: Annotated[date | None, Field(description="Last day it holds")] = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.effective_from and self.effective_until and self.effective_until < self.effective_from:
            raise ValueError("effective_until lies before effective_from")
        return self

    def holds_on(self, day: date) -> bool:
        started = self.effective_from is None or self.effective_from <= day
        return started and (self.effective_until is None or day <= self.effective_until)

    def basis(self, parameter: str) -> Basis:
        return Basis(parameter, self.source, self.confirmed, self.effective_from, self.effective_until)


class Words(Part):
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def bilingual(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class LoanRates(Sourced):
    """Annual rates in percent by home and by the loan's whole term, not by what is left of it."""

    short_months: Annotated[Months, Field(description="Up to this term the short rates hold")] = 60
    first_short: Percent
    first_long: Percent
    second_short: Percent
    second_long: Percent

    def annual(self, home: Literal["first", "second"], months: int) -> Decimal:
        """As a fraction a year, 0.026."""
        term = "short" if months <= self.short_months else "long"
        percent: Decimal = getattr(self, f"{home}_{term}")
        return percent / 100


class LoanLimits(Sourced):
    """The most one may borrow, before and after uplifts, in yuan."""

    single: Yuan
    family: Yuan
    single_most: Annotated[Yuan | None, Field(description="Not even uplifts go beyond; left out: no such bound")] = None
    family_most: Annotated[Yuan | None, Field(description="The same for families")] = None


class Uplift(Sourced):
    """Raises the limit for some. Applied in the order of the file; of those with the same `one_of` only one counts."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    name: Words
    times: Annotated[Decimal | None, Field(ge=1, le=5, description="Multiplies the limit so far")] = None
    plus: Annotated[Yuan | None, Field(description="Adds to the limit so far")] = None
    limit: Annotated[Yuan | None, Field(description="Is the limit, whatever the others say")] = None
    one_of: Annotated[str | None, Field(description="Only one of the same name counts")] = None

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if sum(value is not None for value in (self.times, self.plus, self.limit)) != 1:
            raise ValueError("an uplift needs exactly one of times, plus, limit")
        return self


class PriceShare(Sourced):
    """How much of the price may be borrowed, in percent: 100 less the down payment."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    name: Words
    first: Percent
    second: Percent


class BalanceMultiple(Sourced):
    times: Annotated[Decimal, Field(gt=0, le=100, description="The account's balance times this")]
    least_balance: Annotated[Yuan, Field(description="A smaller balance counts as this")] = Decimal(0)


class RepaymentAbility(Sourced):
    income_share: Annotated[Percent, Field(description="The monthly payment may be this part of the income")]


class LoanConditions(Sourced):
    """Who may not borrow at all, and for how long one may."""

    longest_months: Months = 360
    refused_from_loans: Annotated[Count, Field(description="From so many earlier fund loans on: none")] = 2
    refused_from_homes: Annotated[Count, Field(description="From so many homes in the district on: none")] = 2


class Rounding(Sourced):
    down_to: Annotated[int, Field(ge=1, le=100_000, description="Loans are granted in whole steps of so many yuan")]


class MonthsPaid(Sourced):
    least: Annotated[Months, Field(description="Months paid without a gap before one may borrow")]


class YearLoans(Sourced):
    """Loans of at most a year: repaid monthly, or in one sum at the end."""

    one_sum: bool
    longest_months: Months = 12


class Prepayment(Sourced):
    first_after_months: Annotated[int, Field(ge=0, le=120)] = 0
    least_amount: Yuan = Decimal(0)
    fee_percent: Annotated[Percent, Field(description="Of what is repaid early")] = Decimal(0)


class Conversion(Sourced):
    allowed: bool


class MonthlyOffset(Sourced):
    keeps_in_account: Annotated[Yuan, Field(description="Must stay in the account")] = Decimal(0)


class Interruption(Sourced):
    """When arrears turn the loan's rate into a commercial one."""

    months_in_a_row: Count
    months_in_all: Count


class CommercialRate(Sourced):
    percent: Annotated[Percent, Field(description="What a bank would ask for a long loan")]


class YearlyCap(Sourced):
    most_a_year: Yuan


class Cap(Sourced):
    most: Yuan


class Purchase(Sourced):
    within_years: Count
    times_a_year: Count = 1


class LeftJob(Sourced):
    months_sealed: Months


class Withdrawals(Part):
    """What one may withdraw, as far as a figure of the centre decides."""

    purchase: Purchase
    bank_loan: Sourced
    rent: YearlyCap
    public_rental: Sourced
    bills: YearlyCap
    lift: Cap
    left_job: LeftJob
    renovation: Sourced
    property_fee: Sourced


class FundRules(Part):
    """Everything in the fund file."""

    loan_rates: Annotated[list[LoanRates], Field(min_length=1)]
    loan_limits: Annotated[list[LoanLimits], Field(min_length=1)]
    uplifts: list[Uplift] = []
    price_shares: Annotated[list[PriceShare], Field(min_length=1)]
    balance_multiple: BalanceMultiple | None = None
    repayment_ability: RepaymentAbility | None = None
    loan_conditions: LoanConditions
    rounding: Rounding
    months_paid: MonthsPaid
    year_loans: YearLoans
    prepayment: Prepayment
    conversion: Conversion
    monthly_offset: MonthlyOffset
    interruption: Interruption
    commercial_rate: CommercialRate
    withdrawals: Withdrawals

    def rates_on(self, day: date) -> LoanRates | None:
        return in_force(self.loan_rates, day)

    def limits_on(self, day: date) -> LoanLimits | None:
        return in_force(self.loan_limits, day)

    def share(self, kind: str) -> PriceShare:
        return next(share for share in self.price_shares if share.id == kind)


Dated = TypeVar("Dated", bound=Sourced)


def in_force(rows: Sequence[Dated], day: date) -> Dated | None:
    """Of the rows that hold on the day, the one that began last."""
    holding = [row for row in rows if row.holds_on(day)]
    return max(holding, key=lambda row: row.effective_from or date.min, default=None)
