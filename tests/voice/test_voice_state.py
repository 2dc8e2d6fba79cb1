"""What the hall hears of a loudspeaker: whether it can be heard, and what it said last."""

from __future__ import annotations

from datetime import UTC, datetime

from displays.voice.announcer import Announcer
from displays.voice.phrase import Call
from displays.voice.trouble import VoiceTrouble
from displays.voice.voice_state import VoiceState
from tests.voice.listening import wait_until

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


class Loudspeaker:
    """Plays, or not, as it is told."""

    trouble: VoiceTrouble | None = None

    def play(self, announcement, cut):
        if self.trouble:
            raise self.trouble
        return True


def test_a_loudspeaker_that_plays_breaks_and_plays_again_is_told_as_it_is(make_sounds):
    plugged, speaker, state = [True], Loudspeaker(), VoiceState(lambda: plugged[0])
    sounds = make_sounds()
    announcer = Announcer(speaker, sounds, lambda: NOW, state=state)
    announcer.start()
    try:
        assert state.view() == {
            **{"state": "speaks", "for_seconds": 0, "problem": ""},
            **{"said": None, "said_at": None},
        }
        announcer.hear("2026-11-23", 1, Call("T0001", "3"), NOW)
        wait_until(lambda: state.view()["said"] == "Ticket T0001")

        speaker.trouble = VoiceTrouble("The loudspeaker is stuck.", "Pull the plug.")
        announcer.hear("2026-11-23", 2, Call("T0002", "3"), NOW)
        wait_until(lambda: state.view()["state"] == "stuck")
        assert "stuck" in state.view()["problem"]
        plugged[0] = False
        assert state.view()["state"] == "mute"

        plugged[0], speaker.trouble = True, None
        wait_until(lambda: state.view()["said"] == "Ticket T0002")
        assert state.view()["state"] == "speaks"
    finally:
        announcer.stop()


def test_a_sound_that_cannot_be_made_is_told_until_one_can(make_sounds, monkeypatch):
    state, sounds = VoiceState(), make_sounds()
    announcer = Announcer(Loudspeaker(), sounds, lambda: NOW, state=state)
    make, fails = sounds.announcement, [True]

    def announcement(*given):
        if fails[0]:
            raise VoiceTrouble("The disk is full.", "Make room.")
        return make(*given)

    monkeypatch.setattr(sounds, "announcement", announcement)
    announcer.start()
    try:
        announcer.hear("2026-11-23", 1, Call("T0001", "3"), NOW)
        wait_until(lambda: state.view()["state"] == "engine")
        fails[0] = False
        announcer.hear("2026-11-23", 2, Call("T0002", "3"), NOW)
        wait_until(lambda: state.view() == {**state.view(), "state": "speaks", "said": "Ticket T0002"})
    finally:
        announcer.stop()
