"""Another voice: any command that writes a WAV file, here espeak-ng itself and commands that fail."""

import pytest

from displays.voice.engine_command import CommandEngine, engine_of
from displays.voice.phrase import Call
from displays.voice.sounds import Sounds
from displays.voice.trouble import VoiceTrouble
from displays.voice.waves import EVEN_RMS, read_wav, rms

ESPEAK = "espeak-ng -v cmn-latn-pinyin -s {rate} -w {file} {text}"


def test_a_call_is_said_by_the_command_of_the_centre(tmp_path, make_sounds):
    sounds = Sounds(tmp_path / "theirs", engine_of(ESPEAK), repeats=1)
    sounds.warm_up()

    said = sounds.announcement(Call("T0023", "3"))

    ours = make_sounds(repeats=1).announcement(Call("T0023", "3"))
    assert said.seconds == pytest.approx(ours.seconds, rel=0.1)  # the same speaker, asked in another way
    assert said.path.name != ours.path.name
    phrase = read_wav(next((tmp_path / "theirs" / "phrases").glob("*.wav")))
    assert rms(phrase) == pytest.approx(EVEN_RMS, rel=0.05)
    assert [file.suffix for file in (tmp_path / "theirs" / "phrases").iterdir()] == [".wav"]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("no-such-voice {text} {file}", "No such file"),
        ("sh -c 'echo bad {text} >&2; exit 3' {file}", "code 3"),
        ("sh -c 'sleep 60' {text} {file}", "no answer within"),
        ("sh -c 'echo not a sound > $0' {file} {text}", "not a WAV file"),
    ],
)
def test_a_command_that_fails_or_hangs_says_what_to_try(tmp_path, command, why, caplog):
    engine = CommandEngine(command, timeout_seconds=0.5)

    with pytest.raises(VoiceTrouble, match="by hand on this machine") as trouble:
        engine.speak("请", "zh", 165, tmp_path / "one.wav")

    assert why in str(trouble.value)
    assert "attempt 2" in caplog.text
    assert list(tmp_path.iterdir()) == []


def test_a_text_is_no_option_and_no_command(tmp_path):
    engine = CommandEngine("sh -c 'printf %s \"$1\" > $0.seen; exit 1' {file} {text}")

    with pytest.raises(VoiceTrouble):
        engine.speak("--help; {file} $(id)", "zh", 165, tmp_path / "one.wav")

    assert {file.read_text() for file in tmp_path.glob(".*.seen")} == {"help; {file} $(id)"}


def test_a_command_without_text_or_file_is_refused_at_once():
    with pytest.raises(VoiceTrouble, match=r"needs \{text\} and \{file\}"):
        engine_of("espeak-ng hello")
