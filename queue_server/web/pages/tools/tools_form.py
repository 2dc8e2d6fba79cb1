"""A tool's form as plain values: each field with its label, its choices, what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.guidance.tools.toolbox import Tool
from queue_server.web.tools.asking import Raw
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.questions import MORE, QUESTIONS, Question, field_of, question_json
from queue_server.web.views import Json
from queue_server.web.words import word

LONGEST_YEARS = 30


@dataclass(frozen=True, slots=True)
class FormField:
    name: str
    label: str
    help: str
    kind: str  # text | radio | check | select
    unit: str
    choices: list[Json]
    value: str
    chosen: tuple[str, ...]
    problem: str
    required: bool


@dataclass(frozen=True, slots=True)
class Form:
    fields: list[FormField]
    more: list[FormField]
    more_open: bool


def form_parts(tool: Tool, raw: Raw, problems: Mapping[str, str], language: str) -> Form:
    pen = Pen(language)
    more = [_field(tool, question, raw, problems, pen) for question in MORE[tool.name]]
    return Form(
        fields=[_field(tool, question, raw, problems, pen) for question in QUESTIONS[tool.name]],
        more=more,
        more_open=any(field.problem or field.value for field in more),
    )


def _field(tool: Tool, question: Question, raw: Raw, problems: Mapping[str, str], pen: Pen) -> FormField:
    field = field_of(tool, question.field)
    drawn = question_json(tool, question, pen)
    chosen = tuple(part for text in raw.get(field.name, ()) for part in text.split(","))
    if not chosen and field.otherwise and not isinstance(field.otherwise, tuple):
        chosen = (str(field.otherwise),)
    kind = {"choice": "radio", "many": "check", "years": "select"}.get(drawn["kind"], "text")
    return FormField(
        name=field.name,
        label=drawn["label"],
        help=drawn["help"],
        kind=kind,
        unit=drawn["unit"],
        choices=_years(raw.get(field.name, ()), pen) if kind == "select" else drawn["choices"],
        value=(raw.get(field.name) or [""])[0],
        chosen=chosen or (("0",) if drawn["kind"] == "choice" and not field.choices else ()),
        problem=problems.get(field.name, ""),
        required=field.required,
    )


def _years(given: object, pen: Pen) -> list[Json]:
    """1 to 30 years; a term of months that somebody sent stays as it is."""
    years = [{"value": str(12 * n), "label": pen.span(12 * n)} for n in range(1, LONGEST_YEARS + 1)]
    known = {one["value"] for one in years}
    others = [text for text in given if text and text not in known] if isinstance(given, list | tuple) else []
    return [{"value": "", "label": word("tools.choose", pen.language)}, *years] + [
        {"value": text, "label": text[:20]} for text in others
    ]
