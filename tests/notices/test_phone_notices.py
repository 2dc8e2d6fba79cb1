"""Visitors are told outside the page: by real HTTP, to a gateway that checks signatures, to a browser that decrypts."""

from __future__ import annotations

import base64
import hmac
import json
import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from queue_server.notices.delivery import Outcome, deliver, outcome_of
from queue_server.notices.push import PushNotices
from queue_server.notices.webhook import Webhook
from queue_server.stores.visitor_contacts import Contact, VisitorContacts, mobile_number
from tests.notices.gateway import Gateway, gateway
from tests.pages.visitor_hall import VisitorHall
from tests.web.web_hall import prepare_accounts

SECRET = "shared with the gateway"
NUMBER = "13800138000"


class Browser:
    """What a phone's browser keeps of its subscription; it alone can read what comes."""

    def __init__(self, endpoint: str) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = b"0123456789abcdef"
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = {"endpoint": endpoint, "keys": {"p256dh": text_of(point), "auth": text_of(self.secret)}}

    def read(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


def text_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare_accounts(tmp_path_factory.mktemp("accounts"))


@pytest.fixture
def web(prepared: Path, tmp_path: Path) -> Iterator[VisitorHall]:
    hall = VisitorHall(prepared, tmp_path)
    hall.pauses = []
    yield hall
    hall.close()


def tells_by_webhook(web: VisitorHall, to: Gateway) -> None:
    web.context.notifier.webhook = Webhook(f"{to.address}/sms", SECRET, now=lambda: 1_764_000_000)


def tells_by_push(web: VisitorHall, to: Gateway) -> None:
    web.context.notifier.push = PushNotices(b"\x07" * 32, [to.address], "mailto:hall@example.org")


def look(web: VisitorHall) -> None:
    """As the background task does each second; a pause is noted and costs no time."""
    web.context.notifier.look(lambda send, sleep: send(sleep), web.pauses.append)


# --- the webhook


def test_a_call_reaches_the_gateway_signed_with_number_counter_words_and_link(web):
    with gateway() as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        phone.send("phone", phone="+86 138-0013-8000")
        web.an_officer_calls(web.officer())
        look(web)
        look(web)

    ((headers, body),) = sms.heard  # told once
    told = json.loads(body)
    seconds, proof = (part.partition("=")[2] for part in headers["x-xinting-signature"].split(","))
    assert proof == hmac.new(SECRET.encode(), f"{seconds}.".encode() + body, "sha256").hexdigest()
    assert (told["kind"], told["ticket"], told["counter"], told["phone"]) == ("called", phone.number, "3", NUMBER)
    assert "请到 3 号窗口" in told["text"]
    assert told["link"].endswith(phone.path)


def test_three_ahead_is_told_once_and_each_recall_again(web):
    with gateway() as sms:
        tells_by_webhook(web, sms)
        officer = web.officer()
        officer.post("/counters/3/open")
        phone = web.visitor()
        phone.send("phone", phone=NUMBER)
        look(web)
        look(web)
        web.an_officer_calls(officer)
        look(web)
        web.clock.forward(minutes=1)
        officer.post(f"/tickets/{phone.number}/recall")
        look(web)

    told = [json.loads(body) for _, body in sms.heard]
    assert [(one["kind"], one["attempt"]) for one in told] == [("near", 0), ("called", 1), ("called", 2)]
    assert len({one["id"] for one in told}) == 3


def test_a_gateway_that_is_away_is_asked_again_with_growing_pauses_and_the_same_id(web):
    with gateway(503, 500, 429) as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        phone.send("phone", phone=NUMBER)
        web.an_officer_calls(web.officer())
        look(web)

    assert len({body for _, body in sms.heard}) == 1
    assert len(sms.heard) == 4
    assert web.pauses == [1.0, 4.0, 10.0]


def test_a_call_that_is_over_is_not_told_late(web):
    with gateway(503) as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        phone.send("phone", phone=NUMBER)
        officer = web.officer()
        web.an_officer_calls(officer)

        def comes_meanwhile(_: float) -> None:
            officer.post(f"/tickets/{phone.number}/start")

        web.context.notifier.look(lambda send, sleep: send(sleep), comes_meanwhile)

    assert len(sms.heard) == 1


def test_a_redirect_is_not_followed_with_the_number_in_hand(web):
    with gateway(302) as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        phone.send("phone", phone=NUMBER)
        web.an_officer_calls(web.officer())
        look(web)

    assert len(sms.heard) == 1


def test_without_a_number_the_gateway_hears_nothing_unless_the_centre_wants_all(web):
    with gateway() as sms:
        tells_by_webhook(web, sms)
        web.visitor()
        web.an_officer_calls(web.officer())
        look(web)
        assert sms.heard == []
        web.context.notifier._tells_everybody = True
        look(web)

    assert [json.loads(body)["phone"] for _, body in sms.heard] == [None]


# --- web push


def test_the_browser_decrypts_its_notice_and_the_service_knows_the_hall_by_its_key(web):
    with gateway() as service:
        tells_by_push(web, service)
        phone, browser = web.visitor(language="en"), Browser(f"{service.address}/send/abc")
        assert phone.client.post(f"{phone.path}/push", json=browser.subscription).status_code == 201
        key = phone.get("/push-key").json["key"]
        web.an_officer_calls(web.officer())
        look(web)

    ((headers, body),) = service.heard
    notice = browser.read(body)
    assert notice["title"] == "You are called: counter 3"
    assert notice["url"].endswith(phone.path)
    assert headers["content-encoding"] == "aes128gcm"
    assert f"k={key}" in headers["authorization"].replace(" ", "")
    assert Vapid02.verify(headers["authorization"])


def test_a_subscription_that_is_gone_is_forgotten(web):
    with gateway(410) as service:
        tells_by_push(web, service)
        phone = web.visitor()
        phone.client.post(f"{phone.path}/push", json=Browser(f"{service.address}/a").subscription)
        web.an_officer_calls(web.officer())
        look(web)

    assert web.context.visitor_contacts.of_day(web.hall.events()[0].day) == {}


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://127.0.0.1:9/x",
        "https://169.254.169.254/latest",
        "https://fcm.googleapis.com.evil.example/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://user:x@fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://[",
        "",
        None,
    ],
)
def test_no_visitor_can_make_the_server_call_another_address(web, endpoint):
    phone = web.visitor()
    subscription = Browser("").subscription | {"endpoint": endpoint}

    assert phone.client.post(f"{phone.path}/push", json=subscription).status_code == 422
    assert web.context.visitor_contacts.of_day(web.hall.events()[0].day) == {}


@pytest.mark.parametrize(
    "spoilt", [None, [], {}, {"endpoint": "https://fcm.googleapis.com/x", "keys": {"p256dh": "AAAA", "auth": "!"}}]
)
def test_half_a_subscription_is_refused_in_words(web, spoilt):
    phone = web.visitor()

    assert phone.client.post(f"{phone.path}/push", json=spoilt).status_code == 422


# --- the number, and that it is forgotten


@pytest.mark.parametrize(
    "written",
    [NUMBER, "１３８００１３８０００", "138 0013 8000", "+86-138-0013-8000", "008613800138000", "8613800138000"],
)
def test_a_number_is_understood_however_it_is_written(written):
    assert mobile_number(written) == NUMBER


@pytest.mark.parametrize(
    "written", ["", "1380013800", "12800138000", "138001380001", "abc", "+1 212 555 0100", "١٣٨٠٠١٣٨٠٠٠x", "😀"]
)
def test_what_is_no_number_is_refused_in_words_and_not_kept(web, written):
    with gateway() as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        answer = phone.send("phone", phone=written)

        assert "没有看懂这个手机号" in phone.client.get(answer.location).get_data(as_text=True)
        assert web.context.visitor_contacts.of_day(web.hall.events()[0].day) == {}


def test_a_hall_without_a_gateway_asks_for_no_number_and_takes_none(web):
    phone = web.visitor()

    assert 'name="phone"' not in phone.text()
    assert phone.send("phone", phone=NUMBER).status_code == 404


def test_the_page_shows_only_the_end_of_the_number_and_it_can_be_deleted_at_once(web):
    with gateway() as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        phone.send("phone", phone=NUMBER)
        text = phone.text()
        assert "尾号 8000" in text
        assert NUMBER not in text
        phone.send("forget")

        assert "尾号" not in phone.text()


def test_numbers_stand_in_no_event_and_in_no_log(web, caplog):
    caplog.set_level(logging.DEBUG)
    with gateway(400) as sms:
        tells_by_webhook(web, sms)
        phone = web.visitor()
        phone.send("phone", phone=NUMBER)
        web.an_officer_calls(web.officer())
        look(web)

    assert NUMBER not in caplog.text
    assert NUMBER not in repr(web.hall.events())
    assert "notice_not_delivered" in [record.__dict__.get("action") for record in caplog.records]


def test_a_day_after_the_hall_day_everything_is_gone_from_the_file_too(tmp_path):
    contacts = VisitorContacts(tmp_path / "private.sqlite")
    day = date(2026, 11, 23)
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    contacts.keep_phone(day, "T0001", NUMBER, at)
    contacts.claim(day, "T0001", "called:x")

    assert contacts.forget_old(day + timedelta(days=1)) == 0  # the day ended at midnight; 24 hours are not over
    assert contacts.of(day, "T0001") == [Contact("T0001", "phone", NUMBER)]
    assert contacts.forget_old(day + timedelta(days=2)) == 1
    assert contacts.claim(day, "T0001", "called:x")
    contacts.close()
    assert all(NUMBER.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_two_processes_tell_a_thing_once(tmp_path):
    one, other = (VisitorContacts(tmp_path / "private.sqlite") for _ in range(2))
    claims = [keeper.claim(date(2026, 11, 23), "T0001", "near:0") for keeper in (one, other, one)]
    one.close()
    other.close()

    assert claims == [True, False, False]


# --- patience


def test_statuses_mean_what_they_say():
    assert [outcome_of(status) for status in (200, 410, 429, 503, 400, 302)] == [
        *(Outcome.ARRIVED, Outcome.GONE, Outcome.AGAIN, Outcome.AGAIN, Outcome.REFUSED, Outcome.REFUSED)
    ]


def test_after_five_tries_it_is_given_up_and_said_once(caplog):
    pauses: list[float] = []

    assert deliver("x", lambda: Outcome.AGAIN, lambda: True, pauses.append) is Outcome.AGAIN
    assert pauses == [1.0, 4.0, 10.0, 30.0]
    assert len(caplog.records) == 1


def test_a_gateway_that_nobody_answers_at_is_tried_again():
    assert Webhook("http://127.0.0.1:9/sms", SECRET).send({}) is Outcome.AGAIN
