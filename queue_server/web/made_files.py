"""Files that take a while to make (a year as a spreadsheet, a report as PDF): by the program's own commands, in a
process of their own. The hall goes on meanwhile, and whatever memory it took is given back.

Only ordinary `subprocess` and `time` are used: under eventlet's monkey patch other requests are served meanwhile.
"""

from __future__ import annotations

import logging
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from flask import send_file
from werkzeug.wrappers import Response

from queue_server.web.context import here
from queue_server.web.words import reader_language

logger = logging.getLogger(__name__)

PROGRAM = (sys.executable, "-c", "from queue_server.cli import main; raise SystemExit(main())")
LOOK_AGAIN_SECONDS = 0.02
LONGEST_SECONDS = 180.0
ONE_AT_A_TIME = threading.Lock()  # on a hall's small machine a second would only make both slower


class NotMade(Exception):
    """The command ended with a fault; the log has what it said."""


def made_file(command: str, *arguments: str, ending: str, name: str) -> Response:
    """What `xinting COMMAND … FILE` writes, to be saved as `name`. Raises NotMade."""
    settings = here().settings
    with tempfile.TemporaryDirectory(prefix="xinting-made-") as folder:
        file = Path(folder) / f"made.{ending}"
        common = ["--lang", reader_language(), "--data", str(settings.data), "--hall", str(settings.hall_file)]
        with ONE_AT_A_TIME:
            _run([*PROGRAM, command, *arguments, str(file), *common])
        stream = file.open("rb")  # still readable when its folder is gone
    return send_file(stream, download_name=name, as_attachment=True, max_age=0)


def _run(command: list[str]) -> None:
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        until = time.monotonic() + LONGEST_SECONDS
        while (code := process.poll()) is None and time.monotonic() < until:
            time.sleep(LOOK_AGAIN_SECONDS)
        if code is None:
            process.kill()
            process.wait()
        if code != 0:
            said.seek(0)
            words = said.read().decode("utf-8", "replace").strip()[-2000:]
            logger.error("%s could not be made: %s", command[len(PROGRAM)], words, extra={"action": "file_not_made"})
            raise NotMade
