"""A server that is told to stop does, whatever it is doing at that moment."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The signal arrives in a greenlet whose library keeps every exception to itself, as the feed's does around a handler;
# or in one that keeps nothing; or in the main one.
PROGRAM = """
from queue_server import concurrency
concurrency.patch()
import os, signal, sys, time
import eventlet

def stop():
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        for _ in range(3):
            time.sleep(0)
    except:
        print("swallowed")

concurrency.end_at(signal.SIGTERM)
where = sys.argv[1]
try:
    if where == "handler":
        eventlet.spawn(stop)
    elif where == "timer":
        eventlet.spawn_after(0.01, os.kill, os.getpid(), signal.SIGTERM)
    else:
        os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    print("went on")
finally:
    print("tidied up")
"""


@pytest.mark.parametrize("where", ["handler", "timer", "main"])
def test_a_signal_ends_it_wherever_it_arrives(where: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, where], capture_output=True, text=True, timeout=60, check=False
    )

    assert (done.returncode, done.stdout) == (0, "tidied up\n"), done.stderr
