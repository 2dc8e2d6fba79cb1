"""The hall's past as supervisors read it: a span, two days, one day, nothing; raw and cleaned; both languages."""

from __future__ import annotations

import re
import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from queue_server.accounts.audit import Asked
from queue_server.hall_file_model import ReportsPart
from queue_server.reports.history.mending import mended_between
from queue_server.reports.tables import FILE
from queue_server.reports.wait_ledger import FILE as WAITS_FILE
from tests.recorded_past import record_past
from tests.web.web_hall import HALL_FILE, WebHall

FIRST, DAYS = date(2026, 11, 9), 10


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recorded")
    record_past(folder, HALL_FILE.rules, FIRST, DAYS, visits=60)
    return folder


@pytest.fixture
def past(web: WebHall, recorded: Path) -> WebHall:
    """A hall with two weeks behind it."""
    for name in (FILE, WAITS_FILE):
        shutil.copy(recorded / name, web.context.settings.data / name)
    return web


class Tables(HTMLParser):
    """Each row of every table as its cells' words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.in_cell = False

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.rows[-1][-1] += data.strip()


def page_of(web: WebHall, address: str, role: str = "supervisor") -> str:
    answer = web.signed_in(role).client.get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def row(page: str, head: str) -> list[str]:
    return next(cells[1:] for cells in Tables(page).rows if cells and cells[0] == head)


def counted(recorded: Path, question: str) -> int:
    connection = sqlite3.connect(recorded / FILE)
    try:
        return int(connection.execute(question).fetchone()[0])
    finally:
        connection.close()


def test_a_span_shows_raw_and_cleaned_figures_side_by_side(past: WebHall, recorded: Path) -> None:
    page = page_of(past, "/history?first=2026-11-09&last=2026-11-20&lang=en")

    everybody = counted(recorded, "SELECT COUNT(*) FROM visits")
    nobody = counted(
        recorded,
        "SELECT COUNT(*) FROM visits WHERE stage = 'abandoned' AND NOT called"
        " AND (julianday(ended) - julianday(arrival)) * 86400 < 60.5",
    )
    assert nobody > 10
    reasons = {name: int(many) for name, many in re.findall(r'<dt>([^<]+)</dt><dd class="number">(\d+)</dd>', page)}
    assert reasons["Left uncalled within 60 s"] == nobody
    assert row(page, "Numbers") == [str(everybody), str(everybody - sum(reasons.values()))]


def test_the_parts_leave_phantoms_out_and_show_them_when_asked(past: WebHall, recorded: Path) -> None:
    span = "/history?first=2026-11-09&last=2026-11-20&lang=en"
    everybody = counted(recorded, "SELECT COUNT(*) FROM visits WHERE service = 'TQ04'")
    name = HALL_FILE.catalogue.service("TQ04").plain_name.en

    cleaned, raw = (int(row(page_of(past, f"{span}&figures={which}"), name)[0]) for which in ("clean", "raw"))

    assert raw == everybody > cleaned


def test_two_days_stand_side_by_side_with_what_changed(past: WebHall, recorded: Path) -> None:
    page = page_of(past, "/history?kind=two&first=2026-11-16&last=2026-11-09&lang=en")

    before, after = (
        counted(recorded, f"SELECT COUNT(*) FROM visits WHERE day = '{day}'") for day in ("2026-11-09", "2026-11-16")
    )
    cells = row(page, "Numbers")
    assert (int(cells[0]), int(cells[2])) == (before, after)
    change = int(cells[3]) - int(cells[1])
    assert cells[4] == f"{'▲' if change > 0 else '▼'} {abs(change)}"
    assert "Hour by weekday" not in page


def test_nothing_asked_is_two_days_a_week_apart_or_the_last_weeks(past: WebHall) -> None:
    assert "2026-11-13 and 2026-11-20" in page_of(past, "/history?kind=two&lang=en")
    assert "Days recorded: 10" in page_of(past, "/history?lang=en&first=yesterday")


def test_one_day_says_that_it_shows_no_pattern_and_has_no_list_of_days(past: WebHall) -> None:
    page = page_of(past, "/history?first=2026-11-20&last=2026-11-20&lang=en")

    assert "One day shows no pattern yet" in page
    assert "Day by day" not in page
    assert "2026-11-20 Fri" in page


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "asked", ["", "kind=two", "first=2026-11-20&last=2026-11-20", "first=2020-01-01&last=2020-01-02"]
)
def test_no_word_is_missing_in_either_language(past: WebHall, language: str, asked: str) -> None:
    page = page_of(past, f"/history?lang={language}&{asked}")

    assert not re.search(r"[>\" ](history|account|common|staff)\.[a-z_0-9]+", page)
    assert ("没有记录" in page or "Nothing is recorded for" in page) == asked.startswith("first=2020")


def test_a_hall_of_its_first_morning_says_that_there_is_no_past_yet(web: WebHall) -> None:
    assert "还没有记录" in page_of(web, "/history?lang=zh", "administrator")


def test_tables_that_cannot_be_read_leave_a_calm_sentence(web: WebHall) -> None:
    (web.context.settings.data / FILE).write_bytes(b"no database at all" * 100)

    answer = web.signed_in("supervisor").client.get("/history?lang=en")

    assert answer.status_code == 503
    assert "The hall itself goes on" in answer.text


@pytest.mark.parametrize("role", ["officer", "guide"])
def test_the_past_is_for_supervisors_and_administrators(past: WebHall, role: str) -> None:
    caller = past.officer() if role == "officer" else past.signed_in(role)

    assert caller.client.get("/history").status_code == 403
    assert past.stranger().client.get("/history").status_code in (302, 401)


def test_the_halls_own_rules_decide_who_was_nobody(past: WebHall) -> None:
    own = ReportsPart(phantom_left_seconds=5, phantom_double_seconds=0)
    past.context.hall_file = replace(HALL_FILE, reports=own)

    page = page_of(past, "/history?lang=en")

    assert "Left uncalled within 5 s" in page
    assert row(page, "Numbers")[0] == row(page, "Numbers")[1]


# --- taken along


def test_an_export_is_a_file_and_stands_in_the_audit_each_with_its_days(past: WebHall) -> None:
    supervisor = past.signed_in("supervisor").client
    addresses = [f"/history/export/2026-11-09/2026-11-{day}/days.{kind}" for day, kind in ((12, "csv"), (20, "xlsx"))]

    csv, xlsx = (supervisor.get(f"{address}?lang=en", buffered=True) for address in addresses)

    assert csv.data.decode("utf-8-sig").startswith("Day,Closed,Visits,")
    assert csv.data.count(b"\r\n") == 5
    assert "days-2026-11-09-2026-11-12.csv" in csv.headers["Content-Disposition"]
    assert xlsx.data.startswith(b"PK")
    looks = [(one.act, one.what) for one in past.context.audit.entries(Asked(kind="look"), 10)]
    assert looks[::-1] == [("export", address) for address in addresses]


def test_what_cannot_be_exported_is_said_calmly(web: WebHall, caplog: pytest.LogCaptureFixture) -> None:
    supervisor = web.signed_in("supervisor").client

    for wrong in ("2026-11-09/2026-11-12/people.csv", "2026-11-09/x/days.csv", "2026-11-09/2026-11-12/days.pdf"):
        assert supervisor.get(f"/history/export/{wrong}").status_code == 404
    answer = supervisor.get("/history/export/2026-11-09/2026-11-12/days.csv?lang=en")  # no tables were built

    assert answer.status_code == 503
    assert "The hall itself goes on" in answer.text
    assert "report tables" in caplog.text
    assert web.officer().client.get("/history/export/2026-11-09/2026-11-12/days.csv").status_code == 403


def test_what_was_mended_stands_beside_the_past_on_the_page_and_on_paper(past: WebHall) -> None:
    supervisor = past.signed_in("supervisor")
    asked = "/history?first=2026-11-09&last=2026-11-24"
    before = supervisor.client.get(asked).get_data(as_text=True)
    assert "这些天没有差评" in before
    done = supervisor.post("/repairs", {"words": "排队太久"}).json["id"]
    supervisor.post("/repairs", {"words": "材料说错了"})
    for what in ("contacted", "fixed", "followed_up"):
        supervisor.post(f"/repairs/{done}/steps", {"what": what, "note": "x"})

    rows = dict(row for row in Tables(supervisor.client.get(asked).get_data(as_text=True)).rows if len(row) == 2)
    assert (rows["登记"], rows["还在办"], rows["回访完办结"]) == ("2", "1", "1")
    assert rows["联系按时"] == "1 / 1 (100 %)"
    context = past.context
    found = mended_between(context.settings.data, context.hall_file.id, FIRST, date(2026, 11, 24), past.clock.now())
    assert found is not None
    assert (found.opened, found.done) == (2, 1)
