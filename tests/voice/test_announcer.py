"""One loudspeaker: calls in order, one after another, each exactly once, none that is too old."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from displays.voice.announcer import Announcer
from displays.voice.phrase import Call
from displays.voice.players import SilentPlayer, SpeakerPlayer, has_loudspeaker
from displays.voice.sounds import Announcement
from displays.voice.trouble import VoiceTrouble
from displays.voice.utterance import Broadcast
from tests.voice.listening import wait_until

DAY = "2026-11-23"
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class HeldPlayer:
    """Plays for as long as the test holds it, and notes when sounds start and end."""

    def __init__(self):
        self.notes = []
        self.may_end = threading.Semaphore(0)

    def play(self, announcement, cut):
        self.notes.append(("start", announcement.path))
        while not self.may_end.acquire(timeout=0.01):
            if cut.is_set():
                self.notes.append(("cut", announcement.path))
                return False
        self.notes.append(("end", announcement.path))
        return True

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
        assert player.play(Announcement(tmp_path / "a.wav", 10.0), threading.Event())

    assert len(caplog.records) == 1
    assert "no loudspeaker" in caplog.text


@pytest.mark.parametrize("command", [["/bin/false"], ["no-such-program"], ["sleep", "60", "--"]])
def test_a_broken_or_stuck_loudspeaker_tells_the_one_thing_to_do(tmp_path, command):
    player = SpeakerPlayer(command, late_seconds=0.3)

    with pytest.raises(VoiceTrouble, match=r"Check the loudspeaker's cable and the volume, then: aplay -l"):
        player.play(Announcement(tmp_path / "0.wav", 0.1), threading.Event())


def test_a_loudspeaker_that_is_plugged_in_again_says_the_call_that_waited(player, sounds, clock, caplog, monkeypatch):
    monkeypatch.setattr("displays.voice.announcer.PLAY_AGAIN_SECONDS", 0.01)
    away = threading.Event()
    away.set()

    class LooseCable:
        def play(self, announcement, cut):
            if away.is_set():
                raise VoiceTrouble("The loudspeaker did not play.", "Check its cable.")
            return player.play(announcement, cut)

    announcer = Announcer(LooseCable(), sounds, clock)
    announcer.start()
    announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    wait_until(lambda: "Check its cable" in caplog.text)
    player.may_end.release()
    away.clear()

    wait_until(lambda: announcer.record.story() == [(DAY, 1, 1, "said")])
    announcer.stop()


def fire(emergency=True):
    return Broadcast((("zh", "请大家从东门离开。"), ("en", "Please leave by the east door.")), emergency)


def test_an_emergency_cuts_the_call_off_which_is_said_once_more_afterwards(announcer, player, sounds):
    announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    wait_until(lambda: len(player.notes) == 1)
    announcer.hear(DAY, 2, Call("T0002", "3"), NINE)
    announcer.hear(DAY, 3, fire(), NINE)

    wait_until(lambda: len(player.notes) == 3)
    player.may_end.release(100)

    wait_until(lambda: len(player.notes) == 8)
    first, second, alarm = path_of(sounds, "T0001"), path_of(sounds, "T0002"), sounds.announcement(fire()).path
    assert player.notes[:3] == [("start", first), ("cut", first), ("start", alarm)]
    assert player.started == [first, alarm, first, second]
    wait_until(lambda: announcer.record.story()[-1][3] == "said")
    assert announcer.record.story() == [(DAY, 1, 2, "said"), (DAY, 2, 1, "said"), (DAY, 3, 1, "said")]


def test_a_broadcast_waits_for_the_end_of_the_call_and_goes_before_the_next(announcer, player, sounds):
    announcer.hear(DAY, 1, Call("T0001", "3"), NINE)
    wait_until(lambda: len(player.notes) == 1)
    announcer.hear(DAY, 2, Call("T0002", "3"), NINE)
    announcer.hear(DAY, 3, fire(emergency=False), NINE)
    wait_until(lambda: len(announcer._ready) == 2)

    player.may_end.release(100)

    wait_until(lambda: len(player.notes) == 6)
    assert player.started[1:] == [sounds.announcement(fire(emergency=False)).path, path_of(sounds, "T0002")]
    assert player.notes[1][0] == "end"


@pytest.mark.parametrize(
    "cards", [None, "--- no soundcards ---\n"], ids=["no list of cards at all", "an empty list of cards"]
)
def test_a_machine_without_a_sound_card_has_no_loudspeaker(tmp_path, cards):
    if cards is not None:
        (tmp_path / "cards").write_text(cards)

    assert not has_loudspeaker(tmp_path / "cards")
