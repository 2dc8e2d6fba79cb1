"""The sheet of any result, with what the visitor gave beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.inputs import Field
from queue_server.web.tools.account_sheets import interruption_sheet, offset_sheet, withdrawal_sheet
from queue_server.web.tools.amounts import percent
from queue_server.web.tools.asking import Answer, field_label, fund
from queue_server.web.tools.loan_sheets import conversion_sheet, early_sheet, limit_sheet, repayment_sheet
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.sheet import Line, Sheet
from queue_server.web.views import said
from queue_server.web.words import find_word, word

SHEETS: dict[str, Callable[[Answer, Pen, str], Sheet]] = {
    "loan-limit": limit_sheet,
    "repayment": repayment_sheet,
    "early-repayment": early_sheet,
    "withdrawal": withdrawal_sheet,
    "conversion": conversion_sheet,
    "monthly-offset": offset_sheet,
    "interruption": interruption_sheet,
}


def tool_name(tool: str, language: str) -> str:
    return word(f"tools.name_{tool.replace('-', '_')}", language)


def sheet_of(answer: Answer, language: str) -> Sheet:
    pen = Pen(language)
    sheet = SHEETS[answer.tool.name](answer, pen, tool_name(answer.tool.name, language))
    return replace(sheet, given=tuple(given_lines(answer, pen)))


def given_lines(answer: Answer, pen: Pen) -> Iterator[Line]:
    """What was typed, as it was understood; what was left empty is not repeated."""
    for field in answer.tool.fields(fund()):
        if any(text.strip() for text in answer.raw.get(field.name, ())):
            label = field_label(answer.tool, field.name, pen.language)
            yield Line(label, value_text(field, answer.given[field.name], pen))


def value_text(field: Field, value: Any, pen: Pen) -> str:
    match field.kind:
        case "money":
            return pen.yuan(Decimal(value))
        case "months":
            return pen.span(value)
        case "rate":
            return percent(value)
        case "choice":
            return choice_label(field.name, value, pen.language)
        case "many":
            names = [choice_label(field.name, one, pen.language) for one in value]
            return (", " if pen.language == "en" else "、").join(names) or pen.say("none_chosen")
    return str(value)


def choice_label(field: str, value: str, language: str) -> str:
    """Kinds of home and uplifts are named by the centre's own figures, all else by our words."""
    rules = fund()
    own = {"kind": rules.price_shares, "uplifts": rules.uplifts}.get(field, []) if rules else []
    for one in own:
        if one.id == value:
            return said(one.name.bilingual(), language)
    key = f"tools.choice_{field}_{value}"
    return word(key, language) if find_word(key, language) else value
