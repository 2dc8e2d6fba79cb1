"""The report of a day and of a month as PDF: the page's figures, in Chinese letters, by button and by command."""

from __future__ import annotations

import re
import zlib
from datetime import date, datetime
from pathlib import Path

import pytest

from queue_server.accounts.audit import Asked
from queue_server.cli import main
from queue_server.reports.history.figures import figures_of
from queue_server.reports.history.phantoms import PhantomRules
from queue_server.reports.history.reading import is_open, past_of
from queue_server.reports.history.span import Span, month_of
from queue_server.reports.tables import FILE
from queue_server.reports.wait_ledger import FILE as WAITS_FILE
from queue_server.web.pages.history.history_view import HistoryView
from queue_server.web.pages.history.printed_report import report_html
from tests.recorded_past import record_past
from tests.web.web_hall import HALL_FILE, WebHall

DAY = date(2026, 11, 19)
MADE_AT = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001, the hall's own time


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("to print")
    record_past(folder, HALL_FILE.rules, DAY, 2, visits=40)
    return folder


def html(data: Path, span: Span, language: str = "zh") -> str:
    past = past_of(data, span, PhantomRules())
    return report_html(
        HistoryView(past, span, PhantomRules(), HALL_FILE, language), MADE_AT, is_open(data, past.days[-1])
    )


def unpacked(pdf: bytes) -> bytes:
    """With what is packed in it laid open."""
    found = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found += zlib.decompress(stream)
        except zlib.error:
            continue
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_day_says_what_its_page_says(data: Path, language: str) -> None:
    page = html(data, Span(DAY, DAY), language)

    figures = figures_of(past_of(data, Span(DAY, DAY), PhantomRules()).visits)
    assert f'<td class="number">{figures.tickets}</td>' in page
    assert ("大厅日报 · 2026-11-19 周四" if language == "zh" else "Daily report · 2026-11-19 Thu") in page
    assert not re.search(r"[>\" ]history\.[a-z_0-9]+", page)
    assert "heat__cell" not in page  # one day shows no pattern


def test_a_month_has_its_days_and_the_weeks_rhythm(data: Path) -> None:
    month = month_of("2026-11")
    assert month is not None
    page = html(data, month)

    assert "大厅月报 · 2026-11" in page
    assert "2026-11-20 周五" in page
    assert "heat__cell" in page


def test_a_day_still_open_says_that_its_figures_will_change(data: Path) -> None:
    assert "还没收班" not in html(data, Span(DAY, DAY))
    past = past_of(data, Span(DAY, DAY), PhantomRules())
    view = HistoryView(past, Span(DAY, DAY), PhantomRules(), HALL_FILE, "zh")

    assert "还没收班" in report_html(view, MADE_AT, open_day=True)


def test_the_command_writes_a_pdf_with_its_chinese_letters_inside(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "day.pdf"

    assert main(["report", "2026-11-19", "--pdf", str(file), "--data", str(data)]) == 0
    pdf = file.read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert b"Noto-Sans-CJK" in unpacked(pdf) or b"NotoSansCJK" in unpacked(pdf)
    assert main(["report", "2026-11-18", "--pdf", str(file), "--data", str(data)]) == 2
    assert main(["report", "2026-13", "--pdf", str(file), "--data", str(data)]) == 2
    assert "Nothing is recorded for 2026-11-18" in capsys.readouterr().err


def test_the_button_gives_the_file_and_stands_in_the_audit(web: WebHall, data: Path) -> None:
    for name in (FILE, WAITS_FILE):
        (web.context.settings.data / name).write_bytes((data / name).read_bytes())
    supervisor = web.signed_in("supervisor").client

    assert "/history/report/2026-11-20.pdf" in supervisor.get("/history").text
    answer = supervisor.get("/history/report/2026-11.pdf", buffered=True)

    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert [one.what for one in web.context.audit.entries(Asked(kind="look"), 9)] == ["/history/report/2026-11.pdf"]
    assert supervisor.get("/history/report/today.pdf").status_code == 404
    assert web.officer().client.get("/history/report/2026-11.pdf").status_code == 403
