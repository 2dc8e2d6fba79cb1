"""The hall's past, for supervisors and administrators: days compared, the week's rhythm, promises against what was."""

from __future__ import annotations

import logging
import re
import sqlite3
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from queue_server.hall_file import HallFile
from queue_server.reports.history.phantoms import PhantomRules
from queue_server.reports.history.reading import Past, known_days, past_of
from queue_server.reports.history.span import Span, span_asked
from queue_server.web.context import Context, here
from queue_server.web.pages.account.account_frame import HOMES
from queue_server.web.pages.history.history_view import HistoryView
from queue_server.web.security import needs_role, who
from queue_server.web.words import reader_language

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
TOKENS = HERE.parent.parent / "common" / "tokens.css"
KINDS = ("range", "two")


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("history", __name__, template_folder=str(HERE))
    page.get("/history")(show)
    return page


@needs_role("supervisor")
def show() -> tuple[str, int]:
    typed, context = request.args, here()
    kind = typed.get("kind") if typed.get("kind") in KINDS else "range"
    shown = {"page": "history", "home": HOMES[who().role], "kind": kind, "to": to, "to_day": to_day}
    try:
        known, span, past = context.read_reports(read, context.settings.data, typed.to_dict(), phantom_rules())
    except sqlite3.Error as error:
        logger.warning("The report tables cannot be read: %s", error, extra={"action": "tables_trouble"})
        return render_template("history.html", trouble=True, **shown), 503
    view = HistoryView(
        past, span, phantom_rules(), context.hall_file, reader_language(), clean=typed.get("figures") != "raw"
    )
    open_day = context.today().isoformat() in past.days and not context.hall.read(lambda day, _: day.is_over)
    page = render_template(
        "history.html", span=span, known=known, view=view, tone=colours(), open_day=open_day, **shown
    )
    return page, 200


def read(data: Path, typed: dict[str, str], rules: PhantomRules) -> tuple[list[date], Span | None, Past]:
    """Off the hub: a year is a hundred thousand rows."""
    known = known_days(data)
    span = span_asked(typed.get("first"), typed.get("last"), typed.get("kind") == "two", known)
    return known, span, past_of(data, span, rules) if span else Past([], [], [], [])


def phantom_rules(hall_file: HallFile | None = None) -> PhantomRules:
    part = (hall_file or here().hall_file).reports
    return PhantomRules(
        part.phantom_left_seconds, part.phantom_double_seconds, part.phantom_ended_seconds, part.phantom_no_shows
    )


def to(**other: str) -> str:
    return f"/history?{urlencode({**request.args.to_dict(), **other})}"


def to_day(day: str) -> str:
    return to(first=day, last=day, kind="range")


def colours() -> dict[str, str]:
    """Of tokens.css, where every colour has its name: pictures in a PDF know no stylesheet."""
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", TOKENS.read_text(encoding="utf-8")))
