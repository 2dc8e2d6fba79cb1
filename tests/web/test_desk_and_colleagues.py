"""What an officer tells colleagues: notes for one visit, silent calls, what was told; and the day so far."""

from __future__ import annotations

from datetime import timedelta

from queue_server.domain import events as e
from tests.web.web_hall import WebHall

NOTE = "听力不好，请慢慢说"


def test_a_note_is_for_those_at_hand_stays_out_of_the_log_and_goes_with_the_day(web: WebHall):
    number = web.a_visitor_takes_a_number()
    officer, guide = web.officer(), web.signed_in("guide")
    assert officer.get(f"/tickets/{number}/note").json["code"] == "not_at_your_counter"
    guide.post(f"/tickets/{number}/note", {"words": f"  {NOTE} "})
    web.an_officer_calls(officer)
    assert officer.get(f"/tickets/{number}/note").json["words"] == NOTE

    too_long = officer.post(f"/tickets/{number}/note", {"words": "长" * 201})
    assert too_long.status_code == 422
    day = web.hall.read(lambda day, at: day.day)
    assert NOTE not in "".join(repr(recorded.event) for recorded in web.hall.events())
    assert NOTE not in guide.get("/floor").text
    web.context.visit_notes.forget_old(day)
    assert guide.get(f"/tickets/{number}/note").json["words"] == NOTE
    web.context.visit_notes.forget_old(day + timedelta(days=1))
    assert guide.get(f"/tickets/{number}/note").json["words"] == ""


def test_a_silent_call_reaches_staff_and_no_visitor_and_is_taken_by_one(web: WebHall):
    officer, guide, supervisor = web.officer(), web.signed_in("guide"), web.signed_in("supervisor")
    officer.post("/counters/3/open")
    assert officer.post("/counters/4/call-colleague", {"wanted": "guide"}).json["code"] == "not_at_your_counter"
    officer.post("/counters/3/call-colleague", {"wanted": "supervisor", "reason": "upset"})

    (call,) = guide.get("/floor").json["help"]
    assert (call["counter"], call["wanted"], call["question"]) == ("3", "supervisor", "upset")
    assert "upset" not in web.kiosk().get("/board").text
    assert supervisor.post(f"/help/{call['place']}/answer").status_code == 200
    assert guide.post(f"/help/{call['place']}/answer").json["code"] == "help_not_asked"

    officer.post("/counters/3/call-colleague", {"wanted": "guide", "reason": "copies"})
    officer.post("/counters/3/no-colleague", {"wanted": "guide"})
    assert guide.get("/floor").json["help"] == []


def test_the_log_keeps_which_risks_were_told_and_the_desk_sums_up_the_day(web: WebHall):
    number = web.kiosk().post("/tickets", {"service": "DK06"}).json["ticket"]
    officer = web.officer()
    guide = officer.get("/services/DK06/at-counter").json
    assert [risk["code"] for risk in guide["risks"]] == ["undo", "purse"]
    assert {phrase["when"] for phrase in guide["phrases"]} >= {"long_wait", "papers_missing"}
    web.clock.forward(minutes=6)
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{number}/start")
    web.clock.forward(minutes=9)
    officer.post(f"/tickets/{number}/end", {"told": ["undo", "purse"], "expected_stage": "serving"})

    (ended,) = [recorded.event for recorded in web.hall.events() if isinstance(recorded.event, e.ServiceEnded)]
    assert ended.told == ("undo", "purse")
    sums = officer.get("/desks/3").json["day"]
    assert (sums["served"], sums["average_service_minutes"], sums["longest_wait_minutes"]) == (1, 9.0, 6.0)
    elsewhere = web.officer("4")  # the same officer moves to another counter: the day stays their own
    assert elsewhere.get("/desks/4").json["day"] == sums


def test_the_desk_knows_which_bookings_are_awaited_and_nobodys_code(booking_hall: WebHall):
    web, desk = booking_hall, booking_hall.officer("3")
    slots = web.stranger().get("/bookings/slots?service=TQ04&day=2026-11-23").json["slots"]
    soon, later = slots[0]["slot"], slots[-1]["slot"]
    codes = [
        web.stranger().post("/bookings", {"service": "TQ04", "slot": slot, "phone": "13900000000"}).json["code"]
        for slot in (soon, later)
    ]

    page = desk.get("/desks/3")
    assert page.json["due"] == [{"slot": soon, "service": "TQ04", "bookings": 1}]
    assert not any(code in page.text for code in (*codes, "139"))
    assert web.officer("1").get("/desks/1").json["due"] == []  # another zone's

    web.kiosk().post(f"/bookings/{codes[0]}/arrive")
    assert desk.get("/desks/3").json["due"] == []
