"""Booking a half hour, coming with the code, and being first tomorrow, as devices and people do it."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest

from queue_server.web.api import shapes
from tests.web.web_hall import WebHall


def at(web: WebHall, hour: int, minute: int = 0, days: int = 0) -> datetime:
    local = web.hall.rules.local(web.clock.now()) + timedelta(days=days)
    return local.replace(hour=hour, minute=minute, second=0, microsecond=0)


def book(web: WebHall, slot: datetime, service: str = "TQ04"):  # type: ignore[no-untyped-def]
    return web.stranger().post("/bookings", {"service": service, "slot": slot.isoformat()})


def test_a_half_hour_is_booked_by_anybody_until_its_places_are_taken(booking_hall: WebHall):
    slot = at(booking_hall, 10)

    first, second = book(booking_hall, slot), book(booking_hall, slot)

    assert first.status_code == 201
    shapes.BookingShape.model_validate(first.json)
    assert (second.status_code, second.json["code"]) == (409, "slot_full")
    day = slot.date().isoformat()
    offered = booking_hall.stranger().get(f"/bookings/slots?service=TQ04&day={day}").json["slots"]
    assert slot.isoformat() not in [one["slot"] for one in offered]
    assert at(booking_hall, 10, 30).isoformat() in [one["slot"] for one in offered]


@pytest.mark.parametrize(("hour", "minute"), [(8, 0), (10, 10), (17, 0)])
def test_only_half_hours_within_the_opening_times_can_be_booked(booking_hall: WebHall, hour: int, minute: int):
    answer = book(booking_hall, at(booking_hall, hour, minute))

    assert answer.json["code"] == "slot_not_offered"


def test_a_hall_that_offers_no_bookings_says_so(web: WebHall):
    assert book(web, at(web, 10)).json["code"] == "slot_not_offered"


def test_a_place_that_is_given_back_can_be_booked_again(booking_hall: WebHall):
    slot = at(booking_hall, 10)
    code = book(booking_hall, slot).json["code"]

    cancelled = booking_hall.stranger().post(f"/bookings/{code.lower()}/cancel")

    assert cancelled.status_code == 200
    assert book(booking_hall, slot).status_code == 201
    assert booking_hall.kiosk().post(f"/bookings/{code}/arrive").json["code"] == "unknown_booking"


def test_whoever_comes_with_the_code_gets_a_number_counted_from_the_booked_time_and_only_one(booking_hall: WebHall):
    slot = at(booking_hall, 10, 30)
    code = book(booking_hall, slot).json["code"]

    first, again = (booking_hall.kiosk().post(f"/bookings/{code}/arrive") for _ in range(2))

    shapes.IssuedShape.model_validate(first.json)
    assert first.json["ticket"] == again.json["ticket"]
    ticket = booking_hall.hall.read(lambda day, _: day.tickets[first.json["ticket"]])
    assert ticket.slot == slot
    assert ticket.order_from == slot


def test_whoever_comes_late_is_served_as_a_walk_in(booking_hall: WebHall):
    code = book(booking_hall, at(booking_hall, 10, 30)).json["code"]
    booking_hall.clock.moment = at(booking_hall, 11, 1)  # 31 minutes after the booked time

    number = booking_hall.kiosk().post(f"/bookings/{code}/arrive").json["ticket"]

    ticket = booking_hall.hall.read(lambda day, _: day.tickets[number])
    assert ticket.slot is None
    assert ticket.order_from == ticket.first_arrival_at


def test_an_appointment_that_nobody_came_to_is_counted_once(booking_hall: WebHall):
    book(booking_hall, at(booking_hall, 10, 30))
    booking_hall.clock.moment = at(booking_hall, 11, 1)

    for _ in range(2):
        for command in booking_hall.context.booking_desk.missed():
            booking_hall.hall.handle(command)

    assert booking_hall.names() == ["BookingMissed"]


def test_whoever_was_promised_tomorrow_is_really_first_tomorrow(web: WebHall):
    web.clock.moment = at(web, 17, 30)  # closed: certainly too late for today
    promise = web.signed_in("guide").post("/bookings/tomorrow", {"service": "TQ04"}).json
    assert (promise["kind"], datetime.fromisoformat(promise["slot"])) == ("promise", at(web, 9, days=1))

    web.clock.moment = at(web, 9, days=1)
    early = web.a_visitor_takes_a_number()
    care = web.a_visitor_takes_a_number()
    web.clock.moment = at(web, 9, 20)
    promised = web.kiosk().post(f"/bookings/{promise['code']}/arrive").json["ticket"]

    queue = [web.an_officer_calls(web.officer())]
    assert queue == [promised]
    assert {early, care} == set(web.hall.read(lambda day, _: list(day.waiting_in["special"])))


def test_the_promise_is_printed_and_its_paper_reported(web: WebHall):
    web.clock.moment = at(web, 17, 30)
    promise = web.signed_in("guide").post("/bookings/tomorrow", {"service": "TQ04", "printer": "K1"}).json
    kiosk = web.kiosk()

    (job,) = kiosk.get("/print-jobs?printer=K1").json["jobs"]
    assert job["promise"]["code"] == promise["code"]
    assert (job["promise"]["date"], job["promise"]["time"]) == ("11月24日 星期二", "09:00")
    assert promise["code"] not in job["job"]  # the code admits whoever has it; events and reports go without

    failed = kiosk.post(f"/print-jobs/{quote(job['job'])}", {"state": "failed", "problem": "paper_out"})
    states = [printer["state"] for printer in web.signed_in("guide").get("/floor").json["printers"]]
    assert (failed.status_code, states) == (200, ["failing"])

    assert kiosk.post(f"/print-jobs/{quote(job['job'])}", {"state": "printed"}).status_code == 200
    assert kiosk.get("/print-jobs?printer=K1").json["jobs"] == []
    assert promise["paper"] == "+1"
    assert web.hall.read(lambda day, _: day.slips["+1"].paper) == "printed"


def test_nobody_is_sent_to_tomorrow_who_will_be_served_today(web: WebHall):
    answer = web.signed_in("guide").post("/bookings/tomorrow", {"service": "TQ04"})

    assert (answer.status_code, answer.json["code"]) == (409, "not_too_late")
    day = web.hall.rules.day_of(web.clock.now()) + timedelta(days=1)
    assert web.context.booking_desk.of_day(day) == []


def test_bookings_of_another_system_are_taken_over_all_or_none(booking_hall: WebHall):
    day = at(booking_hall, 9, days=1).date().isoformat()
    good = f"date,time,service\n{day},09:30,TQ04\n{day},10:00,TQ04\n"
    supervisor = booking_hall.signed_in("supervisor")

    wrong = supervisor.post("/bookings/import", {"csv": good + f"{day},half ten,TQ04\n"})
    after_wrong = supervisor.get(f"/bookings?day={day}").json["bookings"]
    right = supervisor.post("/bookings/import", {"csv": good})

    assert wrong.status_code == 422
    assert wrong.json["details"] == {"line": 4, "column": 2, "name": "time", "found": "half ten"}
    assert "第 4 行第 2 列" in wrong.json["message"]
    assert after_wrong == []
    assert right.json["imported"] == 2
    assert len(supervisor.get(f"/bookings?day={day}").json["bookings"]) == 2
