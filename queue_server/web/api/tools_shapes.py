"""What the tools answer, as the OpenAPI document shows it. Amounts are yuan as strings with two decimals."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from queue_server.web.api.shape import Shape


class BasisShape(Shape):
    """One of the centre's figures that the answer used."""

    parameter: str
    source: str
    title: str
    confirmed: bool
    effective_from: str | None
    effective_until: str | None


class BothLanguages(Shape):
    zh: str
    en: str


class ToolShape(Shape):
    notice: BothLanguages = Field(description="An estimate; the centre decides")
    confirmed: bool = Field(description="Whether the centre has confirmed every figure used")
    basis: list[BasisShape]


class MonthShape(Shape):
    number: int
    payment: str
    interest: str
    owed: str


class RepaymentShape(ToolShape):
    """`quoted_…` as centres' calculators show it: the rounded payment times the months, or the textbook formula."""

    method: Literal["equal_payment", "equal_principal", "one_sum"]
    annual_rate: str
    months: int
    first_payment: str
    last_payment: str
    falls_monthly_by: str
    total_interest: str
    total: str
    quoted_interest: str
    quoted_total: str
    payment_after_change: str | None
    schedule: list[MonthShape] | None = None


class WayShape(Shape):
    keep: Literal["payment", "term"]
    new_payment: str
    months_left: int
    months_saved: int
    interest: str
    interest_saved: str
    last_payment: str


class EarlyRepaymentShape(ToolShape):
    keep: Literal["payment", "term"]
    annual_rate: str
    old_payment: str
    new_payment: str
    months_left: int
    months_saved: int
    interest_saved: str
    owed_before: str
    owed_after: str
    old_interest: str
    fee: str
    ways: list[WayShape]


class AmountShape(Shape):
    name: str
    amount: str


class BoundShape(Shape):
    name: Literal["limit", "price_share", "balance", "income"]
    amount: str | None = Field(description="null: its field was left empty")
    basis: BasisShape


class LoanLimitShape(ToolShape):
    loan: str
    confirmed_loan: str = Field(description="By the bounds alone that the centre has confirmed")
    binding: Literal["limit", "price_share", "balance", "income"]
    home: Literal["first", "second"]
    refused: Literal["loans_before", "homes"] | None
    too_few_months_paid: bool
    months: int
    annual_rate: str
    monthly_payment: str
    down_payment: str
    limit_steps: list[AmountShape]
    bounds: list[BoundShape]
    changes: list[AmountShape] = Field(description="What the binding bound would need for the next one to bind")


class WithdrawalShape(Shape):
    service: str
    state: Literal["fits", "ask", "not_yet"]
    why: str
    at_most: str | None
    bound: str
    basis: BasisShape
    values: dict[str, int]
    name: str
    words: str


class OrderMistakeShape(Shape):
    name: str
    basis: BasisShape
    words: str


class WithdrawalCheckShape(ToolShape):
    account: Literal["city", "province", "unsure"]
    withdrawals: list[WithdrawalShape]
    order_mistakes: list[OrderMistakeShape]


class ConversionShape(ToolShape):
    allowed: bool | None
    annual_rate: str
    commercial_rate: str
    converted: str
    stays_with_bank: str
    old_payment: str
    new_payment: str
    monthly_saving: str
    interest_saving: str
    quoted_saving: str
    fees: str
    saving_after_fees: str
    months_to_earn_fees: int | None


class OffsetMonthShape(Shape):
    number: int
    from_account: str
    from_card: str
    balance: str


class MonthlyOffsetShape(ToolShape):
    months: int
    months_covered: int | None
    first_card_payment: str
    monthly_shortfall: str
    from_account: str
    from_card: str
    balance_at_end: str
    schedule: list[OffsetMonthShape] | None = None


class MeaningShape(Shape):
    name: str
    values: dict[str, Any]
    basis: BasisShape
    words: str


class InterruptionShape(ToolShape):
    meanings: list[MeaningShape]
    reaches_limit: bool
    old_payment: str | None
    commercial_payment: str | None
    extra_a_month: str | None


class ToolCardShape(Shape):
    tool: str
    title: str
    hint: str


class ToolsShape(Shape):
    tools: list[ToolCardShape]


class ChoiceShape(Shape):
    value: str
    label: str


class QuestionShape(Shape):
    """`kind`: money | months | years | count | rate | day are typed, choice and many are touched."""

    field: str
    label: str
    help: str
    kind: Literal["money", "months", "years", "count", "rate", "choice", "many", "day"]
    required: bool
    choices: list[ChoiceShape]
    presets: list[ChoiceShape]
    unit: str


class StepShape(Shape):
    """One of `question` and `sheet`. With `problem` the question is put again."""

    tool: str
    title: str
    step: int
    steps: int
    question: QuestionShape | None
    problem: str | None
    sheet: dict[str, Any] | None
    link: str | None


class PaperShape(Shape):
    job: str
