"""A result as a print job: what a kiosk's printer gets, in the visitor's language."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs

from queue_server.guidance.tools.inputs import InputsWrong
from queue_server.stores.sheet_jobs import SheetJob
from queue_server.web.context import Context
from queue_server.web.errors import ApiError
from queue_server.web.tools.asking import Raw, ask, find_tool, fund
from queue_server.web.tools.link import link_of, tidied
from queue_server.web.tools.sheet import Line, Sheet
from queue_server.web.tools.sheets import sheet_of
from queue_server.web.views import Json, said
from queue_server.web.words import word


def raw_of_query(tool: str, query: str) -> Raw:
    """The tool's own fields of a query string."""
    found = find_tool(tool)
    known = {field.name for field in found.fields(fund())}
    given = {name: values for name, values in parse_qs(query, max_num_fields=60).items() if name in known}
    return tidied(found, given, fund())


def sheet_job_view(job: SheetJob, context: Context) -> Json | None:
    """The whole job; None when what was typed can no longer be worked out."""
    tool = find_tool(job.tool)
    raw = raw_of_query(job.tool, job.query)
    try:
        sheet = sheet_of(ask(tool, raw), job.language)
    except (InputsWrong, ApiError):
        return None
    file, local = context.hall_file, context.hall.rules.local(job.asked_at)
    return {
        "job": job.job,
        "printer": job.printer,
        "reprint": False,
        "requested_at": job.asked_at.isoformat(),
        "sheet": {
            "hall": f"{said(file.centre, job.language)} {said(file.name, job.language)}",
            "title": word("tools.paper_title", job.language, name=sheet.title),
            "headline": _line(sheet.headline),
            "estimate": sheet.estimate,
            "lines": [_line(line) for line in _lines(sheet)],
            "texts": list(_texts(sheet)),
            "given": [_line(line) for line in sheet.given],
            "doubts": list(sheet.doubts),
            "link": link_of(context.settings.address, tool, raw),
            "day": f"{local:%Y-%m-%d %H:%M}",
            "language": job.language,
            "simulated": context.settings.demo,
        },
    }


def _line(line: Line) -> Json:
    label = f"{line.label} ▲ {line.marked}" if line.marked else line.label
    return {"label": label, "value": line.value, "doubt": line.doubt}


def _lines(sheet: Sheet) -> Iterator[Line]:
    yield from sheet.facts
    if sheet.table:
        for way, name in enumerate(sheet.table.columns[1:], start=1):
            for row in sheet.table.rows:
                yield Line(f"{name} {row[0]}", row[way])
    for section in sheet.sections:
        yield from section.lines


def _texts(sheet: Sheet) -> Iterator[str]:
    yield from sheet.notes
    for section in sheet.sections:
        for item in section.items:
            mark = " ◇" if item.doubt else ""
            parts = [part for part in (item.title, item.state_words, item.value, item.words) if part]
            yield "· " + " — ".join(parts) + mark
