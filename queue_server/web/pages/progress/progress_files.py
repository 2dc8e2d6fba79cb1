"""What a visitor's page loads: one style, one script, the feed's code. Small, packed, kept until new.

The style is the shared ones and the page's own, joined: an old phone at the edge of the network asks once.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, request

HERE = Path(__file__).parent
COMMON = HERE.parents[1] / "common"
ADDRESS = "/p/files"
WORKER = "/p/worker.js"
WORTH_PACKING_BYTES = 500
KEPT_SECONDS = 7 * 24 * 3600
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
EMPTY_LINES = re.compile(r"\n\s*")
SOCKET_IO = COMMON / "vendor" / "socket.io-client" / "socket.io.min.js"


@dataclass(frozen=True, slots=True)
class File:
    mimetype: str
    plain: bytes
    packed: bytes
    version: str


def make_file(mimetype: str, parts: Iterable[str]) -> File:
    plain = "\n".join(parts).encode()
    return File(mimetype, plain, gzip.compress(plain, 9, mtime=0), hashlib.sha256(plain).hexdigest()[:10])


def small_style(path: Path) -> str:
    return EMPTY_LINES.sub("\n", CSS_COMMENT.sub("", path.read_text("utf-8")))


def read(path: Path) -> str:
    return path.read_text("utf-8")


# in this order: what comes later goes before
PARTS = ("progress", "progress_now", "progress_steps", "progress_acts", "progress_feedback", "progress_where")
STYLES = (
    *(COMMON / f"{name}.css" for name in ("tokens", "base", "zones")),
    *(HERE / f"{name}.css" for name in (*PARTS, "progress_modes")),
)
SCRIPTS = (HERE / "progress_board.js", HERE / "progress_push.js", HERE / "progress_page.js")
MAKE: dict[str, Callable[[], File]] = {
    "style.css": lambda: make_file("text/css", map(small_style, STYLES)),
    "page.js": lambda: make_file("text/javascript", map(read, SCRIPTS)),
    "live.js": lambda: make_file("text/javascript", [read(SOCKET_IO)]),
}


class PhoneFiles:
    """Made when first asked for; what lies on the disk does not change while the server runs."""

    def __init__(self) -> None:
        self._made: dict[str, File] = {}

    def address(self, name: str) -> str:
        """With the version in it, so that phones may keep it and still get a new one at once."""
        return f"{ADDRESS}/{self.of(name).version}/{name}"

    def of(self, name: str) -> File:
        if name not in self._made:
            self._made[name] = MAKE[name]()
        return self._made[name]

    def send(self, version: str, name: str) -> Response:
        if name not in MAKE:
            abort(404)
        file = self.of(name)
        packed = takes_packed()
        response = Response(file.packed if packed else file.plain, mimetype=file.mimetype)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        kept = version == file.version
        response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}" if kept else "no-cache"
        return response

    def send_worker(self) -> Response:
        """From where its reach is the visitor's pages; browsers look for a new one by themselves."""
        response = Response(read(HERE / "progress_worker.js"), mimetype="text/javascript")
        response.headers["Cache-Control"] = "no-cache"
        return response

    def add_to(self, page: Blueprint) -> None:
        page.get(WORKER)(self.send_worker)
        page.get(f"{ADDRESS}/<version>/<name>")(self.send)


def takes_packed() -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")


def pack(response: Response) -> Response:
    """Pages go out packed. Nothing of a stranger's choosing stands in them beside the secret link."""
    if response.direct_passthrough or response.headers.get("Content-Encoding") or not takes_packed():
        return response
    if response.mimetype not in {"text/html", "application/json"} or len(response.data) < WORTH_PACKING_BYTES:
        return response
    response.data = gzip.compress(response.data, 6, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    return response
