"""One question to a tool, from the address to the result; what is wrong becomes words for the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.inputs import InputsWrong, Problem, wrong
from queue_server.guidance.tools.parameters import FundRules
from queue_server.guidance.tools.rates_used import NoFigures
from queue_server.guidance.tools.toolbox import TOOLS, Tool
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import address, limit
from queue_server.web.tools.amounts import amount_text
from queue_server.web.views import Json
from queue_server.web.words import find_word, word

Raw = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """`given`: what was understood; `raw`: what was typed, to be shown again."""

    tool: Tool
    given: dict[str, Any]
    result: Any
    raw: Raw


def fund() -> FundRules | None:
    return here().hall_file.fund


def today() -> date:
    context = here()
    return context.hall.rules.local(context.hall.clock.now()).date()


def limit_asking() -> None:
    limit("tools", address(), here().limits.tool_answers_per_address)


def tools_here() -> list[str]:
    """The tools that can say something in this hall."""
    return [name for name, tool in TOOLS.items() if fund() is not None or not tool.needs_rules]


def find_tool(name: str) -> Tool:
    if name not in TOOLS:
        raise ApiError(404, "not_found")
    return TOOLS[name]


def ask(tool: Tool, raw: Raw) -> Answer:
    """Raises InputsWrong, or ApiError where the centre has given no figures."""
    try:
        given, result = tool.answer(raw, fund(), today())
    except NoFigures as error:
        raise ApiError(404, "tools_without_figures") from error
    return Answer(tool, given, result, raw)


def ask_strictly(tool: Tool, raw: Raw, also_known: Sequence[str] = ()) -> Answer:
    """For programs: a name nobody knows is refused too, so that typing errors show."""
    known = {field.name for field in tool.fields(fund())} | set(also_known)
    if unknown := sorted(set(raw) - known):
        raise wrong(unknown[0][:40], "unknown_field", known=", ".join(sorted(known)))
    return ask(tool, raw)


def problem_words(problem: Problem, language: str) -> str:
    """What is wrong with a field and what to do, `tools.problem_…`."""
    values = {name: _readable(value) for name, value in problem.values.items()}
    return word(f"tools.problem_{problem.code}", language, **values)


def _readable(value: Any) -> str:
    return amount_text(Decimal(value)) if isinstance(value, Decimal | int) else str(value)


def fields_wrong(error: InputsWrong, language: str) -> ApiError:
    fields: list[Json] = [
        {"field": problem.field, "code": problem.code, "problem": problem_words(problem, language)}
        for problem in error.problems
    ]
    return ApiError(422, "fields_wrong", fields=fields)


def field_label(tool: Tool, name: str, language: str) -> str:
    """The tool's own words for a field where it has some, else those all share."""
    own = f"tools.field_{tool.name.replace('-', '_')}_{name}"
    return word(own if find_word(own, language) else f"tools.field_{name}", language)
