"""A centre's own voice: clips recorded one by one in a humming room, joined into calls that sound even."""

import random
import wave
from array import array
from io import BytesIO
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from displays.voice.any_wave import LOUDNESS_LUFS, loudness_lufs, read_any_wav, trim_room
from displays.voice.clip_list import Piece, clips_of, cut, spoken_tokens
from displays.voice.pack_engine import GAP_SECONDS
from displays.voice.phrase import Call, phrase_for
from displays.voice.voice_pack import ClipWrong, VoicePack
from displays.voice.waves import SAMPLE_RATE, read_wav, seconds_of, silence
from tests.voice.listening import loud_parts

LANZHOU = clips_of("zh", "TSC", ["1", "2", "12", "30"])


def wav(samples, rate=SAMPLE_RATE, channels=1):
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.asarray(samples, dtype="<i2").tobytes())
    return out.getvalue()


def as_recorded(samples, share, seed=7):
    """As a microphone has it: with a second of the humming room around, and as loud as the person sat near."""
    room = random.Random(seed)
    around = [0] * SAMPLE_RATE
    return wav([int(one * share) + room.randint(-40, 40) for one in [*around, *samples, *around]])


@pytest.fixture
def pack(tmp_path):
    return VoicePack(tmp_path / "voice-pack")


def test_a_call_is_made_of_the_clips_that_the_page_asks_for():
    clips = [text for texts in LANZHOU.values() for text in texts]

    for call in (Call("T0012", "12"), Call("S0309", "2", attempt=2), Call("C0001", "30", care=True, attempt=2)):
        assert all(piece.clip for piece in cut(phrase_for(call, "zh"), clips)), call
    pieces = cut(phrase_for(Call("T0012", "12"), "zh"), clips)
    assert [piece.text for piece in pieces] == ["请", "T", "零", "零", "幺", "二", "号，到", "十", "二", "号窗口。"]
    assert LANZHOU["counters"] == ["一", "十"]  # 二 and 三 stand with the numbers already
    assert [
        piece.text for piece in cut("Ticket T 0 1, please go to counter 12.", clips_of("en", "T", ["12"])["phrases"])
    ]


def test_what_nobody_recorded_stays_one_piece_for_the_engine():
    assert cut("请 S 零零九号，到三号窗口。", ["请", "零", "号，到", "号窗口"]) == [
        Piece("请", "请"),
        Piece("S", None),
        Piece("零", "零"),
        Piece("零", "零"),
        Piece("九", None),
        Piece("号，到", "号，到"),
        Piece("三", None),
        Piece("号窗口", "号窗口", 0.4),
    ]


@given(st.text("请零幺二三号到窗口T ，。12", max_size=30), st.lists(st.text("请零幺号到T12", min_size=1, max_size=3)))
def test_no_word_is_lost_or_said_twice(text, clips):
    said = [word for piece in cut(text, clips) for word, _ in spoken_tokens(piece.text)]

    assert "".join(said) == "".join(word for word, _ in spoken_tokens(text))


def test_clips_of_a_loud_and_a_soft_speaker_come_out_even_and_without_the_room(make_sounds, engine, pack, tmp_path):
    for share, text in ((1.4, "请"), (0.25, "T"), (0.6, "零"), (1.2, "号，到"), (0.3, "号窗口。"), (0.5, "三")):
        engine.speak(text, "zh", 165, tmp_path / "one.wav")
        pack.record("zh", text, as_recorded(read_wav(tmp_path / "one.wav"), share))
    pack.say_who("王老师", "2026-11-25", in_use=True)

    clips = {text: pack.clip(name) for text, name in pack.manifest().clips["zh"].items()}
    for text, clip in clips.items():
        assert loudness_lufs(clip) == pytest.approx(LOUDNESS_LUFS, abs=1.0), text
        assert seconds_of(clip) < 1.6, text  # the two seconds of room are gone

    sounds = make_sounds(repeats=2, pack=pack)
    call = sounds.announcement(Call("T0003", "3"))
    _, second = loud_parts(read_wav(call.path))
    said = read_wav(call.path).tobytes()
    order = [said.find(clips[text].tobytes()) for text in ("请", "T", "零", "三", "号，到", "号窗口。")]
    assert order == sorted(order)
    assert order[0] > 0
    expected = sum(seconds_of(clips[text]) for text in ("请", "T", "零", "零", "零", "三", "号，到", "三", "号窗口。"))
    assert seconds_of(second) == pytest.approx(expected + 8 * GAP_SECONDS, abs=0.15)  # less its soft ends


def test_a_missing_clip_is_said_by_the_engine_as_loud_as_the_others(make_sounds, engine, pack, tmp_path):
    engine.speak("请", "zh", 165, tmp_path / "one.wav")
    pack.record("zh", "请", as_recorded(read_wav(tmp_path / "one.wav"), 0.2))
    plain = make_sounds(repeats=1, pack=pack).announcement(Call("T0003", "3"))
    pack.say_who("王老师", "2026-11-25", in_use=True)

    mixed = make_sounds(repeats=1, pack=pack).announcement(Call("T0003", "3"))

    assert mixed.path != plain.path  # what was kept of the engine alone is not played any more
    assert mixed.seconds == pytest.approx(plain.seconds, rel=0.25)
    assert loudness_lufs(read_wav(mixed.path)) == pytest.approx(loudness_lufs(read_wav(plain.path)), abs=1.5)


def test_a_pack_that_is_not_in_use_is_not_heard(make_sounds, engine, pack, tmp_path):
    before = make_sounds(repeats=1, pack=pack).announcement(Call("T0003", "3")).path
    engine.speak("请", "zh", 165, tmp_path / "one.wav")
    pack.record("zh", "请", as_recorded(read_wav(tmp_path / "one.wav"), 1))

    assert make_sounds(repeats=1, pack=pack).announcement(Call("T0003", "3")).path == before


@pytest.mark.parametrize(
    ("sound", "code"),
    [
        (b"", "not_a_sound"),
        (b"RIFF....WAVEfmt nothing", "not_a_sound"),
        (wav(silence(2)), "silent"),
        (wav([3000, -3000] * 900), "too_short"),
        (wav([3000, -3000] * SAMPLE_RATE * 5), "too_long"),
        (wav([3000, -3000] * SAMPLE_RATE * 31), "not_a_sound"),
    ],
)
def test_what_is_no_clip_is_refused_and_nothing_is_kept(pack, sound, code):
    with pytest.raises(ClipWrong) as refused:
        pack.record("zh", "请", sound)

    assert refused.value.code == code
    assert not pack.folder.exists()


def test_a_clip_recorded_again_replaces_the_first_and_taking_consent_back_leaves_nothing(pack, engine, tmp_path):
    engine.speak("请", "zh", 165, tmp_path / "one.wav")
    for share in (0.5, 1.0):
        pack.record("zh", "请", as_recorded(read_wav(tmp_path / "one.wav"), share))
    assert len(list(pack.folder.glob("*.wav"))) == 1

    pack.drop_all()

    assert [file.name for file in pack.folder.iterdir()] == ["manifest.json"]
    assert pack.manifest().clips == {}


def test_a_manifest_of_strange_files_is_not_believed(pack, caplog):
    pack.folder.mkdir()
    strange = (
        '{"version": 1, "speaker": "", "consent_at": "", "in_use": true, "clips": {"zh": {"请": "../secret.wav"}}}'
    )
    (pack.folder / "manifest.json").write_text(strange)

    assert pack.manifest().clips == {}
    assert pack.path_of("../secret.wav") is None
    assert "cannot be read" in caplog.text


def test_a_studios_recording_of_another_rate_and_in_stereo_is_the_same_sound():
    seconds, rate = 0.5, 48_000
    tone = [int(8000 * np.sin(2 * np.pi * 440 * n / rate)) for n in range(int(seconds * rate))]

    samples = read_any_wav(BytesIO(wav([one for one in tone for _ in range(2)], rate, channels=2)))

    assert seconds_of(samples) == pytest.approx(seconds, abs=0.001)
    crossings = sum(a < 0 <= b for a, b in pairwise(samples))
    assert crossings / seconds == pytest.approx(440, abs=3)


def test_a_room_in_which_nobody_speaks_leaves_nothing():
    room = random.Random(1)

    assert trim_room(array("h", [room.randint(-60, 60) for _ in range(SAMPLE_RATE)])) == array("h")
