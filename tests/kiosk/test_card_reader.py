"""The card reader: whoever has come of age is told so, and nothing of any card leaves the reader's own call."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.card.age import NotACard, check_sign, has_reached
from kiosk.card.reader import CardReader, UnknownReader, open_reader
from kiosk.card.seen import ReaderAway, Seen
from kiosk.card.simulated import SimulatedReader
from kiosk.card.teller import CardTeller

TODAY = date(2026, 11, 25)


def number_of(born: date, place: int = 620102, order: int = 123) -> str:
    digits = f"{place:06d}{born:%Y%m%d}{order:03d}"
    return digits + check_sign(digits)


CARDS = st.builds(number_of, st.dates(date(1900, 1, 1), TODAY), st.integers(110000, 659999), st.integers(100, 999))


def test_the_check_sign_is_that_of_the_standard():
    assert check_sign("11010519491231002") == "X"  # the example in GB 11643-1999


def test_sixty_is_reached_on_the_birthday_and_not_a_day_before():
    born = date(1966, 11, 25)

    assert has_reached(60, number_of(born), TODAY)
    assert not has_reached(60, number_of(born), date(2026, 11, 24))
    assert has_reached(60, number_of(date(1964, 2, 29)), date(2024, 2, 29))
    assert not has_reached(61, number_of(date(1964, 2, 29)), date(2025, 2, 28))  # a year older only in March


@pytest.mark.parametrize(
    "laid",
    ["", "hello", "620102196611251234567", "620102196613411235", "6201021966112512３5", number_of(date(2030, 1, 1))],
)
def test_what_is_no_card_is_none(laid: str):
    with pytest.raises(NotACard):
        has_reached(60, laid, TODAY)


@given(CARDS, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_makes_it_unreadable(number: str, place: int, more: int):
    """MOD 11-2 finds every single wrong digit; nobody gets another one's birthday by a scratch on the chip."""
    if number[place] == "X":
        return
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    with pytest.raises(NotACard):
        has_reached(60, wrong, TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def laid(folder: Path, card: str | bytes) -> Seen | None:
    (folder / "card").write_bytes(card.encode() if isinstance(card, str) else card)
    return SimulatedReader(folder, 60, lambda: TODAY).wait_for_card(0)


def test_the_simulated_reader_takes_ages_numbers_and_rubbish(folder: Path):
    assert laid(folder, "72") is Seen.OLDER
    assert laid(folder, "60\n") is Seen.OLDER
    assert laid(folder, "59") is Seen.YOUNGER
    assert laid(folder, number_of(date(1950, 3, 1))) is Seen.OLDER
    assert laid(folder, number_of(date(1990, 3, 1))) is Seen.YOUNGER
    assert laid(folder, "slow") is Seen.SLOW
    assert laid(folder, b"\xff\x00\x81" * 40_000) is Seen.UNREADABLE
    assert SimulatedReader(folder, 60).wait_for_card(0) is None  # each card is told once


def test_an_unplugged_reader_says_so_and_works_again_when_plugged_in(folder: Path):
    reader = SimulatedReader(folder, 60)
    (folder / "unplugged").touch()
    with pytest.raises(ReaderAway):
        reader.wait_for_card(0)
    (folder / "unplugged").unlink()
    assert reader.wait_for_card(0) is None


def test_a_reader_that_no_adapter_is_for_is_refused_by_name():
    with pytest.raises(UnknownReader, match="acme:usb"):
        open_reader("acme:usb", 60)


class Server:
    """Notes what the kiosk's own program sends."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                server.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def last(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.heard[-1])
        return told

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


class Driver:
    """As a maker's library may behave: hands out a card, or fails with the card in its words."""

    is_simulated = False
    precedence_age = 60

    def __init__(self, number: str, fails: bool) -> None:
        self.number, self.fails = number, fails

    def wait_for_card(self, seconds: float) -> Seen | None:
        if self.fails:
            raise RuntimeError(f"SDK fault -7 at card {self.number}")
        return Seen.OLDER if has_reached(60, self.number, TODAY) else Seen.YOUNGER


@settings(max_examples=40, deadline=None)
@given(number=CARDS, fails=st.booleans())
def test_nothing_of_a_card_leaves_the_reader_or_is_logged(number: str, fails: bool, server: Server):
    lines: list[str] = []
    ear = logging.Handler()
    ear.emit = lambda record: lines.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(ear)
    heard = len(server.heard)
    try:
        teller = CardTeller(server.url, "token", Driver(number, fails))
        teller.stop()  # so that a failing driver is not waited for
        teller.watch_once()
        teller.say()
    finally:
        root.removeHandler(ear)

    left = b"\n".join(server.heard[heard:]).decode() + "\n".join(lines)
    assert server.last()["reader"] == ("away" if fails else "ready")
    for secret in (number, number[6:14], number[:6] + number[6:10], number[10:]):
        assert secret not in left


def test_a_driver_that_hangs_counts_as_unplugged(server: Server):
    now = 0.0
    teller = CardTeller(server.url, "token", Driver(number_of(date(1950, 1, 1)), False), lambda: now)
    teller.say()
    assert server.last() == {"reader": "ready", "age": 60, "simulated": False, "seen": None}
    now = 16.0  # and `wait_for_card` has not come back
    teller.say()
    assert server.last()["reader"] == "away"


def test_a_card_told_while_the_server_is_away_is_told_to_nobody_later(server: Server, caplog: pytest.LogCaptureFixture):
    reader: CardReader = Driver(number_of(date(1950, 1, 1)), False)
    teller = CardTeller("http://127.0.0.1:1", "token", reader)
    teller.watch_once()
    teller.watch_once()
    assert caplog.text.count("not heard by the server") == 1

    teller._url = f"{server.url}/api/v1/card-reader"
    heard = len(server.heard)
    teller.say()
    assert [json.loads(each)["seen"] for each in server.heard[heard:]] == [None]
