"""`xinting voice` against a real feed: what is called is said, once, also over reconnections and with a wrong clock."""

import threading
from datetime import timedelta

import pytest

from displays.feed_client import FeedClient
from displays.voice.hall_clock import HallClock
from displays.voice.phrase import Call
from displays.voice.process import VoiceListener, run_voice, what_to_say
from tests.voice.fake_hall import DAY, HALL_NOW, FakeHall, called
from tests.voice.listening import wait_until


class ListeningPlayer:
    def __init__(self):
        self.played = []

    def play(self, announcement, cut):
        self.played.append(announcement.path)
        return True


@pytest.fixture
def hall():
    hall = FakeHall()
    yield hall
    hall.close()


@pytest.fixture
def player():
    return ListeningPlayer()


@pytest.fixture
def voice(hall, player, tmp_path):
    """Starts `xinting voice`; ended after the test, before the hall."""
    stop = threading.Event()
    threads = []

    def start(token="right"):
        thread = threading.Thread(
            target=run_voice,
            args=(hall.url, token, tmp_path / "sounds"),
            kwargs={"player": player, "stop": stop},
        )
        thread.start()
        threads.append(thread)

    yield start
    stop.set()
    if hall.connections:
        hall.cut_the_line()  # hanging up politely would take the client library three seconds
    for thread in threads:
        thread.join()


@pytest.fixture
def path_of(make_sounds):
    """Where the sound of a call is; the voice uses the same folder and the hall's settings."""
    return lambda call: make_sounds(languages=["zh"], repeats=1).announcement(call).path


def test_calls_of_the_feed_are_said_with_the_halls_settings_and_nothing_else_is(hall, voice, player, path_of):
    voice()
    wait_until(lambda: hall.connections)

    hall.tell({"seq": 1, "day": DAY, "name": "ticket_issued", "at": HALL_NOW.isoformat(), "ticket": "T0023"})
    hall.tell(called(2))
    hall.tell(called(4, "T0007", "12", attempt=2))
    hall.tell(called(5, "T0009", care=True))

    wait_until(lambda: len(player.played) == 3)
    expected = [Call("T0023", "3"), Call("T0007", "12", 2), Call("T0009", "3", care=True)]
    assert player.played == [path_of(call) for call in expected]
    assert hall.connections[0][1] == {"token": "right", "audience": "voice"}


def test_what_was_told_first_is_heard_to_its_end_before_what_was_told_next(hall):
    heard = []
    second_is_heard = threading.Event()

    def hear(message):
        if message["seq"] == 1:
            second_is_heard.wait(0.3)  # a slow first one; the second must not be heard meanwhile
        else:
            second_is_heard.set()
        heard.append(message["seq"])

    feed = FeedClient(reconnection=False)
    feed.on("event", hear, namespace="/feed")
    feed.connect(hall.url, transports=["websocket"], namespaces=["/feed"], auth={"token": "right"})
    for seq in range(1, 4):
        hall.tell(called(seq))
    wait_until(lambda: len(heard) == 3)
    assert heard == [1, 2, 3]
    hall.cut_the_line()
    wait_until(lambda: not feed.connected)


def test_after_a_cut_line_the_missed_call_is_said_and_the_repeated_one_is_not(hall, voice, player, path_of):
    voice()
    wait_until(lambda: hall.connections)
    hall.tell(called(1, "T0001"))
    wait_until(lambda: len(player.played) == 1)

    hall.events.append(called(2, "T0002"))  # nobody was there to hear it
    hall.cut_the_line()

    wait_until(lambda: len(hall.connections) == 2)
    wait_until(lambda: len(player.played) == 2)
    hall.tell(called(3, "T0003"))
    wait_until(lambda: len(player.played) == 3)
    assert player.played == [path_of(Call(f"T000{number}", "3")) for number in (1, 2, 3)]
    assert hall.connections[1][1]["last_seq"] == 1


def test_what_was_called_before_the_voice_was_switched_on_is_past(hall, voice, player, path_of):
    hall.events += [called(1, "T0001"), called(2, "T0002", at=HALL_NOW - timedelta(hours=1))]

    voice()
    wait_until(lambda: hall.connections)
    hall.tell(called(3, "T0003"))

    wait_until(lambda: player.played)
    assert player.played == [path_of(Call("T0003", "3"))]


def test_a_message_that_makes_no_sense_does_not_silence_the_next_call(hall, voice, player, caplog):
    voice()
    wait_until(lambda: hall.connections)

    for nonsense in ({}, "text", {**called(1), "seq": "x"}, {**called(1), "at": "noon"}, {**called(1), "after": None}):
        hall.feed.emit("event", nonsense, namespace="/feed")
    hall.tell(called(2, "T0002"))

    wait_until(lambda: len(player.played) == 2)  # that without `after` is a call like any other
    assert "could not be understood" in caplog.text


def test_a_wrong_token_is_logged_with_what_to_check(hall, voice, caplog):
    voice(token="wrong")

    wait_until(lambda: "check address and device token" in caplog.text)


def put_up(speak, text_en="The hall closes at five today."):
    notice = {"notice": "1", "text_zh": "今天五点关门。", "text_en": text_en, "speak": speak, "until": None}
    return {"name": "notice_put_up", "day": DAY, "seq": 8, "at": HALL_NOW.isoformat(), **notice}


def test_a_notice_is_said_aloud_only_where_the_supervisor_wished_it():
    assert what_to_say(put_up(speak=False)) is None
    assert what_to_say(put_up(speak=True)).words == (("zh", "今天五点关门。"), ("en", "The hall closes at five today."))
    assert what_to_say(put_up(speak=True, text_en="")).words == (("zh", "今天五点关门。"),)


def test_an_emergency_is_said_whatever_else_was_wished_and_before_all_else():
    danger = what_to_say({**put_up(speak=False), "emergency": True})

    assert danger.emergency
    assert not what_to_say(put_up(speak=True)).emergency


def test_a_fresh_log_of_the_same_day_begins_its_numbers_again(make_sounds):
    heard = []

    class Announcer:
        def hear(self, day, seq, call, at):
            heard.append((seq, call.ticket))

        def forget(self, day):
            heard.append("forgot")

        def take_up(self):
            pass

    listener = VoiceListener("http://hall.example", make_sounds(), Announcer(), HallClock())
    for hello, message in (({"day": DAY, "seq": 7}, called(8, "T0008")), ({"day": DAY, "seq": 0}, called(1, "S0001"))):
        listener.on_hello(hello)
        listener.on_event(message)

    assert heard == [(8, "T0008"), "forgot", (1, "S0001")]


def test_hall_time_follows_the_server_and_its_speed_not_this_machine():
    seconds = iter([0.0, 100.0, 160.0])
    clock = HallClock(monotonic=lambda: next(seconds))

    clock.set({"now": HALL_NOW.isoformat(), "rate": 10})

    assert clock() == HALL_NOW + timedelta(minutes=10)
