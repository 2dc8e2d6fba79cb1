"""The tools as pages for phone and desk: forms that ask by GET, answers drawn on the server. Works without script.

A result is its address: it holds what was typed and nothing is stored (decision 0021).
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from queue_server.guidance.tools.inputs import InputsWrong
from queue_server.guidance.tools.toolbox import Tool
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.pages.progress.progress_looks import looks_of_reader
from queue_server.web.pages.progress.progress_qr import qr_svg
from queue_server.web.pages.tools.tools_form import form_parts
from queue_server.web.tools.asking import (
    Raw,
    ask,
    field_label,
    find_tool,
    fund,
    limit_asking,
    problem_words,
    tools_here,
)
from queue_server.web.tools.link import link_of, tidied
from queue_server.web.tools.sheets import sheet_of, tool_name
from queue_server.web.views import said
from queue_server.web.words import reader_language, word

HERE = Path(__file__).parent
LOOKS = ("lang", "large", "contrast")  # as the visitor's own page has them
TICKET_LINK = re.compile(r"\d{4}-[A-Z]\d{4}-[A-Z2-7]{20}")  # to go back there; never part of a link to keep
LONGEST_QR_LINK = 600


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("tools_pages", __name__, template_folder=str(HERE))
    page.get("/tools")(show_tools)
    page.get("/tools/<name>")(show_tool)
    page.get("/tools/<name>/qr.svg")(show_qr)
    return page


def frame(language: str) -> dict[str, Any]:
    """What every page needs. No CSRF secret, hence no cookie: nothing here changes anything."""
    kept = kept_query()
    looks = looks_of_reader()  # large print chosen on the own page holds here too
    return {
        "page": "tools",
        "lang": language,
        "large": looks.large,
        "contrast": looks.contrast,
        "word": partial(word_in, language),
        "text": lambda both: said(both, language),
        "csrf_token": lambda: "",
        "keep": f"?{urlencode(kept)}" if kept else "",
        "kept": kept,
        "with_look": with_look,
        "ticket": kept.get("ticket"),
    }


def word_in(language: str, key: str, **values: object) -> str:
    return word(key, language, **values)


def kept_query() -> dict[str, str]:
    """How the page looks and where it was come from, carried on from page to page."""
    kept = {name: request.args[name] for name in LOOKS if request.args.get(name)}
    ticket = request.args.get("ticket", "")
    return kept | ({"ticket": ticket} if TICKET_LINK.fullmatch(ticket) else {})


def with_look(**look: str) -> str:
    """This same page, looking otherwise."""
    query = [(key, value) for key, value in request.args.items(multi=True) if key not in look]
    return f"{request.path}?{urlencode([*query, *look.items()])}"


def show_tools() -> str:
    limit_asking()
    language = reader_language()
    tools = [
        (name, tool_name(name, language), word(f"tools.hint_{name.replace('-', '_')}", language))
        for name in tools_here()
    ]
    return render_template("tools_home.html", tools=tools, **frame(language))


def typed(tool: Tool) -> Raw:
    """The tool's own fields out of the address."""
    known = {field.name for field in tool.fields(fund())}
    return tidied(tool, {name: values for name, values in request.args.lists() if name in known}, fund())


def show_tool(name: str) -> Response:
    limit_asking()
    tool, language = find_tool(name), reader_language()
    raw = typed(tool)
    sheet, problems = None, {}
    if raw:
        try:
            sheet = sheet_of(ask(tool, raw), language)
        except InputsWrong as error:
            problems = {problem.field: problem_words(problem, language) for problem in error.problems}
    elif tool.needs_rules and fund() is None:
        raise ApiError(404, "tools_without_figures")
    page = render_template(
        "tool.html",
        name=name,
        title=tool_name(name, language),
        form=form_parts(tool, raw, problems, language),
        problems=[(field_label(tool, field, language), field, words) for field, words in problems.items()],
        sheet=sheet,
        query=urlencode([(key, value) for key, values in raw.items() for value in values if value]),
        link=link_of(here().settings.address, tool, raw),
        **frame(language),
    )
    return make_response(page, 422 if problems else 200)


def show_qr(name: str) -> Response:
    limit_asking()
    tool = find_tool(name)
    link = link_of(here().settings.address, tool, typed(tool))
    if len(link) > LONGEST_QR_LINK:
        raise ApiError(404, "not_found")
    return Response(qr_svg(link), mimetype="image/svg+xml")
