"""The engine stands in a process of its own: it may die or hang, and the next call is spoken all the same."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from displays.voice.engine_client import EngineClient
from displays.voice.phrase import Call, phrase_for
from displays.voice.trouble import VoiceTrouble
from displays.voice.waves import EVEN_RMS, read_wav, rms, seconds_of
from tests.voice.listening import wait_until

PHRASE = phrase_for(Call("T0023", "3"), "zh")


@pytest.fixture
def own_engine():
    """An engine that a test may harm."""
    client = EngineClient(timeout_seconds=30)
    yield client
    client.close()


def cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_a_phrase_is_spoken_aloud_and_its_length_is_told(engine, tmp_path):
    seconds = engine.speak(PHRASE, "zh", 165, tmp_path / "a.wav")

    samples = read_wav(tmp_path / "a.wav")
    assert seconds == pytest.approx(seconds_of(samples))
    assert 2.5 < seconds < 5
    assert rms(samples) == pytest.approx(EVEN_RMS, rel=0.3)
    assert os.listdir(tmp_path) == ["a.wav"]


def test_the_rate_and_the_voice_are_obeyed_every_time_although_both_change_all_the_time(engine, tmp_path):
    lengths = {}
    for _ in range(10):
        for language, rate in (("zh", 165), ("en", 160), ("zh", 130), ("en", 130)):
            text = phrase_for(Call("T0023", "3"), language)
            seconds = engine.speak(text, language, rate, tmp_path / "a.wav")
            lengths.setdefault((language, rate), []).append(seconds)

    for seconds in lengths.values():
        assert max(seconds) == pytest.approx(min(seconds), rel=0.02)
    assert min(lengths["zh", 130]) > 1.1 * max(lengths["zh", 165])
    assert min(lengths["en", 130]) > 1.1 * max(lengths["en", 160])


def test_an_engine_killed_in_the_middle_of_its_work_is_replaced_and_the_phrase_is_spoken(own_engine, tmp_path):
    own_engine.start()
    pid = own_engine.engine_pid
    ticks = cpu_ticks(pid)
    lengths = []
    work = threading.Thread(target=lambda: lengths.append(own_engine.speak(PHRASE * 20, "zh", 165, tmp_path / "a.wav")))
    work.start()
    wait_until(lambda: cpu_ticks(pid) > ticks + 5)  # 50 ms of work: it is in the middle of it

    os.kill(pid, signal.SIGKILL)
    work.join()

    assert lengths[0] == pytest.approx(seconds_of(read_wav(tmp_path / "a.wav")))
    assert own_engine.engine_pid != pid
    assert own_engine.restarts == 1


def test_an_engine_killed_while_idle_costs_nothing_but_its_start(own_engine, tmp_path):
    own_engine.start()
    os.kill(own_engine.engine_pid, signal.SIGKILL)
    wait_until(lambda: not is_running(own_engine.engine_pid))

    assert own_engine.speak(PHRASE, "zh", 165, tmp_path / "a.wav") > 0


def test_a_hung_engine_is_ended_and_restarted(own_engine, tmp_path):
    own_engine.start()
    hung = own_engine.engine_pid
    os.kill(hung, signal.SIGSTOP)
    own_engine.timeout_seconds = 1.5

    seconds = own_engine.speak(PHRASE, "zh", 165, tmp_path / "a.wav")

    assert seconds > 0
    assert own_engine.restarts == 1
    assert not is_running(hung)


def test_a_hung_engine_left_over_by_a_server_that_is_gone_is_ended_too(tmp_path):
    path = tmp_path / "engine.sock"
    before, after = EngineClient(path), EngineClient(path, timeout_seconds=1.5)
    before.start()
    left_over = before.engine_pid
    os.kill(left_over, signal.SIGSTOP)

    assert after.speak(PHRASE, "zh", 165, tmp_path / "a.wav") > 0
    wait_until(lambda: not is_running(left_over))
    before.close()
    after.close()


def test_an_engine_ends_and_tidies_up_by_itself_when_the_server_that_started_it_is_gone(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tmp")  # sockets' names must be short
    server = (
        "import os; from displays.voice.engine_client import EngineClient; "
        "client = EngineClient(); client.start(); "
        "print(client.engine_pid, flush=True); os._exit(1)"
    )

    done = subprocess.run(
        [sys.executable, "-c", server], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(folder)}
    )

    wait_until(lambda: not is_running(int(done.stdout)))
    assert list(folder.iterdir()) == []


def test_closing_leaves_no_process_and_no_socket_behind(tmp_path):
    client = EngineClient(tmp_path / "engine.sock")
    client.start()
    pid = client.engine_pid

    client.close()

    assert not is_running(pid)
    assert list(tmp_path.iterdir()) == []


def test_several_askers_are_served_one_after_another(engine, tmp_path):
    lengths = {}

    def ask(number):
        text = phrase_for(Call(f"T00{number}0", "3"), "zh")
        lengths[number] = engine.speak(text, "zh", 165, tmp_path / f"{number}.wav")

    askers = [threading.Thread(target=ask, args=(number,)) for number in range(5)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert {n: seconds_of(read_wav(tmp_path / f"{n}.wav")) for n in range(5)} == pytest.approx(lengths)


@pytest.mark.parametrize(
    ("text", "language", "file", "advice"),
    [
        ("你好", "xx", "a.wav", "fault in the program"),
        ("", "zh", "a.wav", "fault in the program"),
        ("你好", "zh", "missing-folder-is-a-file/a.wav", "disk"),
    ],
)
def test_what_cannot_be_spoken_is_refused_with_advice(engine, tmp_path, text, language, file, advice):
    (tmp_path / "missing-folder-is-a-file").write_text("")

    with pytest.raises(VoiceTrouble) as trouble:
        engine.speak(text, language, 165, tmp_path / file)

    assert advice in trouble.value.advice
    assert not (tmp_path / "a.wav").exists()


def test_garbage_on_the_socket_does_not_disturb_the_engine(own_engine, tmp_path):
    own_engine.start()
    for garbage in (b"\xff\xfe\n", b"[]\n", b'{"text": 1}\n', b"no newline"):
        with socket.socket(socket.AF_UNIX) as stranger:
            stranger.connect(str(own_engine.socket_path))
            stranger.sendall(garbage)
            stranger.shutdown(socket.SHUT_WR)
            assert json.loads(stranger.makefile().readline())["ok"] is False

    assert own_engine.speak(PHRASE, "zh", 165, tmp_path / "a.wav") > 0
    assert own_engine.restarts == 0


def test_an_engine_that_cannot_start_is_told_with_the_one_thing_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/false")
    client = EngineClient(tmp_path / "engine.sock")

    with pytest.raises(VoiceTrouble, match="apt install espeak-ng"):
        client.speak(PHRASE, "zh", 165, tmp_path / "a.wav")
    client.close()


def test_a_socket_with_too_long_a_name_is_refused_at_once(tmp_path):
    with pytest.raises(VoiceTrouble, match="shorter folder"):
        EngineClient(tmp_path / ("x" * 120) / "engine.sock")
