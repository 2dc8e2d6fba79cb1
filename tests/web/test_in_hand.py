"""A ticket or a booking shown at the kiosk: by number, by the paper's QR, by a booking's code or telephone."""

from dataclasses import replace
from datetime import timedelta

from tests.web.test_bookings_api import at
from tests.web.web_hall import WebHall

PHONE = "13909310000"


def shown(web: WebHall, code: str) -> dict:
    answer = web.kiosk().post("/in-hand", {"code": code})
    return {"status": answer.status_code, **answer.json}


def a_missed_ticket(web: WebHall) -> str:
    web.a_visitor_takes_a_number("TQ02")
    officer = web.officer()
    called = web.an_officer_calls(officer)
    for _ in range(2):
        web.clock.forward(minutes=2)
        officer.post(f"/tickets/{called}/recall")
    web.clock.forward(minutes=2)
    assert officer.post(f"/tickets/{called}/missed").status_code == 200
    return called


def test_a_missed_number_is_found_with_or_without_letter_and_brought_back(web: WebHall):
    number = a_missed_ticket(web)

    for typed in (number, number.lower(), number[1:], str(int(number[1:])), f" {number[0]} {number[1:]} "):
        found = shown(web, typed)
        assert (found["ticket"], found["stage"], found["may_return"]) == (number, "missed", True)
        assert found["link"] is None  # a number alone proves nothing

    web.kiosk().post(f"/tickets/{number}/return")
    assert (shown(web, number)["stage"], shown(web, number)["may_return"]) == ("waiting", False)


def test_of_two_numbers_with_the_same_digits_the_letter_is_asked_for(web: WebHall):
    web.kiosk().post("/tickets", {"service": "TQ04"})
    web.kiosk("K1").post("/tickets", {"service": "TQ04", "care": True})

    assert shown(web, "1")["code"] == "letter_needed"
    assert shown(web, "A0001")["zone"] == "care"
    assert shown(web, "77")["code"] == "unknown_ticket"


def test_the_papers_code_prints_again_and_a_number_alone_does_not(web: WebHall):
    issued = web.kiosk().post("/tickets", {"service": "TQ04"}).json
    other = web.kiosk().post("/tickets", {"service": "TQ02"}).json
    own_link, other_link = (shown(web, each["link"])["link"] for each in (issued, other))
    kiosk, wish = web.kiosk(), f"/tickets/{issued['ticket']}/reprint"

    assert kiosk.post(wish, {"printer": "K1"}).json["code"] == "link_needed"
    assert kiosk.post(wish, {"printer": "K1", "link": other_link}).status_code == 403
    assert kiosk.post(wish, {"printer": "K1", "link": own_link}).status_code == 200
    assert web.names()[-1] == "PaperAsked"
    assert shown(web, issued["link"][:-3] + "AAA")["code"] == "unknown_link"


def test_a_booking_is_found_by_code_and_by_the_telephone_it_was_made_with(booking_hall: WebHall):
    slot = at(booking_hall, 10, 30)
    wish = {"service": "TQ04", "slot": slot.isoformat(), "phone": PHONE}
    code = booking_hall.stranger().post("/bookings", wish).json["code"]

    for typed in (code, code.lower(), PHONE, f"{PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}"):
        assert shown(booking_hall, typed)["booking"]["code"] == code
    assert shown(booking_hall, "13900000000")["code"] == "unknown_booking"
    stored = booking_hall.bookings._connection.execute("SELECT * FROM bookings").fetchall()
    assert PHONE not in str(stored)  # only a mark of it is kept

    booking_hall.clock.moment = slot + timedelta(days=1)
    booking_hall.context.booking_desk.missed()
    assert booking_hall.bookings.find(booking_hall.hall.rules.hall, code).phone_mark == ""


def test_codes_of_others_are_refused_kindly_and_guessing_is_slowed_down(web: WebHall):
    assert shown(web, "https://u.alipay.com/x")["code"] == "code_unknown"
    assert web.stranger().post("/in-hand", {"code": "T0001"}).status_code == 401
    web.context.limits = replace(web.context.limits, codes_per_kiosk=5)
    kiosk = web.kiosk("K2")
    assert [kiosk.post("/in-hand", {"code": f"T{n:04d}"}).status_code for n in range(6)] == [404] * 5 + [429]
