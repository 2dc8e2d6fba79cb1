"""How loud, how often and whose calls: the hall's settings, and what one loudspeaker does otherwise."""

from datetime import time

import pytest

from displays.voice.hall_voice import NoSuchLoudspeaker, hall_voice
from displays.voice.phrase import Call
from displays.voice.volume import Volume
from displays.voice.waves import read_wav, rms
from queue_server.hall_file_model import Voice
from queue_server.web.views import voice_view

NOON = [["12:00", "13:30"]]


def told(**settings):
    return voice_view(Voice.model_validate(settings))


def test_a_loudspeaker_says_its_own_zone_and_leaves_the_rest_to_the_hall():
    hall = told(repeats=3, loudspeakers=[{"id": "east", "zone": "care", "repeats": 1, "noise": "calm"}])

    east, all_of_it = hall_voice(hall, "east"), hall_voice(hall)

    assert [east.says(zone) for zone in ("care", "smart", None)] == [True, False, True]
    assert all_of_it.says("smart")
    assert (east.repeats, east.languages, east.volume.noise) == (1, ("zh",), "calm")
    assert all_of_it.repeats == 3


def test_a_loudspeaker_that_the_hall_does_not_know_is_told_which_there_are():
    with pytest.raises(NoSuchLoudspeaker, match="there are: east"):
        hall_voice(told(loudspeakers=[{"id": "east"}]), "west")


@pytest.mark.parametrize(
    ("at", "decibels"),
    [("11:59", 0.0), ("12:00", -6.0), ("13:29", -6.0), ("13:30", 0.0)],  # half of the amplitude is 6 dB less
)
def test_the_hall_is_spoken_to_more_softly_at_noon(at, decibels):
    volume = hall_voice(told(quiet_times=NOON, quiet_volume_percent=50)).volume

    assert volume.gain_db(time.fromisoformat(at)) == decibels


def test_a_loud_hall_hears_more_and_a_quiet_time_is_never_louder_than_the_rest():
    assert Volume(noise="loud").gain_db(time(9)) == 5.0
    assert Volume(30, quiet=((time(12), time(13)),), quiet_percent=60).gain_db(time(12)) == Volume(30).gain_db(time(9))


def test_the_sound_is_as_loud_as_asked_and_never_torn(make_sounds):
    sounds = make_sounds(repeats=1)
    call = Call("T0023", "3")

    usual, soft, loud = (read_wav(sounds.announcement(call, gain).path) for gain in (0.0, -6.0, 5.0))

    assert rms(soft) / rms(usual) == pytest.approx(10 ** (-6 / 20), rel=0.02)
    assert 1.4 < rms(loud) / rms(usual) < 1.79  # 5 dB is 1.78; its peaks are bent
    assert max(map(abs, loud)) <= 30_000
    assert len(usual) == len(soft) == len(loud)


def test_without_chime_the_call_begins_at_once(make_sounds):
    sounds = make_sounds(repeats=1)
    with_chime = sounds.announcement(Call("T0023", "3"))
    sounds.use(["zh"], 1, with_chime=False)

    without = sounds.announcement(Call("T0023", "3"))

    assert with_chime.seconds - without.seconds == pytest.approx(sounds.chime().seconds)
