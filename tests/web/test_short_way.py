"""The short way to a number tells what the endpoint tells, and leaves to it all that is not plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import request_started
from werkzeug.test import TestResponse

from queue_server.accounts import DeviceKind
from queue_server.stores.base import StorageTrouble
from queue_server.stores.memory import MemoryLog
from queue_server.web.security import DEVICE_COOKIE
from tests.web.web_hall import Caller, WebHall

PLAIN, THROUGH_FLASK = "application/json", "application/json; charset=utf-8"
PRESS = {"Idempotency-Key": "one-press"}


@pytest.fixture
def through_flask(web: WebHall) -> Iterator[list[str]]:
    """The endpoints that Flask has served."""
    served: list[str] = []

    def note(app: Any, **_: Any) -> None:
        served.append("request")

    with request_started.connected_to(note, web.app):
        yield served


def ask(caller: Caller, content_type: str, body: str = '{"service": "TQ04"}', **headers: str) -> TestResponse:
    sent = {**caller.headers, **PRESS, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return caller.client.post("/api/v1/tickets", data=body, content_type=content_type, headers=sent)


def test_both_ways_give_the_same_number_the_same_answer_and_the_same_headers(web: WebHall, through_flask: list[str]):
    kiosk = web.kiosk()

    quick = ask(kiosk, PLAIN, '{"service": "TQ04", "way": "coaching", "language": "en"}')
    assert through_flask == []
    slow = ask(kiosk, THROUGH_FLASK, '{"service": "TQ04", "way": "coaching", "language": "en"}')
    assert through_flask == ["request"]

    assert quick.status == slow.status == "201 CREATED"
    assert quick.data == slow.data
    assert sorted(quick.headers) == sorted(slow.headers)
    assert web.names() == ["TicketIssued"]


def test_a_kiosks_browser_takes_the_short_way_once_flask_has_checked_its_token(web: WebHall, through_flask: list[str]):
    token = web.accounts.devices.enrol(DeviceKind.KIOSK, "K1")
    browser = web.stranger()
    browser.client.set_cookie(f"{DEVICE_COOKIE}kiosk", token)
    page = browser.client.get("/sign-in", buffered=True).text
    csrf = page.partition('name="csrf-token" content="')[2].partition('"')[0]
    assert csrf
    browser.headers = {"X-Xinting-Device": "kiosk", "X-CSRF-Token": csrf}
    through_flask.clear()

    answers = [ask(browser, PLAIN, Idempotency_Key=f"press-{n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [201] * 3
    assert through_flask == ["request"]  # the first one only

    forged = ask(Caller(browser.client, {**browser.headers, "X-CSRF-Token": csrf[:-2] + "xx"}), PLAIN)
    assert (forged.status_code, forged.json["code"]) == (403, "csrf")
    web.accounts.devices.shut_out(DeviceKind.KIOSK, "K1")
    assert ask(browser, PLAIN, Idempotency_Key="press-3").status_code == 401
    assert web.names() == ["TicketIssued"] * 3


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('{"service": "nothing"}', "unknown_service"),
        ('{"service": "TQ04", "printer": "nowhere"}', "unknown_printer"),
        ('{"service": "TQ04", "people": 0}', "fields_wrong"),
        ('{"service": "TQ04", "servise": "TQ04"}', "fields_wrong"),
        ('["TQ04"]', "malformed"),
        ('{"service": ', "malformed"),
        ("", "fields_wrong"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_no_is_the_same_either_way(web: WebHall, body: str, code: str, language: str):
    kiosk = web.kiosk()

    quick, slow = (ask(kiosk, way, body, X_Xinting_Language=language) for way in (PLAIN, THROUGH_FLASK))

    assert quick.json["code"] == code
    assert (quick.status, quick.data) == (slow.status, slow.data)
    assert web.names() == []


def test_a_strange_key_is_refused_either_way(web: WebHall):
    quick, slow = (ask(web.kiosk(), way, Idempotency_Key="with spaces") for way in (PLAIN, THROUGH_FLASK))

    assert (quick.status_code, quick.data) == (422, slow.data)


def test_who_may_not_is_refused_and_who_is_unknown_too(web: WebHall):
    display = web.device(DeviceKind.DISPLAY, "D1")
    assert ask(display, PLAIN).status_code == 403
    assert ask(Caller(web.app.test_client(), {"Authorization": "Bearer nobody"}), PLAIN).status_code == 401
    assert ask(web.stranger(), PLAIN).status_code == 401
    assert web.names() == []


def test_a_kiosk_that_asks_too_often_uses_up_one_limit_by_both_ways(web: WebHall):
    web.context.limits = replace(web.context.limits, kiosk_tickets=2)
    kiosk = web.kiosk()
    ways = enumerate((PLAIN, THROUGH_FLASK, PLAIN))

    statuses = [ask(kiosk, way, Idempotency_Key=f"press-{n}").status_code for n, way in ways]

    assert statuses == [201, 201, 429]


def test_a_full_disk_is_told_like_everywhere(web: WebHall, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise StorageTrouble("The disk is full.", "Free some space.")

    kiosk = web.kiosk()
    monkeypatch.setattr(MemoryLog, "append", full)

    answer = ask(kiosk, PLAIN)

    assert (answer.status_code, answer.json["code"]) == (503, "storage_trouble")
    assert answer.headers["Retry-After"] == "5"
