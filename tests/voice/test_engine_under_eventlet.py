"""The server's event loop goes on turning while sounds are made."""

import json
import subprocess
import sys

LONGEST_STANDSTILL_SECONDS = 0.5
"""Generous for two busy cores: an engine inside the loop would stand still for as long as all sounds take together."""


def test_the_event_loop_of_the_server_never_stands_still_while_sounds_are_made(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.voice.under_eventlet", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["made"] == 16
    assert told["shortest"] > 8
    assert told["ticks"] > 20
    assert told["largest_gap"] < LONGEST_STANDSTILL_SECONDS
