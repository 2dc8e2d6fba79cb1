"""Estimates for everybody: loans, repayment, withdrawals. Nothing is stored and nobody is asked who they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from pydantic import BaseModel, Field, create_model

from queue_server.guidance.tools import (
    conversion,
    early_repayment,
    interruption,
    loan_limit,
    monthly_offset,
    repayment,
    withdrawal,
)
from queue_server.guidance.tools.inputs import Field as ToolField
from queue_server.guidance.tools.inputs import InputsWrong
from queue_server.guidance.tools.toolbox import TOOLS
from queue_server.web.api import tools_shapes as shapes
from queue_server.web.api.common import COMMAND, Wish, make_api
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import limit, needs_device, open_to_all, who
from queue_server.web.tools.answer_json import answer_json
from queue_server.web.tools.asking import ask, ask_strictly, fields_wrong, find_tool, fund, limit_asking, tools_here
from queue_server.web.tools.paper import raw_of_query
from queue_server.web.tools.said import with_words
from queue_server.web.tools.steps import step_json, tools_json
from queue_server.web.views import Json
from queue_server.web.words import reader_language, word

api = make_api("tools", "Estimates for visitors; the centre decides")
ALSO_KNOWN = ("lang", "schedule")


def query_of(name: str, fields: tuple[ToolField, ...], **more: str) -> type[BaseModel]:
    """The query as the document shows it. Everything is text: it is read with goodwill, and refused in plain words."""
    parts: dict[str, Any] = {
        field.name: (
            list[str] | None if field.kind == "many" else str | None,
            Field(None, description=_description(field)),
        )
        for field in fields
    }
    parts |= {name: (str | None, Field(None, description=text)) for name, text in more.items()}
    model: type[BaseModel] = create_model(name, **parts)
    return model


def _description(field: ToolField) -> str:
    what = {
        "money": "yuan, at most two decimals",
        "months": "months",
        "count": "a whole number",
        "rate": "a fraction a year, 0.026, or 2.6%",
        "choice": " | ".join(field.choices),
        "many": "any of these, repeated or with commas; the hall's file may have more",
        "day": "a day, 2026-11-23; today when left out",
    }[field.kind]
    needed = "required" if field.required else f"default {field.otherwise}" if field.otherwise else "may be left out"
    return f"{word(f'tools.field_{field.name}', 'en')}: {what} ({needed})"


SCHEDULE = "yes: also month by month"
LANG = "zh or en"
RepaymentQuery = query_of("RepaymentQuery", repayment.FIELDS, schedule=SCHEDULE, lang=LANG)
EarlyRepaymentQuery = query_of("EarlyRepaymentQuery", early_repayment.FIELDS, lang=LANG)
LoanLimitQuery = query_of("LoanLimitQuery", loan_limit.fields(None), lang=LANG)
WithdrawalQuery = query_of("WithdrawalQuery", withdrawal.FIELDS, lang=LANG)
ConversionQuery = query_of("ConversionQuery", conversion.FIELDS, lang=LANG)
MonthlyOffsetQuery = query_of("MonthlyOffsetQuery", monthly_offset.FIELDS, schedule=SCHEDULE, lang=LANG)
InterruptionQuery = query_of("InterruptionQuery", interruption.FIELDS, lang=LANG)


def answered(name: str) -> Json:
    limit_asking()
    raw = {key: values for key, values in request.args.lists()}
    language = reader_language()
    try:
        answer = ask_strictly(TOOLS[name], raw, ALSO_KNOWN)
    except InputsWrong as error:
        raise fields_wrong(error, language) from error
    told = answer_json(answer, with_schedule=raw.get("schedule", [""])[0] in {"yes", "1", "true"})
    return with_words(told, answer, language)


def tool_endpoint(name: str, query: type[BaseModel], shape: type[BaseModel], summary: str) -> Callable[..., Json]:
    def view(query: BaseModel) -> Json:
        return answered(name)

    view.__name__ = f"read_{name.replace('-', '_')}"
    view.__doc__ = summary
    view.__annotations__["query"] = query
    registered: Callable[..., Json] = api.get(f"/tools/{name}", responses={200: shape})(open_to_all(view))
    return registered


class ToolPath(BaseModel):
    tool: str = Field(max_length=32)


@api.get("/tools", responses={200: shapes.ToolsShape})
@open_to_all
def read_tools() -> Json:
    """The tools of this hall, in people's words."""
    limit_asking()
    return {"tools": tools_json(tools_here(), reader_language())}


@api.get("/tools/<tool>/steps", responses={200: shapes.StepShape})
@open_to_all
def read_step(path: ToolPath) -> Json:
    """A tool question by question: the next question for the answers in the query, or the result as a sheet."""
    limit_asking()
    tool = find_tool(path.tool)
    known = {field.name for field in tool.fields(fund())}
    raw = {name: values for name, values in request.args.lists() if name in known}
    return step_json(tool, raw, reader_language())


class Paper(Wish):
    printer: str = Field(max_length=32)
    query: str = Field(max_length=1000, description="The answers, as in the address of the result")


@api.post("/tools/<tool>/paper", responses={202: shapes.PaperShape}, openapi_extensions=COMMAND)
@needs_device("kiosk")
def print_result(path: ToolPath, body: Paper) -> tuple[Json, int]:
    """Print a result at this kiosk. What was typed is kept until the paper is out, ten minutes at most."""
    context = here()
    limit("sheet", who().id, context.limits.kiosk_sheets)
    if body.printer not in context.papers.states:
        raise ApiError(404, "unknown_printer", printer=body.printer)
    tool, language = find_tool(path.tool), reader_language()
    try:
        ask(tool, raw_of_query(path.tool, body.query))
    except InputsWrong as error:
        raise fields_wrong(error, language) from error
    job = context.sheet_jobs.add(body.printer, path.tool, body.query, language, context.hall.clock.now())
    context.feed.tell_print_job(body.printer)
    return {"job": job.job}, 202


tool_endpoint(
    "loan-limit",
    LoanLimitQuery,
    shapes.LoanLimitShape,
    "How much one may borrow: the lowest of four bounds, which binds, and what would change it.",
)
tool_endpoint(
    "repayment",
    RepaymentQuery,
    shapes.RepaymentShape,
    "What a loan costs a month and in all, to the cent.",
)
tool_endpoint(
    "early-repayment",
    EarlyRepaymentQuery,
    shapes.EarlyRepaymentShape,
    "Paying a part early: sooner done or less a month, and what each saves.",
)
tool_endpoint(
    "withdrawal",
    WithdrawalQuery,
    shapes.WithdrawalCheckShape,
    "Which withdrawals fit, how much at most, by which rule, and usual mistakes of order.",
)
tool_endpoint(
    "conversion",
    ConversionQuery,
    shapes.ConversionShape,
    "A bank's housing loan turned into a fund loan: what that saves.",
)
tool_endpoint(
    "monthly-offset",
    MonthlyOffsetQuery,
    shapes.MonthlyOffsetShape,
    "Paying the loan from the account each month: how far it reaches.",
)
tool_endpoint(
    "interruption",
    InterruptionQuery,
    shapes.InterruptionShape,
    "What it means when contributions stop.",
)
