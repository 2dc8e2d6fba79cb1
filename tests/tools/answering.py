"""Asking a tool as a visitor does: words in, a result out."""

from __future__ import annotations

from datetime import date
from typing import Any

from queue_server.guidance.tools.inputs import InputsWrong
from queue_server.guidance.tools.parameters import FundRules
from queue_server.guidance.tools.toolbox import TOOLS
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY

LANZHOU = read_hall_file(DEPLOY / "halls" / "lanzhou.toml")
TODAY = date(2026, 11, 23)


def rules() -> FundRules:
    assert LANZHOU.fund is not None
    return LANZHOU.fund


def answer(tool: str, fund: FundRules | None = LANZHOU.fund, today: date = TODAY, **typed: object) -> Any:
    raw = {name: [str(value)] for name, value in typed.items()}
    return TOOLS[tool].answer(raw, fund, today)[1]


def problems(tool: str, **typed: object) -> dict[str, str]:
    """What is found wrong: field → code."""
    try:
        answer(tool, **typed)
    except InputsWrong as error:
        return {problem.field: problem.code for problem in error.problems}
    return {}
