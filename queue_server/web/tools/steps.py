"""A tool question by question, for a screen with one question at a time. The address holds the answers so far."""

from __future__ import annotations

from dataclasses import asdict

from queue_server.guidance.tools.inputs import InputsWrong, Problem, read_field, tidy
from queue_server.guidance.tools.toolbox import Tool
from queue_server.web.context import here
from queue_server.web.tools.asking import Raw, ask, fund, problem_words
from queue_server.web.tools.link import link_of, tidied
from queue_server.web.tools.pen import Pen
from queue_server.web.tools.questions import Question, asked, field_of, next_question, question_json
from queue_server.web.tools.sheets import sheet_of, tool_name
from queue_server.web.views import Json


def step_json(tool: Tool, raw: Raw, language: str) -> Json:
    """What comes next: a question, the same question again with what is wrong, or the result."""
    pen, questions = Pen(language), asked(tool, raw)
    answered = [question for question in questions if question.field in raw]
    told: Json = {
        "tool": tool.name,
        "title": tool_name(tool.name, language),
        "step": min(len(answered) + 1, len(questions)),
        "steps": len(questions),
        "question": None,
        "problem": None,
        "sheet": None,
        "link": None,
    }
    wrong = _wrong_so_far(tool, answered, raw)
    following = next_question(tool, raw)
    if wrong is None and following is None:
        try:
            sheet = sheet_of(ask(tool, tidied(tool, raw, fund())), language)
        except InputsWrong as error:
            wrong = error.problems[0]
        else:
            return told | {"sheet": asdict(sheet), "link": link_of(here().settings.address, tool, raw)}
    if wrong is not None:
        again = next((question for question in questions if question.field == wrong.field), Question(wrong.field))
        return told | {
            "step": questions.index(again) + 1 if again in questions else len(questions),
            "question": question_json(tool, again, pen),
            "problem": problem_words(wrong, language),
        }
    assert following is not None
    return told | {"question": question_json(tool, following, pen)}


def _wrong_so_far(tool: Tool, answered: list[Question], raw: Raw) -> Problem | None:
    """Told at its own question, not at the end."""
    clean = tidied(tool, raw, fund())
    for question in answered:
        texts = [text for given in clean[question.field] if (text := tidy(given))]
        try:
            read_field(field_of(tool, question.field), texts)
        except InputsWrong as error:
            return error.problems[0]
    return None


def tools_json(names: list[str], language: str) -> list[Json]:
    return [
        {
            "tool": name,
            "title": tool_name(name, language),
            "hint": Pen(language).say(f"hint_{name.replace('-', '_')}"),
        }
        for name in names
    ]
