"""What a kiosk's card reader says: to that kiosk's screen alone, for two minutes, for one number."""

from __future__ import annotations

from typing import Any

import pytest
from itsdangerous import TimestampSigner

from queue_server.accounts import DeviceKind
from queue_server.web.card_marks import FRESH_SECONDS
from tests.web.web_hall import Caller, WebHall

OLDER = {"reader": "ready", "simulated": True, "age": 60, "seen": "older"}


class Kiosk:
    """A kiosk's own program, and its screen."""

    def __init__(self, web: WebHall, name: str) -> None:
        token = web.accounts.devices.enrol(DeviceKind.KIOSK, name)
        self.caller = Caller(web.app.test_client(), {"Authorization": f"Bearer {token}"})
        auth = {"audience": "kiosk", "token": token}
        self.screen = web.socketio.test_client(web.app, namespace="/feed", auth=auth)

    def says(self, said: dict[str, Any]) -> None:
        answer = self.caller.post("/card-reader", said)
        assert (answer.status_code, answer.json) == (200, {})

    def hears(self) -> list[dict[str, Any]]:
        told = self.screen.get_received("/feed")
        return [message["args"][0] for message in told if message["name"] == "card_reader"]

    def mark(self) -> str:
        self.says(OLDER)
        mark: str = self.hears()[-1]["mark"]
        return mark

    def takes(self, mark: str, key: str, **more: str) -> dict[str, Any]:
        answer = self.caller.post("/tickets", {"service": "TQ04", "card_mark": mark, **more}, Idempotency_Key=key)
        assert answer.status_code == 201, answer.json
        ticket: dict[str, Any] = answer.json
        return ticket


@pytest.fixture
def kiosk(web: WebHall) -> Kiosk:
    return Kiosk(web, "K1")


def test_only_the_kiosks_own_screen_hears_of_the_card(web: WebHall, kiosk: Kiosk):
    other = Kiosk(web, "K2")
    kiosk.says(OLDER)
    kiosk.says({"reader": "ready", "simulated": True, "age": 60, "seen": "younger"})
    kiosk.says({"reader": "away", "simulated": True})

    first, second, third = kiosk.hears()
    assert first.pop("mark")
    assert first == {**OLDER, "seconds": FRESH_SECONDS}
    assert second == {"reader": "ready", "simulated": True, "age": 60, "seen": "younger"}
    assert (third["reader"], third["seen"]) == ("away", None)
    assert other.hears() == []
    assert web.names() == []  # nothing of it is an event


def test_the_mark_gives_one_number_precedence_and_asked_again_the_same_number(web: WebHall, kiosk: Kiosk):
    mark = kiosk.mark()

    first = kiosk.takes(mark, "a")
    again = kiosk.takes(mark, "another key")

    assert first["statutory"]
    assert again["ticket"] == first["ticket"]
    assert not kiosk.takes("", "b")["statutory"]  # the next visitor
    assert web.names() == ["TicketIssued", "TicketIssued"]


def test_a_refused_number_leaves_the_mark_unused(kiosk: Kiosk):
    mark = kiosk.mark()
    refused = kiosk.caller.post("/tickets", {"service": "none such", "card_mark": mark})
    assert refused.status_code >= 400

    assert kiosk.takes(mark, "a")["statutory"]


def test_an_old_mark_gives_a_number_in_turn_and_never_a_second_one(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch):
    used, unused = kiosk.mark(), kiosk.mark()
    first = kiosk.takes(used, "a")
    later = TimestampSigner.get_timestamp(TimestampSigner("")) + FRESH_SECONDS + 1
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: later)

    assert kiosk.takes(used, "a")["ticket"] == first["ticket"]  # the answer was lost, the kiosk asks again
    assert not kiosk.takes(unused, "b")["statutory"]


def test_a_mark_of_another_kiosk_or_an_invented_one_gives_nothing(web: WebHall, kiosk: Kiosk):
    mark = kiosk.mark()
    other = Kiosk(web, "K2")
    nonce = mark.split(":")[0]

    for invented in (mark, mark[:-1] + "_", f"{nonce}:K2", "x" * 200):
        assert not other.takes(invented, str(hash(invented)))["statutory"]
    guide = web.signed_in("guide").post("/tickets", {"service": "TQ04", "card_mark": mark})
    assert not guide.json["statutory"]  # staff say `statutory` themselves
    assert not kiosk.takes("", "c", statutory="yes")["statutory"]  # and a kiosk cannot


@pytest.mark.parametrize("extra", [{"name": "张三"}, {"number": "11010519491231002X"}, {"birthday": "1949-12-31"}])
def test_the_server_will_not_even_take_more_of_a_card(kiosk: Kiosk, extra: dict[str, str]):
    answer = kiosk.caller.post("/card-reader", {**OLDER, **extra})

    assert answer.status_code == 422
    assert not any(value in answer.text for value in extra.values())


def test_nobody_but_a_kiosk_has_a_reader(web: WebHall):
    assert web.stranger().post("/card-reader", OLDER).status_code == 401
    assert web.device_display().post("/card-reader", OLDER).status_code == 403
    assert web.signed_in("guide").post("/card-reader", OLDER).status_code == 403
