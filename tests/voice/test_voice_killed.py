"""`xinting voice` as a process of its own beside a real feed: killed in mid-word, started again, its engine hung."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from displays.voice.phrase import Call
from tests.voice.fake_hall import DAY, FakeHall, called
from tests.voice.listening import wait_until

LOUDSPEAKER = """#!/bin/sh
# a loudspeaker for tests: notes each sound, and holds it while there is a file “held”
echo "begin $1" >> "$0.notes"
while [ -e "$0.held" ]; do sleep 0.02; done
echo "end $1" >> "$0.notes"
"""


class Loudspeaker:
    def __init__(self, folder: Path):
        self.program = folder / "loudspeaker"
        self.program.write_text(LOUDSPEAKER)
        self.program.chmod(0o755)
        self.held, self._notes = folder / "loudspeaker.held", folder / "loudspeaker.notes"

    def notes(self):
        lines = self._notes.read_text().splitlines() if self._notes.exists() else []
        return [(word, Path(path).name) for word, path in (line.split() for line in lines)]

    def is_sounding(self):
        listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        return str(self.program) + " " in listed.replace(f"--player {self.program}", "")


class VoiceProcess:
    def __init__(self, hall, folder, loudspeaker):
        self.folder, self.log = folder, folder.parent / f"{len(hall.connections)}.log"
        command = [sys.executable, "-m", "queue_server.cli", "voice", "--server", hall.url, "--data", str(folder)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--player", str(loudspeaker.program)],
                env={**os.environ, "XINTING_TOKEN": "right"},
                stderr=log,
            )

    def kill(self):
        self.process.kill()
        self.process.wait()

    def said(self):
        return self.log.read_text()

    def story(self):
        with sqlite3.connect(f"file:{self.folder}/speaker/spoken.sqlite?mode=ro", uri=True) as db:
            return db.execute("SELECT seq, begun, outcome FROM spoken WHERE day = ? ORDER BY seq", (DAY,)).fetchall()


@pytest.fixture
def hall():
    hall = FakeHall()
    yield hall
    hall.close()


@pytest.fixture
def loudspeaker(tmp_path):
    return Loudspeaker(tmp_path)


@pytest.fixture
def start(hall, loudspeaker, tmp_path):
    voices = []

    def start_voice():
        before = len(hall.connections)
        voices.append(VoiceProcess(hall, tmp_path / "data", loudspeaker))
        wait_until(lambda: len(hall.connections) > before, 60)
        return voices[-1]

    yield start_voice
    loudspeaker.held.unlink(missing_ok=True)
    for voice in voices:
        voice.kill()


@pytest.fixture
def name_of(make_sounds):
    sounds = make_sounds(languages=["zh"], repeats=1)
    return lambda ticket: sounds.announcement(Call(ticket, "3")).path.name


def test_killed_in_mid_word_the_call_is_said_once_more_and_no_other_one_is(hall, start, loudspeaker, name_of):
    voice = start()
    hall.tell(called(1, "T0001"))
    wait_until(lambda: len(loudspeaker.notes()) == 2)
    loudspeaker.held.touch()
    hall.tell(called(2, "T0002"))
    wait_until(lambda: len(loudspeaker.notes()) == 3)
    hall.tell(called(3, "T0003"))

    voice.kill()
    wait_until(lambda: not loudspeaker.is_sounding())  # the sound ends with the voice: nothing can overlap it
    hall.events.append(called(4, "T0004"))  # called while no voice was there
    loudspeaker.held.unlink()
    voice = start()

    wait_until(lambda: [outcome for _, _, outcome in voice.story()].count("said") == 4)
    assert voice.story() == [(1, 1, "said"), (2, 2, "said"), (3, 1, "said"), (4, 1, "said")]
    first, second, third, fourth = (name_of(f"T000{number}") for number in (1, 2, 3, 4))
    whole = [(word, name) for name in (second, third, fourth) for word in ("begin", "end")]
    assert loudspeaker.notes() == [("begin", first), ("end", first), ("begin", second), *whole]
    assert "Ticket T0002 was cut off in mid-word" in voice.said()


def test_a_hung_engine_is_ended_and_the_call_said_all_the_same(hall, start, loudspeaker, name_of):
    voice = start()
    hall.tell(called(1, "T0001"))
    wait_until(lambda: len(loudspeaker.notes()) == 2)
    [engine] = engines_of(voice.process.pid)
    os.kill(engine, signal.SIGSTOP)

    hall.tell(called(2, "T0002"))

    wait_until(lambda: ("end", name_of("T0002")) in loudspeaker.notes(), 30)
    assert engine not in engines_of(voice.process.pid)
    assert "The voice engine is ended after attempt 1" in voice.said()


def test_an_engine_whose_hall_was_gone_before_it_began_ends_by_itself(tmp_path):
    gone = subprocess.Popen(["true"])
    gone.wait()
    asked = ["--socket", str(tmp_path / "engine.sock"), "--parent", str(gone.pid)]

    engine = subprocess.run([sys.executable, "-m", "displays.voice.engine_process", *asked], timeout=60, check=False)

    assert engine.returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_missing_sound_device_is_told_with_the_one_thing_to_do(hall, start, loudspeaker, name_of):
    loudspeaker.program.rename(loudspeaker.program.with_name("pulled"))
    voice = start()
    hall.tell(called(1, "T0001"))
    wait_until(lambda: "Check the loudspeaker's cable and the volume, then: aplay -l" in voice.said())

    loudspeaker.program.with_name("pulled").rename(loudspeaker.program)  # plugged in again, within the call's time

    wait_until(lambda: voice.story() == [(1, 1, "said")])
    assert loudspeaker.notes() == [("begin", name_of("T0001")), ("end", name_of("T0001"))]


def engines_of(parent: int) -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*") if is_engine_of(folder, parent)]


def is_engine_of(process: Path, parent: int) -> bool:
    try:
        words = (process / "cmdline").read_bytes()
        return b"displays.voice.engine_process" in words and f"\nPPid:\t{parent}\n" in (process / "status").read_text()
    except OSError:  # it ended meanwhile
        return False
