"""What was made quick says the same as what was slow, and lets nobody in who is out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from uuid import UUID

import pytest
from flask.json.provider import DefaultJSONProvider

from queue_server.accounts import DeviceKind
from queue_server.web.json_answers import JsonAnswers
from queue_server.web.security import BROWSER_COOKIE, SESSION_COOKIE, Who
from tests.web.web_hall import PEOPLE, WebHall


class Colour(StrEnum):
    RED = "red"


@dataclass
class Point:
    x: int
    label: str


@pytest.mark.parametrize(
    "thing",
    [
        {"姓名": "䶮𠮷", "empty": None, "yes": True, "half": 0.5, "list": (1, 2)},
        {"z": 1, "a": {"b": []}, 5: "a number as key"},
        {"day": date(2026, 11, 23), "at": datetime(2026, 11, 23, 9, 30, tzinfo=UTC)},
        {"stage": Colour.RED, "point": Point(1, "<b>"), "id": UUID(int=1)},
        ["line\nbreak", '"quoted"', "\u2028"],
    ],
)
def test_an_answer_is_the_same_text_as_flask_itself_would_write(web: WebHall, thing: object):
    slow = DefaultJSONProvider(web.app)
    slow.sort_keys, slow.ensure_ascii = False, False

    with web.app.test_request_context():
        assert JsonAnswers(web.app).response(thing).data == slow.response(thing).data


def test_a_kiosk_is_given_no_cookie_and_its_answer_depends_on_none(web: WebHall):
    answer = web.kiosk().post("/tickets", {"service": "TQ04"})

    assert answer.status_code == 201
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers


def test_a_browser_keeps_its_own_cookie_and_a_forged_one_counts_as_none(web: WebHall):
    caller = web.stranger()
    page = caller.client.get("/sign-in", buffered=True)  # it holds a CSRF token, whose secret the cookie keeps
    cookie = caller.client.get_cookie(BROWSER_COOKIE)
    assert page.status_code == 200
    assert cookie is not None

    caller.client.set_cookie(BROWSER_COOKIE, cookie.value[:-2] + "xx")
    again = caller.client.get("/sign-in", buffered=True)
    assert again.status_code == 200
    assert BROWSER_COOKIE in again.headers["Set-Cookie"]


def test_a_header_that_a_page_sets_itself_is_not_set_twice(web: WebHall):
    answer = web.stranger().get("/common/feed.js")

    assert answer.status_code == 200
    assert answer.headers.getlist("Cache-Control") != ["no-store"]
    assert len(answer.headers.getlist("Cache-Control")) == 1
    assert answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]


# --- nobody is remembered longer than they may be


def test_a_device_that_is_shut_out_is_refused_at_its_next_request(web: WebHall):
    kiosk = web.kiosk("K1")
    assert kiosk.post("/tickets", {"service": "TQ04"}).status_code == 201

    web.accounts.devices.shut_out(DeviceKind.KIOSK, "K1")

    refused = kiosk.post("/tickets", {"service": "TQ04", "again": True})
    assert refused.status_code == 401
    assert web.names() == ["TicketIssued"]


def test_a_device_enrolled_anew_is_let_in_with_its_new_token_only(web: WebHall):
    before = web.kiosk("K1")
    after = web.kiosk("K1")

    assert before.post("/tickets", {"service": "TQ04"}).status_code == 401
    assert after.post("/tickets", {"service": "TQ04"}).status_code == 201


def test_somebody_who_signs_out_is_out_at_their_next_request(web: WebHall):
    officer = web.officer()
    assert officer.post("/counters/3/open").status_code == 200
    token = officer.client.get_cookie(SESSION_COOKIE)
    assert token is not None

    officer.delete("/session")
    officer.client.set_cookie(SESSION_COOKIE, token.value)

    assert officer.post("/counters/3/pause", {"reason": "lunch"}).status_code == 401


def test_somebody_who_no_longer_works_here_is_out_at_once(web: WebHall):
    officer = web.officer()
    assert officer.post("/counters/3/open").status_code == 200

    staying = [Colleague(person, "x", role, None) for role, person in PEOPLE.items() if role != "officer"]
    web.accounts.set_people(staying)

    assert officer.post("/counters/3/pause", {"reason": "lunch"}).status_code == 401


@dataclass(frozen=True)
class Colleague:
    id: str
    name: str
    role: str
    counter: str | None
    also: tuple[str, ...] = ()


def test_who_asks_is_found_anew_for_every_request(web: WebHall):
    kiosk, guide = web.kiosk(), web.signed_in("guide")

    assert kiosk.post("/tickets", {"service": "TQ04"}).status_code == 201
    assert guide.post("/tickets", {"service": "TQ04"}).status_code == 201
    actors = [recorded.event.actor for recorded in web.hall.events()]
    assert actors == ["kiosk:K1", Who("guide", PEOPLE["guide"], "").actor]
