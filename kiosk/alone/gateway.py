"""The kiosk's own address for its browser: everything goes through to the hall while that can be reached.

While it cannot, pages and lists come as the hall gave them last, and a number is given here. Only this machine's own
browser may ask: the gateway adds the device's token, so no other page may use it. A hall that is slower than a page
can wait gives one paper all the same: whichever number of a press is first on its way to paper stays the only one.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from html import escape
from typing import Any
from urllib.parse import urlsplit

import requests
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Request, Response

from kiosk.alone.desk import AloneDesk, CannotGive, job_of
from kiosk.alone.last_known import found_in, without_waits
from kiosk.alone.progress_code import qr_svg
from kiosk.alone.spliced import splice
from kiosk.alone.store import AloneStore, Answer, DiskFull
from kiosk.alone.words import say

logger = logging.getLogger(__name__)

Json = dict[str, Any]

# What the kiosk's pages need; nothing else of the hall is reached through the kiosk.
THROUGH = (
    "/kiosk",
    "/common/",
    "/api/v1/",
    "/socket.io/",
    "/p/",
    "/tools",
    "/when/",
    "/displays/voice/spoken/",
    "/fonts/",
)
KEPT = ("/kiosk", "/common/", "/api/v1/hall", "/api/v1/services", "/api/v1/board", "/tools", "/api/v1/tools")
NOT_KEPT = re.compile(r"[?&]q=")  # what people search for
OF_ONE_LEG = {
    *("connection", "keep-alive", "transfer-encoding", "te", "upgrade", "host", "cookie", "set-cookie"),
    *("content-length", "content-encoding", "accept-encoding", "authorization", "origin"),
}
WITHIN_SECONDS = (2.0, 6.0)  # to connect, to answer: the page itself gives up after 8
REST_SECONDS = 2.0  # so long nobody is kept waiting for a hall that has just not answered
AWAY_STATUS = {502, 503, 504}
NEEDS_THE_HALL = [
    (re.compile(f"/api/v1/{path}"), f"hall_away_{code}")
    for path, code in (
        ("help", "help"),
        ("bookings/tomorrow", "tomorrow"),
        ("bookings/.*", "booking"),
        ("in-hand", "in_hand"),
        ("tickets/[^/]+/return", "in_hand"),
        ("tickets/[^/]+/reprint", "paper"),
        ("services/[^/]+/list", "paper"),
        ("tools/[^/]+/paper", "paper"),
    )
]
PROGRESS_CODE = re.compile(r"/p/([0-9A-Z-]{8,40})/qr\.svg", re.IGNORECASE)


class Gateway:
    """A WSGI application. `print_job` puts a paper into the printer's spool, `paper_of_press` finds the hall's in it,
    both decided in a `paper_turn`; `paper_states` says what became of each job, `printer_view` how the printer is;
    `rang` is told that there is news."""

    def __init__(
        self,
        server_url: str,
        token: str,
        store: AloneStore,
        desk: AloneDesk,
        *,
        print_job: Callable[[Json], None],
        paper_of_press: Callable[[str], Json | None] = lambda press: None,
        paper_turn: AbstractContextManager[Any] | None = None,
        paper_states: Callable[[], dict[str, str]],
        printer_view: Callable[[], Json] = dict,
        rang: Callable[[], None],
    ) -> None:
        self._server = server_url.rstrip("/")
        self._token = token
        self._store = store
        self._desk = desk
        self._print_job = print_job
        self._paper_of_press = paper_of_press
        self._paper_turn = paper_turn or threading.Lock()
        self._paper_states = paper_states
        self._printer_view = printer_view
        self._rang = rang
        self._away_until = 0.0

    def __call__(self, environ: Json, start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        refused = self._refused(request)
        if refused is None and request.headers.get("Upgrade", "").lower() == "websocket":
            splice(environ, self._server, self._token)
        return (refused or self._answer(request))(environ, start_response)

    def _refused(self, request: Request) -> Response | None:
        """Another page in this browser, or a name that was made to lead here, gets nothing."""
        own = {f"127.0.0.1:{request.environ['SERVER_PORT']}", f"localhost:{request.environ['SERVER_PORT']}"}
        origin = request.headers.get("Origin")
        if request.host not in own or (origin is not None and urlsplit(origin).netloc not in own):
            return Response("Only this kiosk's own pages.\n", 403)
        return None if request.path.startswith(THROUGH) else Response("Not of the kiosk.\n", 404)

    def _answer(self, request: Request) -> Response:
        is_press = request.method == "POST" and request.path == "/api/v1/tickets"
        key = request.headers.get("Idempotency-Key", "")
        before = self._store.find(key) if is_press else None
        if before is not None and not before.by_hall:
            return self._give(request, key)  # given alone already: the hall hears of it from the other thread
        answer = self._ask_hall(request)
        if is_press and answer is not None and answer.status_code == 201:
            self._remember(request, key, answer)
        answer = self._alone(request) if answer is None else self._keep(request, answer)
        if request.path == "/kiosk" and answer.status_code == 200:
            answer.set_data(answer.get_data().replace(b"<html ", b"<html data-goes-on ", 1))
        return answer

    # --- the hall

    def _ask_hall(self, request: Request) -> Response | None:
        """None: the hall cannot be reached, or is in trouble itself."""
        if time.monotonic() < self._away_until:
            return None
        headers = {name: value for name, value in request.headers if name.lower() not in OF_ONE_LEG}
        headers |= {"Authorization": f"Bearer {self._token}", "X-Forwarded-For": "127.0.0.1"}
        try:
            heard = requests.request(
                request.method,
                self._server + request.full_path.rstrip("?"),
                headers=headers,
                data=request.get_data(),
                timeout=WITHIN_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException:
            self._away_until = time.monotonic() + REST_SECONDS
            return None
        if heard.status_code in AWAY_STATUS:
            return None
        passed = Headers([(name, value) for name, value in heard.headers.items() if name.lower() not in OF_ONE_LEG])
        return Response(heard.content, heard.status_code, passed)

    def _keep(self, request: Request, answer: Response) -> Response:
        name = request.full_path.rstrip("?")
        is_kept = request.method == "GET" and answer.status_code == 200 and name.startswith(KEPT)
        if is_kept and not NOT_KEPT.search(name):
            new = Answer(answer.content_type or "", answer.get_data())
            if self._store.answer(_name(request)) != new:
                with suppress(DiskFull):
                    self._store.keep_answer(_name(request), new)
        return answer

    def _remember(self, request: Request, key: str, answer: Response) -> None:
        try:
            self._desk.remember(request.get_json(), key, json.loads(answer.get_data()))
        except DiskFull as error:
            logger.error("The kiosk's disk is full: %s", error, extra={"action": "disk_full"})

    # --- alone

    def _alone(self, request: Request) -> Response:
        if request.method == "POST" and request.path == "/api/v1/tickets":
            return self._give(request, request.headers.get("Idempotency-Key", ""))
        if found := PROGRESS_CODE.fullmatch(request.path):
            return self._progress_code(found[1])
        if request.path == "/api/v1/events":
            return Response(json.dumps(self._own_events()), content_type="application/json")
        if request.path.startswith("/api/v1/printers/") and request.method == "GET":
            return Response(json.dumps(self._printer_view()), content_type="application/json")
        if request.path == "/api/v1/services" and request.args.get("q"):
            return self._found(request)
        kept = self._store.answer(_name(request)) if request.method == "GET" else None
        if kept is not None and request.path.startswith("/api/v1/services/"):
            return Response(json.dumps(without_waits(json.loads(kept.body))), content_type=kept.kind)
        if kept is not None:
            return Response(kept.body, 200, {"Content-Type": kept.kind, "X-Xinting-Kept": "yes"})
        if request.path == "/kiosk":
            return _first_page()
        return _refusal(_what_cannot_be(request.path), request)

    def _give(self, request: Request, key: str) -> Response:
        wish = request.get_json(silent=True)
        if not isinstance(wish, dict) or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", key):
            return _refusal("malformed", request, 422)
        try:
            # a hall slower than the page can wait: its paper is here before its answer, or comes after all
            with self._paper_turn:
                halls = self._paper_of_press(key)
                answer, job = (self._desk.adopt(wish, key, halls), {}) if halls else self._desk.give(wish, key)
        except CannotGive as error:
            return _refusal(error.code, request)
        except DiskFull as error:
            logger.error("The kiosk's disk is full: %s", error, extra={"action": "disk_full"})
            return _refusal("disk_full", request)
        except sqlite3.OperationalError as error:  # a full disk too, or a spool that is not open yet
            logger.error("The kiosk cannot keep a number: %s", error, extra={"action": "number_not_kept"})
            return _refusal("disk_full", request)
        if job.get("printer"):
            try:
                self._print_job(job)
            except sqlite3.OperationalError as error:  # the number stands, and is shown; there is no room for the paper
                logger.error("No room for the paper of %s: %s", answer["ticket"], error, extra={"action": "disk_full"})
                answer["paper"] = "failed"
        self._rang()
        return Response(json.dumps(answer), 201, content_type="application/json")

    def _found(self, request: Request) -> Response:
        language = request.headers.get("X-Xinting-Language", "zh")
        kept = self._store.answer(f"/api/v1/services?lang={language} {language}")
        services = json.loads(kept.body)["services"] if kept else []
        found = {"services": found_in(services, request.args["q"])}
        return Response(json.dumps(found), content_type="application/json")

    def _own_events(self) -> Json:
        """What became of the papers of numbers that were given alone: all that a page may wait for meanwhile."""
        names = {"printed": "paper_printed", "failed": "paper_failed", "expired": "paper_failed"}
        states = self._paper_states()
        found = [
            {"name": names[state], "ticket": given.number, "seq": 0}
            for given in self._store.untold()
            if (state := states.get(job_of(given), "")) in names
        ]
        return {"events": found, "seq": 0}

    def _progress_code(self, link: str) -> Response:
        address = self._store.link_ending(link)
        return Response(qr_svg(address), 200, content_type="image/svg+xml") if address else Response(status=404)


def _name(request: Request) -> str:
    language = request.headers.get("X-Xinting-Language", "")
    return f"{request.full_path.rstrip('?')} {language}".strip()


def _what_cannot_be(path: str) -> str:
    """Each thing that needs the hall is refused with what the visitor can do instead, not with one sentence for all."""
    return next((code for pattern, code in NEEDS_THE_HALL if pattern.fullmatch(path)), "hall_away")


def _first_page() -> Response:
    """Of a kiosk that is on before it ever reached the hall: it looks again by itself."""
    zh, en = (escape(say("no_kit", language)) for language in ("zh", "en"))
    page = f'<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><h1>{zh}</h1><p lang="en">{en}</p></html>'
    return Response(
        page, 503, {"Content-Type": "text/html; charset=utf-8", "Refresh": "3", "Cache-Control": "no-store"}
    )


def _refusal(code: str, request: Request, status: int = 503) -> Response:
    language = "en" if request.headers.get("X-Xinting-Language") == "en" else "zh"
    body = {
        "code": "hall_away" if code.startswith("hall_away") else code,
        "message": say(code, language),
        "details": {"alone": True},
    }
    return Response(json.dumps(body), status, content_type="application/json")
