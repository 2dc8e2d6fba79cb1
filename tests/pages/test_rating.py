"""The rating screen by the exit, and what an officer may learn of it: sums of whole weeks, never who."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database

from queue_server.accounts import DeviceKind
from queue_server.domain.events import DeskOpened
from queue_server.reports.own_marks import own_marks
from queue_server.reports.tables import COLUMNS, KEYS, ReportTables

PAGE = {"Accept": "text/html"}


class RatingScreen:
    """An enrolled display's browser: follows redirects, sends the form's own CSRF mark."""

    def __init__(self, web):
        self.client = web.app.test_client()
        token = web.context.accounts.devices.enrol(DeviceKind.DISPLAY, "D9")
        self.client.set_cookie("xinting_device_display", token)

    def get(self, path):
        return self.client.get(path, headers=PAGE).get_data(as_text=True)

    def send(self, path, **fields):
        mark = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/rate"))
        data = {"csrf_token": mark.group(1), **fields}
        return self.client.post(path, data=data, headers=PAGE, follow_redirects=True).get_data(as_text=True)


@pytest.fixture
def screen(web):
    return RatingScreen(web)


@pytest.mark.parametrize("written", ["{number}", " {small} ", "{link}", "Ｔ０００１"])
def test_a_number_typed_or_scanned_leads_to_the_five_levels(web, screen, written):
    phone = web.served_visitor()
    link = f"http://hall.example{phone.path}"
    text = screen.send("/rate", code=written.format(number=phone.number, small=phone.number.lower(), link=link))

    assert text.count('type="radio"') == 5
    assert "checked" not in text
    assert "谢谢您告诉我们" in screen.send(f"/rate/{phone.number}", level="5", reasons=["517"])
    assert web.hall.events()[-1].event.level == 5


def test_a_low_mark_asks_whether_somebody_should_come_and_brings_the_supervisor(web, screen):
    phone = web.served_visitor()
    screen.send("/rate", code=phone.number)

    assert "现在需要有人来吗？" in screen.send(f"/rate/{phone.number}", level="1")
    assert "已经叫主管了" in screen.send(f"/rate/{phone.number}/supervisor")
    assert web.names()[-1] == "SupervisorAsked"


def test_a_visit_is_rated_once_and_only_for_half_an_hour_and_only_when_it_is_over(web, screen):
    phone, waiting = web.served_visitor(), web.visitor()
    assert "没有找到这个号" in screen.send("/rate", code=waiting.number)
    screen.send(f"/rate/{phone.number}", level="4")
    assert "没有找到这个号" in screen.send("/rate", code=phone.number)
    late = web.served_visitor()
    web.clock.forward(minutes=31)
    assert "没有找到这个号" in screen.send("/rate", code=late.number)
    assert web.names().count("FeedbackGiven") == 1


def test_a_kiosk_asks_on_its_own_screen_once_and_soon_and_brings_the_supervisor_after_a_low_mark(web):
    phone, waiting, late = web.served_visitor(), web.visitor(), web.served_visitor()
    kiosk = web.kiosk()
    asked = kiosk.post("/in-hand", {"code": phone.number}).json
    assert (asked["may_rate"], asked["rating"]["service"]) == (True, None)
    assert asked["rating"]["reasons"]["1"][0] == "109"
    assert kiosk.post("/in-hand", {"code": waiting.number}).json["rating"] is None

    def rate(number, key="mark-1", **mark):
        return kiosk.post(f"/tickets/{number}/rating", mark, Idempotency_Key=key)

    given = rate(phone.number, level=1, reasons=["109", "517", "nonsense"])
    assert (given.json["low"], given.json["next_service"]) == (True, None)
    assert rate(phone.number, level=1, reasons=["109"]).json["seq"] == given.json["seq"]  # a lost answer, asked again
    assert rate(phone.number, key="mark-2", level=5).json["code"] == "feedback_given_before"
    assert web.hall.events()[-1].event.reasons == ("109",)
    assert kiosk.post(f"/tickets/{phone.number}/rating/supervisor", {}).status_code == 200
    assert web.names()[-1] == "SupervisorAsked"

    assert rate(waiting.number, key="w", level=5).json["code"] == "not_to_be_rated"
    assert rate("T9999", key="n", level=5).json["code"] == "not_to_be_rated"
    assert rate(phone.number, key="l", level=0).status_code == 422
    web.clock.forward(minutes=31)
    assert rate(late.number, key="o", level=5).json["code"] == "not_to_be_rated"
    assert web.app.test_client().post(f"/api/v1/tickets/{late.number}/rating", json={"level": 5}).status_code == 401
    assert web.names().count("FeedbackGiven") == 1


@pytest.mark.parametrize("code", ["", "T9999", "https://evil.example/p/x", "😀" * 400, "' OR 1=1"])
def test_foreign_codes_are_answered_calmly(screen, code):
    assert "没有找到这个号" in screen.send("/rate", code=code)


def test_without_a_level_nothing_is_given_and_the_question_stays(web, screen):
    phone = web.served_visitor()
    screen.send("/rate", code=phone.number)

    assert 'type="radio"' in screen.send(f"/rate/{phone.number}", level="9")
    assert "FeedbackGiven" not in web.names()


def test_a_stranger_s_browser_has_no_rating_screen_and_a_form_from_elsewhere_is_refused(web, screen):
    phone = web.served_visitor()

    assert web.app.test_client().get("/rate", headers=PAGE).status_code in {401, 303}
    assert screen.client.post(f"/rate/{phone.number}", data={"level": "1"}, headers=PAGE).status_code == 403
    assert "FeedbackGiven" not in web.names()


# --- what the officer learns


def tables_with(path: Path, marks: list[tuple[str, str, int | None]]) -> Path:
    """(day, officer, mark) of services done."""
    database = Database(path)
    database.table("services_done").create(COLUMNS["services_done"], pk=KEYS["services_done"])
    database.table("services_done").insert_all(
        {"day": day, "ticket": f"T{place:04}", "place": 1, "officer": officer, "mark": mark}
        for place, (day, officer, mark) in enumerate(marks)
    )
    database.conn.close()
    return path


MONDAY = date(2026, 11, 23)


def test_marks_are_shown_in_sum_from_the_least_number_on_and_nobody_else_s(tmp_path):
    nine = [("2026-11-20", "li", 5)] * 9 + [("2026-11-20", "wang", 1)] * 20 + [("2026-11-20", "li", None)] * 9
    few, _ = own_marks(tables_with(tmp_path / "few.sqlite", nine), "li", MONDAY, 10)
    enough, _ = own_marks(tables_with(tmp_path / "enough.sqlite", [*nine, ("2026-11-20", "li", 3)]), "li", MONDAY, 10)

    assert few.levels is None
    assert enough.levels == {5: 9, 4: 0, 3: 1, 2: 0, 1: 0}
    assert enough.average == 4.8


def test_this_week_shows_only_when_it_is_over(tmp_path):
    path = tables_with(tmp_path / "t.sqlite", [("2026-11-20", "li", 5)] * 10 + [("2026-11-23", "li", 1)] * 10)

    assert own_marks(path, "li", date(2026, 11, 29), 10)[0].count == 10
    assert own_marks(path, "li", date(2026, 11, 30), 10)[0].count == 20
    assert own_marks(path, "li", date(2026, 12, 21), 10)[1].count == 10


def test_without_tables_there_is_nothing_to_show(tmp_path):
    assert own_marks(tmp_path / "none.sqlite", "li", MONDAY, 10)[0].levels is None


def test_only_officers_have_own_marks_and_the_answer_is_empty_on_the_first_day(web):
    answer = web.officer().get("/marks/own")

    assert answer.json["now"] == {
        "begins": "2026-10-26",
        "ends": "2026-11-23",
        "count": None,
        "average": None,
        "levels": None,
    }
    assert web.signed_in("guide").get("/marks/own").status_code == 403


def test_the_tables_know_who_served_and_the_mark_of_a_visit_with_one_service(web, tmp_path):
    phone = web.served_visitor()
    phone.send("feedback", level="4")
    tables = ReportTables(tmp_path / "reports.sqlite", web.hall._kept.log, web.hall.rules)
    tables.catch_up()
    tables.close()
    (row,) = Database(tmp_path / "reports.sqlite").table("services_done").rows

    opened = [one.event for one in web.hall.events() if isinstance(one.event, DeskOpened)]
    assert (row["officer"], row["mark"]) == (opened[0].officer, 4)
