"""What the hall says, as text."""

import re
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from displays.voice.engine_process import VOICES
from displays.voice.phrase import LANGUAGES, Call, phrase_for, words_of


@pytest.mark.parametrize(
    ("call", "chinese", "english"),
    [
        (
            Call("T0023", "3", 1),
            "请 T 零零二三号，到三号窗口。",
            "Ticket T 0 0 2 3, please go to counter 3.",
        ),
        (
            Call("T0117", "12", 2),
            "请 T 零幺幺七号，到十二号窗口。仍未到场，将为您保留一分钟。",
            "Ticket T 0 1 1 7, please go to counter 12. We will keep your turn for one minute.",
        ),
        (
            Call("A0008", "1", 1, care=True),
            "请 A 零零零八号，到一号窗口。请慢慢走，不着急。",
            "Ticket A 0 0 0 8, please go to counter 1. Please take your time.",
        ),
        (
            Call("A0008", "20", 3, care=True),
            "请 A 零零零八号，到二十号窗口。请慢慢走，我们等您。",
            "Ticket A 0 0 0 8, please go to counter 20. Please take your time, we will wait for you.",
        ),
    ],
)
def test_a_call_is_said_in_the_halls_words(call, chinese, english):
    assert phrase_for(call, "zh") == chinese
    assert phrase_for(call, "en") == english


@pytest.mark.parametrize(
    ("counter", "chinese", "english"),
    [
        ("1", "一号窗口", "counter 1."),
        ("10", "十号窗口", "counter 10."),
        ("11", "十一号窗口", "counter 11."),
        ("42", "四十二号窗口", "counter 42."),
        ("101", "幺零幺号窗口", "counter 101."),
        ("B3", "B 三号窗口", "counter B 3."),
        ("综合2", "综合二号窗口", "counter 2."),
        ("０５", "五号窗口", "counter 05."),
    ],
)
def test_a_counter_is_read_as_people_read_it(counter, chinese, english):
    assert chinese in phrase_for(Call("T0001", counter), "zh")
    assert phrase_for(Call("T0001", counter), "en").endswith(english)


@given(ticket=st.text(), counter=st.text(), attempt=st.integers(1, 9), care=st.booleans())
def test_no_ticket_or_counter_whatever_it_contains_puts_strange_characters_into_the_voice(
    ticket, counter, attempt, care
):
    call = Call(ticket, counter, attempt, care)

    assert re.fullmatch(r"[A-Z\u4e00-\u9fff，。 ]+", phrase_for(call, "zh"))
    assert re.fullmatch(r"[A-Za-z0-9,. ]+", phrase_for(call, "en"))
    assert max(len(phrase_for(call, language)) for language in LANGUAGES) < 140


@pytest.mark.parametrize("ticket", ["", "😀", "<>&;", "\x00\n"])
def test_a_ticket_that_cannot_be_read_out_sends_people_to_the_screen(ticket):
    assert phrase_for(Call(ticket, "3"), "zh") == "新的叫号，请看屏幕。"


def test_both_languages_have_the_same_words():
    assert words_of("zh").keys() == words_of("en").keys()


def test_the_chinese_voice_reads_no_part_of_any_call_as_english():
    tickets = [f"{letter}{1034 + 345 * n}" for n, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    calls = [Call(ticket, str(n), 1 + n % 2, n % 3 == 0) for n, ticket in enumerate(tickets, start=1)]
    text = "\n".join([*(phrase_for(call, "zh") for call in calls), words_of("zh")["look_at_the_screen"]])

    phonemes = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", VOICES["zh"], text], capture_output=True, text=True, check=True
    ).stdout

    assert "(en)" not in phonemes
    assert "ts.hw'A55N" in phonemes  # chuāng
    assert phonemes.count("kh'ou214") == len(calls)  # kǒu, once a call: nothing is skipped
