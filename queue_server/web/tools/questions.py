"""Which of a tool's fields people are asked, in which order, and what they may touch instead of typing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from queue_server.guidance.tools.inputs import Field
from queue_server.guidance.tools.toolbox import Tool
from queue_server.web.tools.asking import Raw, field_label, fund
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.sheets import choice_label
from queue_server.web.views import Json
from queue_server.web.words import find_word


def always(raw: Raw) -> bool:
    return True


def said_is(field: str, *values: str) -> Callable[[Raw], bool]:
    return lambda raw: bool(set(raw.get(field, ())) & set(values))


def _account_here(raw: Raw) -> bool:
    return "province" not in raw.get("account", ())


@dataclass(frozen=True, slots=True)
class Question:
    """`when`: whether it is asked after what was said so far. `in_years`: a term, which people think of in years."""

    field: str
    when: Callable[[Raw], bool] = always
    in_years: bool = False
    presets: tuple[str, ...] = ()


TERM_YEARS = tuple(str(12 * years) for years in (5, 10, 15, 20, 25, 30))
LOANS = ("300000", "500000", "700000", "900000")
PRICES = ("800000", "1000000", "1500000", "2000000")
FEW = ("0", "1", "2")  # for counts of which only none, one and more matter
TERM = Question("months", in_years=True, presets=TERM_YEARS)

QUESTIONS: dict[str, tuple[Question, ...]] = {
    "loan-limit": (
        Question("family"),
        Question("price", presets=PRICES),
        Question("kind"),
        Question("homes"),
        Question("loans_before"),
        Question("balance"),
        Question("income"),
        Question("uplifts"),
    ),
    "repayment": (Question("principal", presets=LOANS), TERM, Question("home")),
    "early-repayment": (
        Question("principal", presets=LOANS),
        TERM,
        Question("home"),
        Question("after_months", presets=("12", "36", "60", "120")),
        Question("amount", presets=("50000", "100000", "200000", "300000")),
    ),
    "withdrawal": (
        Question("account"),
        Question("housing", _account_here),
        Question("loan", _account_here),
        Question("work", _account_here),
        Question("months_since_leaving", said_is("work", "left")),
        Question("situations", _account_here),
        Question("loan_planned", _account_here),
        Question("balance", _account_here),
    ),
    "conversion": (
        Question("balance", presets=LOANS),
        Question("months", in_years=True, presets=TERM_YEARS),
        Question("commercial_rate", presets=("3.1%", "3.3%", "3.5%", "3.9%")),
        Question("home"),
    ),
    "monthly-offset": (Question("payment"), Question("contribution"), Question("balance")),
    "interruption": (
        Question("months_missed", presets=("1", "3", "6", "12")),
        Question("loan"),
        Question("principal", said_is("loan", "running")),
        Question("months", said_is("loan", "running"), in_years=True, presets=TERM_YEARS),
    ),
}

# asked only by who opens “more”: on the phone, at the desk
MORE: dict[str, tuple[Question, ...]] = {
    "loan-limit": (TERM, Question("months_paid"), Question("date")),
    "repayment": (
        Question("annual_rate"),
        Question("method"),
        Question("change_after_months"),
        Question("new_annual_rate"),
        Question("date"),
    ),
    "early-repayment": (Question("annual_rate"), Question("method"), Question("keep"), Question("date")),
    "withdrawal": (Question("withdrawn_this_year"), Question("cost"), Question("date")),
    "conversion": (Question("annual_rate"), Question("fund_limit"), Question("fees"), Question("date")),
    "monthly-offset": (Question("months", in_years=True, presets=TERM_YEARS),),
    "interruption": (Question("months_missed_in_all"), Question("home"), Question("annual_rate")),
}


def field_of(tool: Tool, name: str) -> Field:
    return next(field for field in tool.fields(fund()) if field.name == name)


def asked(tool: Tool, raw: Raw) -> list[Question]:
    """The questions that fit what was said so far."""
    return [question for question in QUESTIONS[tool.name] if question.when(raw)]


def next_question(tool: Tool, raw: Raw) -> Question | None:
    """The first that has not been put yet. An answer may be empty, where the field may be left out."""
    return next((question for question in asked(tool, raw) if question.field not in raw), None)


def question_json(tool: Tool, question: Question, pen: Pen) -> Json:
    """A question as a screen draws it. `choices` to touch; `presets` beside a keypad; `unit` of what is typed."""
    field = field_of(tool, question.field)
    return {
        "field": field.name,
        "label": field_label(tool, field.name, pen.language),
        "help": help_of(tool, question, field, pen),
        "kind": "years" if question.in_years else "choice" if _is_few(field) else field.kind,
        "required": field.required,
        "choices": list(choices_of(field, pen)),
        "presets": [{"value": value, "label": preset_label(question, field, value, pen)} for value in question.presets],
        "unit": pen.say("unit_years" if question.in_years else f"unit_{field.kind}") if not _touched(field) else "",
    }


def _touched(field: Field) -> bool:
    return field.kind in {"choice", "many", "day"}


def _is_few(field: Field) -> bool:
    return field.name in {"homes", "loans_before"}


def choices_of(field: Field, pen: Pen) -> Iterator[Json]:
    values = FEW if _is_few(field) else field.choices
    for value in values:
        name = "count" if _is_few(field) else field.name
        yield {"value": value, "label": choice_label(name, value, pen.language)}


def preset_label(question: Question, field: Field, value: str, pen: Pen) -> str:
    if field.kind == "months":
        return pen.span(int(value)) if question.in_years else pen.say("months_n", n=value)
    if field.kind == "money" and pen.language == "zh" and int(value) >= 10_000:
        return f"{int(value) // 10_000} 万"
    return f"{int(value):,}" if field.kind == "money" else value


def help_of(tool: Tool, question: Question, field: Field, pen: Pen) -> str:
    """How to write it, and whether it may be left out."""
    own = (f"help_{tool.name.replace('-', '_')}_{field.name}", f"help_{field.name}")
    parts = [pen.say(key) for key in own if find_word(f"tools.{key}", pen.language)][:1]
    if (not parts and field.kind in {"money", "rate"}) or (
        field.kind == "months" and not question.in_years and not parts
    ):
        parts.append(pen.say(f"help_kind_{field.kind}"))
    if not field.required and not _touched(field) and not _is_few(field):
        parts.append(pen.say("help_optional"))
    return (" · " if pen.language == "en" else "，").join(parts)
