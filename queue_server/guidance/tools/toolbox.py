"""All tools by name: what each asks and how it is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from queue_server.guidance.tools import (
    conversion,
    early_repayment,
    interruption,
    loan_limit,
    monthly_offset,
    repayment,
    withdrawal,
)
from queue_server.guidance.tools.inputs import Field, read_inputs
from queue_server.guidance.tools.parameters import FundRules

WorkOut = Callable[[Mapping[str, Any], FundRules | None, date], Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """`needs_rules`: without the centre's figures it can say nothing."""

    name: str
    fields: Callable[[FundRules | None], Sequence[Field]]
    work_out: WorkOut
    needs_rules: bool = False

    def answer(
        self, raw: Mapping[str, Sequence[str]], rules: FundRules | None, today: date
    ) -> tuple[dict[str, Any], Any]:
        """What was understood, and the result. Raises InputsWrong or NoFigures."""
        given = read_inputs(self.fields(rules), raw)
        return given, self.work_out(given, rules, today)


TOOLS: dict[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool("loan-limit", loan_limit.fields, loan_limit.work_out, needs_rules=True),
        Tool("repayment", lambda rules: repayment.FIELDS, repayment.work_out),
        Tool("early-repayment", lambda rules: early_repayment.FIELDS, early_repayment.work_out),
        Tool("withdrawal", lambda rules: withdrawal.FIELDS, withdrawal.work_out, needs_rules=True),
        Tool("conversion", lambda rules: conversion.FIELDS, conversion.work_out),
        Tool("monthly-offset", lambda rules: monthly_offset.FIELDS, monthly_offset.work_out),
        Tool("interruption", lambda rules: interruption.FIELDS, interruption.work_out, needs_rules=True),
    )
}
