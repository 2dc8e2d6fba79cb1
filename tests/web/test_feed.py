"""The feed: who hears what, in order, and how a screen that was away catches up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from flask_socketio.test_client import SocketIOTestClient

from queue_server.accounts import DeviceKind
from queue_server.domain import commands as c
from tests.web.web_hall import Caller, WebHall

Listen = Callable[..., SocketIOTestClient]
SECRET_OF_THE_VISITOR = ("service", "actor", "link", "channel", "reason", "language", "question")


@pytest.fixture
def listen(web: WebHall) -> Listen:
    def connect(auth: dict[str, Any], caller: Caller | None = None) -> SocketIOTestClient:
        browser = caller.client if caller else None
        return web.socketio.test_client(web.app, namespace="/feed", auth=auth, flask_test_client=browser)

    return connect


def heard(screen: SocketIOTestClient, name: str = "event") -> list[dict[str, Any]]:
    return [message["args"][0] for message in screen.get_received("/feed") if message["name"] == name]


def names(messages: list[dict[str, Any]]) -> list[str]:
    return [message["name"] for message in messages]


def token_of(web: WebHall, kind: DeviceKind, name: str) -> str:
    return web.accounts.devices.enrol(kind, name)


def all_keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {key for inner in value.values() for key in all_keys(inner)}
    return {key for inner in value for key in all_keys(inner)} if isinstance(value, list) else set()


def test_a_screen_is_greeted_with_its_place_in_the_log_and_the_halls_time(web: WebHall, listen: Listen):
    web.a_visitor_takes_a_number()

    (hello,) = heard(listen({"audience": "display", "token": token_of(web, DeviceKind.DISPLAY, "D1")}), "hello")

    assert (hello["day"], hello["seq"]) == ("2026-11-23", 1)
    assert hello["clock"]["now"] == web.clock.now().isoformat()
    assert hello["boot"] == web.context.feed.boot


def test_staff_hear_everything_that_happens(web: WebHall, listen: Listen):
    guide = web.signed_in("guide")
    screen = listen({"audience": "staff"}, guide)
    number = web.a_visitor_takes_a_number(printer="K1")
    web.an_officer_calls(web.officer())
    web.kiosk().post("/help", {"question": "哪里？"})

    messages = heard(screen)

    assert names(messages) == ["ticket_issued", "desk_opened", "ticket_called", "help_asked"]
    assert [message["seq"] for message in messages] == [1, 2, 3, 4]
    assert messages[0]["service"] == "TQ04"
    assert messages[2]["after"]["ticket"]["stage"] == "called"
    assert messages[2]["after"]["desk"]["ticket"] == number
    assert messages[3]["after"]["help"][0]["question"] == "哪里？"


def test_a_mark_reaches_the_supervisor_and_never_those_who_served(web: WebHall, listen: Listen):
    officer, supervisor = web.officer(), web.signed_in("supervisor")
    screens = [listen({"audience": "staff"}, someone) for someone in (officer, supervisor)]
    number = web.a_visitor_takes_a_number()
    web.an_officer_calls(officer)
    for step in ("start", "end"):
        officer.post(f"/tickets/{number}/{step}")
    web.hall.handle(c.GiveFeedback(id="mark", actor="visitor", ticket=number, level=1))

    told = [[message for message in heard(screen) if message["name"] == "feedback_given"] for screen in screens]
    read = [names(someone.get("/events?after=0").json["events"]) for someone in (officer, supervisor)]
    assert (told[0], [message["level"] for message in told[1]]) == ([], [1])
    assert ["feedback_given" in seen for seen in read] == [False, True]
    assert "feedback" not in all_keys(officer.get("/floor").json)


def test_a_display_hears_calls_and_nothing_about_the_person(web: WebHall, listen: Listen):
    screen = listen({"audience": "display", "token": token_of(web, DeviceKind.DISPLAY, "D1")})
    number = web.a_visitor_takes_a_number(printer="K1")
    officer = web.officer()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{number}/start")
    officer.post(f"/tickets/{number}/park", {"reason": "forgot the card"})
    web.kiosk().post("/help", {"question": "哪里？"})

    messages = heard(screen)

    assert names(messages) == ["ticket_issued", "desk_opened", "ticket_called", "service_started", "ticket_parked"]
    assert messages[2]["after"]["ticket"] == {
        "ticket": number,
        "zone": "special",
        "stage": "called",
        "counter": "3",
        "calls": 1,
        "called_at": web.clock.now().isoformat(),
        "care": False,
    }
    assert not all_keys(messages) & set(SECRET_OF_THE_VISITOR)


def test_a_visitor_hears_of_the_own_ticket_only(web: WebHall, listen: Listen):
    mine = web.kiosk().post("/tickets", {"service": "TQ04"}).json
    phone = listen({"audience": "visitor", "link": mine["link"].rsplit("/", 1)[1]})
    web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())

    messages = heard(phone)

    assert names(messages) == ["ticket_called"]
    assert (messages[0]["ticket"], messages[0]["counter"]) == (mine["ticket"], "3")


def test_a_kiosk_hears_of_its_own_papers_only(web: WebHall, listen: Listen):
    here = listen({"audience": "kiosk", "token": token_of(web, DeviceKind.KIOSK, "K2")})
    web.kiosk("K1").post("/tickets", {"service": "TQ04", "printer": "K1"})
    agent = web.device(DeviceKind.PRINTER, "K1")
    (job,) = agent.get("/print-jobs?printer=K1").json["jobs"]
    there = listen({"audience": "kiosk", "token": token_of(web, DeviceKind.KIOSK, "K1")})
    agent.post(f"/print-jobs/{job['job']}", {"state": "printed"})

    web.kiosk("K1").post("/services/TQ04/list", {"printer": "K1"})
    (without_number,) = agent.get("/print-jobs?printer=K1").json["jobs"]
    agent.post(f"/print-jobs/{quote(without_number['job'])}", {"state": "printed"})

    assert names(heard(here)) == ["ticket_issued"]
    assert [(one["name"], one["ticket"]) for one in heard(there)] == [
        ("paper_printed", job["ticket"]["ticket"]),
        ("paper_printed", "+L1"),
    ]


def test_a_phone_that_asked_for_help_hears_that_somebody_comes_and_no_kiosk_does(web: WebHall, listen: Listen):
    mine = web.kiosk().post("/tickets", {"service": "TQ04"}).json
    kiosk = listen({"audience": "kiosk", "token": token_of(web, DeviceKind.KIOSK, "K1")})
    phone = listen({"audience": "visitor", "link": mine["link"].rsplit("/", 1)[1]})
    web.hall.handle(c.AskForHelp(id="h1", actor="visitor", place=mine["ticket"], ticket=mine["ticket"]))
    web.signed_in("guide").post(f"/help/{mine['ticket']}/answer")

    assert names(heard(phone)) == ["help_asked", "help_answered"]
    assert heard(kiosk) == []


def test_a_printer_is_told_that_there_is_a_job(web: WebHall, listen: Listen):
    printer = listen({"audience": "printer", "token": token_of(web, DeviceKind.PRINTER, "K1")})
    other = listen({"audience": "printer", "token": token_of(web, DeviceKind.PRINTER, "K9")})
    web.a_visitor_takes_a_number(printer="K1")

    assert heard(printer, "print_job") == [{"printer": "K1"}]
    assert heard(other, "print_job") == []


@pytest.mark.parametrize(
    "auth",
    [
        {},
        {"audience": "staff"},
        {"audience": "display", "token": "wrong"},
        {"audience": "visitor", "link": "1123-T0001-AAAAAAAAAAAAAAAAAAAA"},
        {"audience": "everybody"},
        "not a dictionary",
    ],
    ids=repr,
)
def test_a_stranger_hears_nothing(web: WebHall, listen: Listen, auth: Any):
    assert not listen(auth).is_connected("/feed")


def test_a_display_token_does_not_open_the_staff_feed(web: WebHall, listen: Listen):
    assert not listen({"audience": "kiosk", "token": token_of(web, DeviceKind.DISPLAY, "D1")}).is_connected("/feed")


def test_a_screen_that_was_away_hears_what_it_missed_in_order(web: WebHall, listen: Listen):
    web.a_visitor_takes_a_number()
    web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())

    token = token_of(web, DeviceKind.DISPLAY, "D1")
    screen = listen({"audience": "display", "token": token, "day": "2026-11-23", "last_seq": 1})

    assert [message["seq"] for message in heard(screen)] == [2, 3, 4]


def test_since_gives_the_rest_or_says_that_the_day_is_another(web: WebHall, listen: Listen):
    screen = listen({"audience": "display", "token": token_of(web, DeviceKind.DISPLAY, "D1")})
    web.a_visitor_takes_a_number()

    def since(asked: Any) -> Any:
        return screen.emit("since", asked, namespace="/feed", callback=True)

    rest = since({"day": "2026-11-23", "seq": 0})

    assert (names(rest["events"]), rest["seq"]) == (["ticket_issued"], 1)
    assert since({"day": "2026-11-22", "seq": 0}) == {"reload": True}
    assert since({"day": "2026-11-23", "seq": 99}) == {"reload": True}
    assert since("nonsense") == {"reload": True}


def test_waits_are_told_once_for_a_change_to_each_kind_of_listener(web: WebHall, listen: Listen):
    mine = web.kiosk().post("/tickets", {"service": "TQ04"}).json
    staff = listen({"audience": "staff"}, web.signed_in("guide"))
    display = listen({"audience": "display", "token": token_of(web, DeviceKind.DISPLAY, "D1")})
    phone = listen({"audience": "visitor", "link": mine["link"].rsplit("/", 1)[1]})

    web.context.feed.tell_waits()
    web.context.feed.tell_waits()

    (to_staff,) = heard(staff, "waits")
    (to_display,) = heard(display, "waits")
    (to_phone,) = heard(phone, "waits")
    assert to_staff["queues"]["special"] == [mine["ticket"]]
    assert to_staff["waits"][mine["ticket"]]["ahead"] == 0
    assert set(to_display) == {"seq", "zones", "next", "error_minutes", "error_of"}
    assert (to_phone["ahead"], to_phone["stage"]) == (0, "waiting")


def test_everybody_hears_that_the_clock_runs_faster(web: WebHall, listen: Listen):
    display = listen({"audience": "display", "token": token_of(web, DeviceKind.DISPLAY, "D1")})
    display.get_received("/feed")
    web.signed_in("guide").post("/demo", {"running": True, "speed": 10})

    received = {message["name"]: message["args"][0] for message in display.get_received("/feed")}

    assert received["clock"]["rate"] == 10
    assert received["simulation"] == {"running": True, "speed": 10}


def test_staff_hear_when_a_printer_fails(web: WebHall, listen: Listen):
    guide = listen({"audience": "staff"}, web.signed_in("guide"))
    web.a_visitor_takes_a_number(printer="K1")
    agent = web.device(DeviceKind.PRINTER, "K1")
    (job,) = agent.get("/print-jobs?printer=K1").json["jobs"]
    agent.post(f"/print-jobs/{job['job']}", {"state": "failed", "problem": "unreachable"})

    (printers,) = heard(guide, "printers")

    assert (printers[0]["printer"], printers[0]["state"]) == ("K1", "failing")


def test_the_events_read_by_rest_are_those_of_the_feed(web: WebHall, listen: Listen):
    guide = web.signed_in("guide")
    screen = listen({"audience": "staff"}, guide)
    web.a_visitor_takes_a_number()
    web.an_officer_calls(web.officer())

    by_rest = guide.get("/events?after=0").json["events"]

    for one, other in zip(by_rest, heard(screen), strict=True):
        assert {**one, "after": None} == {**other, "after": None}
