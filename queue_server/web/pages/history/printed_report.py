"""The daily and the monthly report as PDF: the page's own figures, tables and pictures, laid out for A4."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from queue_server.web.pages.history.history_view import HistoryView
from queue_server.web.pages.history.tokens import TOKENS, colours
from queue_server.web.views import said
from queue_server.web.words import word

HERE = Path(__file__).parent
STYLES = (TOKENS, HERE / "history_tables.css", HERE / "history_report.css")
INSTALL = "apt-get install libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk"


class CannotPrint(Exception):
    """What turns pages into PDF is missing on this machine; the text says what to install."""


def report_html(view: HistoryView, made_at: datetime, open_day: bool) -> str:
    """`made_at` in the hall's own time."""
    language = view.language
    pages = Environment(loader=FileSystemLoader(HERE), autoescape=True)
    kind, of = ("daily", view.span_said()) if view.span.is_one_day else ("monthly", f"{view.span.first:%Y-%m}")
    return pages.get_template("history_report.html").render(
        view=view,
        hall=f"{said(view.hall_file.centre, language)} {said(view.hall_file.name, language)}",
        title=word(f"history.report_{kind}", language, of=of),
        made_at=f"{made_at:%Y-%m-%d %H:%M}",
        open_day=open_day,
        tone=colours(),
        word=lambda key, **values: word(key, language, **values),
    )


def write_pdf(html: str, file: Path) -> None:
    """Raises CannotPrint."""
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # styles that only screens need
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        from weasyprint import CSS, HTML
    except OSError as error:
        raise CannotPrint(f"The report cannot be laid out: {error}. On Debian: {INSTALL}") from error
    HTML(string=html, url_fetcher=_nothing_from_elsewhere).write_pdf(
        file, stylesheets=[CSS(filename=str(one)) for one in STYLES]
    )


def _nothing_from_elsewhere(address: str, *_: Any, **__: Any) -> Any:
    raise ValueError(f"A report fetches nothing, neither {address}")
