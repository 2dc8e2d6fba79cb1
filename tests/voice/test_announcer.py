"""One loudspeaker: calls in order, one after another, each exactly once, none that is too old."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from displays.voice.announcer import Announcer
from displays.voice.phrase import Call
from displays.voice.players import SilentPlayer, SpeakerPlayer, has_loudspeaker
from displays.voice.sounds import Announcement
from tests.voice.listening import wait_until

DAY = "2026-11-23"
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class HeldPlayer:
    """Plays for as long as the test holds it, and notes when sounds start and end."""

    def __init__(self):
        self.notes = []
        self.may_end = threading.Semaphore(0)

    def play(self, announcement):
        self.notes.append(("start", announcement.path))
        assert self.may_end.acquire(timeout=20)
        self.notes.append(("end", announcement.path))

    @property
    def started(self):
        return [path for note, path in self.notes if note == "start"]


class Clock:
    now = NINE

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def player():
    return HeldPlayer()


@pytest.fixture
def sounds(make_sounds):
    return make_sounds(repeats=1)


@pytest.fixture
def announcer(player, sounds, clock):
    announcer = Announcer(player, sounds, clock)
    announcer.start()
    yield announcer
    player.may_end.release(100)
    announcer.stop()


def path_of(sounds, ticket):
    return sounds.announcement(Call(ticket, "3")).path


def test_calls_that_come_together_are_said_one_after_another_in_order(announcer, player, sounds):
    for seq in (1, 2, 3):
        announcer.hear(DAY, seq, Call(f"T000{seq}", "3"), NINE)
    wait_until(lambda: len(list(sounds._announcements.folder.glob("*.wav"))) == 3)  # all are ready to be played
    wait_until(lambda: player.started)

    assert player.started == [path_of(sounds, "T0001")]  # and yet only one is
    player.may_end.release(3)
    wait_until(lambda: len(player.notes) == 6)
    assert player.notes == [
        (note, path_of(sounds, ticket)) for ticket in ("T0001", "T0002", "T0003") for note in ("start", "end")
    ]


def test_the_next_sound_is_made_while_this_one_is_still_playing(announcer, player, sounds):
    announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    wait_until(lambda: player.started)

    announcer.hear(DAY, 2, Call("T0002", "3"), NINE)

    wait_until(lambda: len(list(sounds._announcements.folder.glob("*.wav"))) == 2)
    assert len(player.notes) == 1


def test_a_call_heard_again_after_a_reconnection_is_not_said_again(announcer, player, sounds):
    player.may_end.release(100)

    heard = [announcer.hear(DAY, seq, Call(f"T000{seq}", "3"), NINE) for seq in (1, 2, 1, 2, 3)]

    wait_until(lambda: len(player.notes) >= 6)
    assert heard == [True, True, False, False, True]
    assert player.started == [path_of(sounds, f"T000{seq}") for seq in (1, 2, 3)]


def test_the_same_number_of_another_day_is_another_call(announcer):
    assert announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    assert announcer.hear("2026-11-24", 1, Call("T0001", "3"), NINE)


def test_a_call_that_became_too_old_while_it_waited_is_skipped_and_the_log_says_so(
    announcer, player, sounds, clock, caplog
):
    caplog.set_level(logging.WARNING)
    announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    wait_until(lambda: player.started)
    announcer.hear(DAY, 2, Call("T0002", "3"), NINE)
    announcer.hear(DAY, 3, Call("T0003", "3"), NINE + timedelta(seconds=20))

    clock.now = NINE + timedelta(seconds=31)
    player.may_end.release(2)

    wait_until(lambda: len(player.notes) == 4)
    assert player.started == [path_of(sounds, "T0001"), path_of(sounds, "T0003")]
    assert "Ticket T0002 was called 31 s ago" in caplog.text


def test_a_call_that_cannot_be_spoken_does_not_silence_the_next_one(announcer, player, sounds, caplog):
    player.may_end.release(100)
    made = sounds._announcements.path_of
    sounds._announcements.path_of = lambda *_: 1 / 0
    announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    wait_until(lambda: "T0001 was not announced" in caplog.text)

    sounds._announcements.path_of = made
    announcer.hear(DAY, 2, Call("T0002", "3"), NINE)

    wait_until(lambda: player.started == [path_of(sounds, "T0002")])


def test_a_machine_without_loudspeaker_says_so_once_and_goes_on(tmp_path, caplog):
    player = SilentPlayer()

    for _ in range(3):
        player.play(Announcement(tmp_path / "a.wav", 10.0))

    assert len(caplog.records) == 1
    assert "no loudspeaker" in caplog.text


def test_a_broken_loudspeaker_is_logged_with_advice_and_does_not_stop_the_voice(tmp_path, caplog):
    SpeakerPlayer(command=("/bin/false",)).play(Announcement(tmp_path / "a.wav", 1.0))
    SpeakerPlayer(command=("no-such-program",)).play(Announcement(tmp_path / "a.wav", 1.0))

    assert caplog.text.count("aplay -l") == 2


@pytest.mark.parametrize(
    "cards", [None, "--- no soundcards ---\n"], ids=["no list of cards at all", "an empty list of cards"]
)
def test_a_machine_without_a_sound_card_has_no_loudspeaker(tmp_path, cards):
    if cards is not None:
        (tmp_path / "cards").write_text(cards)

    assert not has_loudspeaker(tmp_path / "cards")
