"""Text panels above counters: what they say, how Alpha signs are told, and a panel that was unplugged."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from displays.led.alpha import AlphaSign
from displays.led.counters_board import CountersBoard
from displays.led.message import UNKNOWN, CounterState, PanelMessage, message_of
from displays.led.panel import Panel, open_panel
from displays.led.simulator import AlphaSimulator, Shown, decode
from displays.led.wires import open_wire
from tests.e2e.hall_process import wait_until

BOARD = {
    "day": "2026-11-25",
    "seq": 10,
    "desks": [{"counter": "3", "paused": False}, {"counter": "4", "paused": True}],
    "calls": [{"counter": "3", "ticket": "T0007"}],
    "serving": [],
}


def after_events(*events):
    board = CountersBoard()
    board.take(BOARD)
    for seq, event in enumerate(events, start=11):
        assert board.apply({"day": "2026-11-25", "seq": seq, **event})
    return board


def ticket_event(name, stage, counter="3", ticket="T0007"):
    return {"name": name, "after": {"ticket": {"ticket": ticket, "stage": stage, "counter": counter}}}


@pytest.mark.parametrize(
    ("counter", "says"),
    [
        (None, PanelMessage(UNKNOWN)),
        (CounterState(), PanelMessage("CLOSED")),
        (CounterState(is_open=True), PanelMessage("WAIT")),
        (CounterState(is_open=True, paused=True), PanelMessage("PAUSED")),
        (CounterState("T0007", "called", is_open=True), PanelMessage("T0007", flash=True)),
        (CounterState("T0007", "serving", is_open=True), PanelMessage("T0007")),
    ],
)
def test_a_panel_says_the_ticket_or_how_the_counter_is_or_that_it_does_not_know(counter, says):
    assert message_of(counter) == says


def test_a_call_flashes_until_the_visitor_has_come_and_then_the_number_goes():
    assert message_of(after_events().counter("3")) == PanelMessage("T0007", flash=True)

    came = after_events(ticket_event("service_started", "serving"))
    assert message_of(came.counter("3")) == PanelMessage("T0007")

    gone = after_events(ticket_event("service_ended", "served"))
    assert message_of(gone.counter("3")) == PanelMessage("WAIT")


def test_a_ticket_called_to_another_counter_leaves_the_first_panel():
    moved = after_events(ticket_event("ticket_called", "called", counter="4"))

    assert message_of(moved.counter("3")) == PanelMessage("WAIT")
    assert message_of(moved.counter("4")) == PanelMessage("T0007", flash=True)


def test_desks_that_pause_resume_and_close_are_told_and_an_event_heard_twice_changes_nothing():
    board = after_events(
        ticket_event("ticket_missed", "missed"),
        {"name": "desk_paused", "counter": "3"},
        {"name": "desk_resumed", "counter": "4"},
    )
    assert [message_of(board.counter(one)).text for one in ("3", "4")] == ["PAUSED", "WAIT"]

    assert board.apply({"day": "2026-11-25", "seq": 13, "name": "desk_closed", "counter": "4"})  # 13 was heard
    assert message_of(board.counter("4")).text == "WAIT"


def test_while_an_emergency_hangs_no_panel_draws_anybody_to_its_counter():
    danger, word = {"notice": "1", "emergency": True}, {"notice": "2", "emergency": False}
    up = {"name": "notice_put_up", "after": {"notices": [danger, word]}}
    down = {"name": "notice_taken_down", "after": {"notices": [word]}}

    assert after_events(up).is_danger
    assert not after_events(up, down).is_danger
    assert message_of(CounterState("A0001", "called"), is_danger=True) == PanelMessage("ALERT", flash=True)
    assert message_of(None, is_danger=True).text == "--"


def test_an_event_of_another_day_asks_for_the_board_anew():
    assert after_events().apply({"day": "2026-11-26", "seq": 1, "name": "day_opened"}) is False


def test_a_packet_is_byte_for_byte_what_the_document_asks_for():
    body = b"\x02A0\x1b bT0023\x03"
    checksum = f"{sum(body):04X}".encode()

    assert AlphaSign("01").frame(PanelMessage("T0023")) == b"\0\0\0\0\0\x01Z01" + body + checksum + b"\x04"


@given(st.text(max_size=40), st.booleans(), st.integers(0, 255))
def test_whatever_the_text_the_sign_shows_it_or_question_marks_and_no_packet_ends_early(text, flash, sign):
    frame = AlphaSign(f"{sign:02X}").frame(PanelMessage(text, flash))

    shown, rest = decode(b"noise" + frame)

    assert shown == [Shown(f"{sign:02X}", re.sub("[^ -~]", "?", text), "flash" if flash else "hold")]
    assert rest == b""


@given(st.integers(0, 30), st.integers(1, 255))
def test_a_packet_hurt_on_the_line_shows_nothing_wrong(place, change):
    frame = bytearray(AlphaSign().frame(PanelMessage("T0023")))
    frame[place % len(frame)] ^= change

    assert all(one.text == "T0023" for one in decode(bytes(frame))[0])


def test_a_packet_in_pieces_is_waited_for():
    frame = AlphaSign().frame(PanelMessage("T0023"))

    shown, rest = decode(frame[:12])
    assert shown == []
    assert [one.text for one in decode(rest + frame[12:])[0]] == ["T0023"]


@pytest.mark.parametrize(
    ("wrong", "way"),
    [
        ("3", "COUNTER=ADDRESS"),
        ("3=http://panel", "tcp://host:port"),
        ("3=tcp://panel?protocol=beta", "alpha"),
        ("3=tcp://panel?sign=XYZ", "two hex digits"),
        ("3=serial:///dev/ttyS0?baud=12", "9600"),
    ],
)
def test_a_wrong_address_is_refused_at_once_and_says_how_to_write_it(wrong, way):
    with pytest.raises(ValueError, match=way):
        open_panel(wrong)


def test_bytes_go_over_a_real_serial_line():
    ours, theirs = os.openpty()
    wire = open_wire(f"serial://{os.ttyname(theirs)}?bits=8")
    frame = AlphaSign().frame(PanelMessage("T0023"))

    wire.send(frame)

    arrived = b""
    while len(arrived) < len(frame):
        arrived += os.read(ours, 100)
    assert decode(arrived)[0] == [Shown("00", "T0023", "hold")]
    wire.close()
    os.close(ours)
    os.close(theirs)


def test_an_unplugged_panel_is_told_of_once_comes_back_by_itself_and_shows_the_newest_number(caplog):
    caplog.set_level("INFO")
    simulator = AlphaSimulator()
    simulator.plug()
    panel = Panel("3", open_wire(f"tcp://127.0.0.1:{simulator.port}"), AlphaSign(), again_every_seconds=0.1)
    panel.start()
    panel.show(PanelMessage("T0001", flash=True))
    wait_until(lambda: Shown("00", "T0001", "flash") in simulator.shown)

    simulator.unplug()
    wait_until(lambda: not panel.is_reached)
    panel.show(PanelMessage("T0002", flash=True))
    panel.show(PanelMessage("T0003", flash=True))
    simulator.plug()
    wait_until(lambda: Shown("00", "T0003", "flash") in simulator.shown)

    panel.stop()
    wait_until(lambda: simulator.shown[-1].text == UNKNOWN)
    simulator.unplug()
    actions = [record.action for record in caplog.records if hasattr(record, "action")]
    assert actions == ["led_unreachable", "led_back"]
    assert "T0002" not in {one.text for one in simulator.shown}
