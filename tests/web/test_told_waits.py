"""What visitors are told of their wait is kept, held against what then was, and the error told in public."""

from __future__ import annotations

from datetime import timedelta

from queue_server.foresight.ledger import Kept, Shown, breaks_its_word
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.web.told_waits import ToldWaits
from tests.web.web_hall import WebHall


def with_ledger(web: WebHall, month: tuple[Kept, ...] = ()) -> WaitLedger:
    ledger = WaitLedger(None)
    told = ToldWaits(ledger, lambda: month, judged_every_seconds=0.0)
    web.context.told_waits = web.context.waits._told = told
    return ledger


def kept(web: WebHall, ledger: WaitLedger) -> list[Shown]:
    return ledger.of_day(web.context.today())


def link_of(web: WebHall) -> str:
    return web.kiosk().post("/tickets", {"service": "TQ04"}).json["link"].partition("/p/")[2]


def test_a_range_is_kept_when_the_number_is_taken_and_when_the_phone_shows_it(web: WebHall):
    ledger = with_ledger(web)
    web.officer().post("/counters/3/open")
    web.a_visitor_takes_a_number()
    link = link_of(web)
    for _ in range(3):  # looked at three times within four minutes
        web.stranger().get(f"/p/{link}")
        web.clock.forward(minutes=2)
    web.clock.forward(minutes=1)
    web.stranger().get(f"/p/{link}/state")

    found = kept(web, ledger)

    assert [one.where for one in found] == ["ticket", "ticket", "phone", "phone"]
    assert found[3].at - found[2].at >= timedelta(minutes=5)
    assert all(one.low < one.high and one.promise == "certain" for one in found)


def test_a_number_asked_for_twice_was_told_once(web: WebHall):
    ledger = with_ledger(web)
    web.officer().post("/counters/3/open")
    kiosk = web.kiosk()
    for _ in range(2):
        kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="the-same-press")

    assert len(kept(web, ledger)) == 1


def test_where_nobody_serves_nothing_is_told_and_nothing_kept(web: WebHall):
    ledger = with_ledger(web)
    web.a_visitor_takes_a_number()

    assert kept(web, ledger) == []


def ten_visits(web: WebHall) -> None:
    """Ten people, each called six minutes after coming to an empty queue."""
    officer = web.officer()
    officer.post("/counters/3/open")
    web.context.waits.refresh()  # as the feed does when a desk opens
    for _ in range(10):
        web.a_visitor_takes_a_number()
        web.clock.forward(minutes=6)
        number = web.an_officer_calls(officer)
        officer.post(f"/tickets/{number}/start")
        officer.post(f"/tickets/{number}/end")


def test_after_ten_visits_everybody_is_told_by_how_much_the_waits_were_off(web: WebHall):
    with_ledger(web)
    display = web.device_display()
    assert display.get("/board").json["error_minutes"] is None

    ten_visits(web)
    web.context.waits.refresh()  # what screens are told may be some seconds old

    board = display.get("/board").json
    assert (board["error_minutes"], board["error_of"]) == (6, "today")
    link = link_of(web)
    assert "±6" in web.stranger().get(f"/p/{link}").get_data(as_text=True)


def test_the_supervisor_sees_error_and_coverage_by_zone_and_when_ranges_no_longer_hold(web: WebHall):
    with_ledger(web)
    supervisor = web.signed_in("supervisor")
    for _ in range(3):
        ten_visits(web)
    web.context.waits.refresh()

    measures = supervisor.get("/measures").json

    everybody, *zones = measures["told_waits"]["today"]
    assert (everybody["zone"], everybody["known"], everybody["error_minutes"]) == (None, 30, 6.0)
    assert everybody["p90_coverage"] == 0.0  # told “1 minute”, and it was six
    assert {one["zone"]: one["known"] for one in zones}["special"] == 30
    assert everybody["certain_broken"] == 0
    assert "waits_drifted" in [alert["kind"] for alert in measures["alerts"]]


def test_early_in_the_day_the_last_weeks_speak(web: WebHall):
    shown = Shown(web.context.today(), "T1", "special", "TQ04", "ticket", web.clock.now(), 10, 20, False, "certain")
    with_ledger(web, (Kept(shown, 13.0, True),) * 10)

    board = web.device_display().get("/board").json

    assert (board["error_minutes"], board["error_of"]) == (3, "month")


def test_nobody_outside_can_say_how_likely_service_today_is(web: WebHall):
    answer = web.kiosk().post("/tickets", {"service": "TQ04", "served_today": {}})

    assert answer.status_code == 422


def test_a_server_started_anew_goes_on_with_what_was_told_before(web: WebHall):
    ledger = with_ledger(web)
    ten_visits(web)
    again = ToldWaits(ledger, judged_every_seconds=0.0)
    again.go_on_with(web.context.today(), kept(web, ledger))

    judged = web.hall.read(lambda day, at: again.judged(day))

    assert (judged.error_minutes, judged.today[0].kept) == (6, 10)


def test_a_broken_certain_today_is_counted_against_the_stated_risk_and_who_left_is_not(web: WebHall):
    with_ledger(web)
    web.officer().post("/counters/3/open")
    sent_home, left = web.a_visitor_takes_a_number(), web.a_visitor_takes_a_number()
    supervisor = web.signed_in("supervisor")
    supervisor.post(f"/tickets/{left}/abandon")
    supervisor.post("/day/close")

    closing = supervisor.get("/measures").json["told_waits"]["closing"]["today"]

    assert sent_home != left
    assert (closing["certain"], closing["broken"], closing["risk_percent"]) == (2, 1, 5)
    assert closing["too_many"]


def test_as_many_broken_promises_as_the_risk_allows_are_no_alarm():
    assert not breaks_its_word(5, 100, 5)
    assert not breaks_its_word(9, 100, 5)  # 4.4 is two deviations
    assert breaks_its_word(10, 100, 5)
    assert not breaks_its_word(0, 0, 5)
