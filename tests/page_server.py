"""One page on a port of its own, from a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.e2e.hall_process import free_port, wait_until


@contextmanager
def page_at(folder: Path, path: str, html: str) -> Iterator[str]:
    """`path` ends with a slash; the page's host, port and path are given back."""
    place = folder / path
    place.mkdir(parents=True)
    (place / "index.html").write_text(html, encoding="utf-8")
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            address = f"127.0.0.1:{port}/{path}"
            wait_until(lambda: _answers(f"http://{address}"))
            yield address
        finally:
            server.terminate()


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=5).ok
    except requests.ConnectionError:
        return False
