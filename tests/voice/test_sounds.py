"""The sound file of a call: chime, each language as often as set, pauses between, nothing twice made."""

import pytest

from displays.voice.phrase import Call, phrase_for
from displays.voice.sounds import RATES
from displays.voice.waves import EVEN_RMS, read_wav, rms, seconds_of
from tests.voice.listening import loud_parts, silences_between

CALL = Call("T0023", "3")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"languages": ["zh"], "repeats": 1}, ["zh"]),
        ({"languages": ["zh"], "repeats": 2}, ["zh", "zh"]),
        ({"languages": ["zh", "en"], "repeats": 2}, ["zh", "zh", "en"]),
        ({"languages": ["zh", "en"], "repeats": 2, "further_repeats": 2}, ["zh", "zh", "en", "en"]),
    ],
)
def test_an_announcement_contains_the_text_once_per_repeat(make_sounds, engine, tmp_path, settings, said):
    announcement = make_sounds(**settings).announcement(CALL)

    heard = loud_parts(read_wav(announcement.path))
    once = {}
    for language in set(said):
        engine.speak(phrase_for(CALL, language), language, RATES[language], tmp_path / "once.wav")
        (part,) = loud_parts(read_wav(tmp_path / "once.wav"))
        once[language] = seconds_of(part)
    chime = 1.25 + 0.03  # two tones, the rest after them, and the margin before the first word
    lengths = [seconds_of(part) for part in heard]
    assert lengths == pytest.approx([once[said[0]] + chime, *(once[language] for language in said[1:])], abs=0.08)


def test_an_announcement_is_not_silent_and_all_its_parts_are_equally_loud(make_sounds):
    announcement = make_sounds(languages=["zh", "en"]).announcement(CALL)

    spoken = loud_parts(read_wav(announcement.path))[1:]  # the first holds the chime too
    assert [rms(part) for part in spoken] == pytest.approx([EVEN_RMS, EVEN_RMS], rel=0.3)


def test_the_pause_between_repeats_is_as_long_as_set(make_sounds):
    sounds = {pause: make_sounds(pause_seconds=pause).announcement(CALL) for pause in (1.0, 2.5)}

    for pause, announcement in sounds.items():
        (silence,) = silences_between(read_wav(announcement.path))
        assert pause <= silence <= pause + 0.1  # and the margins kept around each phrase
    assert sounds[2.5].seconds - sounds[1.0].seconds == pytest.approx(1.5, abs=0.01)


def test_the_told_length_is_the_length_of_the_file(make_sounds):
    announcement = make_sounds().announcement(CALL)

    assert announcement.seconds == pytest.approx(seconds_of(read_wav(announcement.path)))


def test_a_care_call_is_spoken_more_slowly(make_sounds):
    sounds = make_sounds(repeats=1)
    text = phrase_for(CALL, "zh")
    plain = seconds_of(sounds._phrase(sounds.engine, text, "zh", RATES["zh"]))
    ((_, _, care_rate),) = sounds._plan(Call("T0023", "3", care=True))

    assert seconds_of(sounds._phrase(sounds.engine, text, "zh", care_rate)) > 1.08 * plain


class CountingEngine:
    """The real engine, and how often it was asked."""

    def __init__(self, engine):
        self.engine = engine
        self.texts = []
        self.name = engine.name

    def speak(self, text, language, rate, file):
        self.texts.append(text)
        return self.engine.speak(text, language, rate, file)


def test_what_was_said_before_is_not_made_again(make_sounds):
    sounds = make_sounds()
    sounds.engine = CountingEngine(sounds.engine)

    first = sounds.announcement(CALL)
    sounds.use(["zh"], repeats=3)
    third_repeat = sounds.announcement(CALL)
    sounds.use(["zh"], repeats=2)

    assert sounds.announcement(CALL) == first
    assert third_repeat.path != first.path
    assert sounds.engine.texts == [phrase_for(CALL, "zh")]


def test_a_file_cut_short_by_a_power_failure_is_made_anew(make_sounds):
    sounds = make_sounds()
    whole = sounds.announcement(CALL)
    whole.path.write_bytes(whole.path.read_bytes()[:5000])

    assert sounds.announcement(CALL).seconds == whole.seconds
    assert seconds_of(read_wav(whole.path)) == pytest.approx(whole.seconds)


def test_the_folder_does_not_grow_without_bound_and_keeps_what_was_used_last(make_sounds):
    sounds = make_sounds(repeats=1, max_files=3)

    kept = [sounds.announcement(Call(f"T000{number}", "3")) for number in range(6)][-3:]

    for kind in ("announcements", "phrases"):
        assert len(list((sounds._announcements.folder.parent / kind).iterdir())) == 3
    assert set(sounds._announcements.folder.iterdir()) == {announcement.path for announcement in kept}


def test_nothing_is_left_half_written_in_the_folder(make_sounds):
    sounds = make_sounds()
    sounds.prepare(CALL)

    assert {path.suffix for path in sounds._announcements.folder.parent.rglob("*") if path.is_file()} == {".wav"}


@pytest.mark.parametrize(("languages", "repeats"), [([], 2), (["zh", "fr"], 2), (["zh"], 0)])
def test_settings_the_voice_cannot_follow_are_refused(make_sounds, languages, repeats):
    with pytest.raises(ValueError, match="cannot speak"):
        make_sounds(languages=languages, repeats=repeats)


def test_preparing_without_an_engine_fails_softly_and_the_reason_is_logged(make_sounds, tmp_path, caplog):
    (tmp_path / "file").write_text("")
    sounds = make_sounds()
    sounds._announcements.folder = tmp_path / "file" / "announcements"  # no folder can be made there

    assert sounds.prepare(CALL) is False
    assert "disk" in caplog.text
