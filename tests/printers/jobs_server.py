"""A tiny server with the two print endpoints and the feed, as the print agent sees them."""

import threading
from datetime import UTC, datetime
from typing import Any

from flask import Flask, request
from flask_socketio import ConnectionRefusedError, SocketIO
from werkzeug.serving import make_server

TOKEN = "token-of-K1"


class JobsServer:
    """`ask_for(job)` as the hall would; `reports` is what the agent told, in order."""

    def __init__(self, port: int = 0, *, with_feed: bool = True) -> None:
        self.jobs: dict[str, dict[str, Any]] = {}
        self.reports: list[tuple[str, str, str | None]] = []
        self.states: list[str] = []  # of the printer, as the agent told them
        self.found: list[dict[str, Any]] = []  # what printers the kiosk said are around it
        self.connected: list[dict[str, Any]] = []
        self.fetches = 0
        self.report_status = self.found_status = 200
        self.moved_to: str | None = None  # what a report of a job that was given up is answered
        self.loses_answers = False
        self.given_up: list[dict[str, Any]] = []
        app = Flask(__name__)
        app.add_url_rule("/api/v1/print-jobs", view_func=self._list)
        app.add_url_rule("/api/v1/print-jobs/<job>", view_func=self._report, methods=["POST"])
        app.add_url_rule("/api/v1/printers/<printer>/state", view_func=self._hear_state, methods=["POST"])
        app.add_url_rule("/api/v1/printers/<printer>/found", view_func=self._hear_found, methods=["POST"])
        self.feed = SocketIO(app, async_mode="threading")
        if with_feed:
            self.feed.on("connect", namespace="/feed")(self._connect)
        self._server = make_server("127.0.0.1", port, app, threaded=True)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def ask_for(self, job: dict[str, Any]) -> None:
        fresh = {**job, "requested_at": datetime.now(UTC).isoformat()} if job["requested_at"] is None else job
        self.jobs[job["job"]] = fresh
        self.feed.emit("print_job", {"job": job["job"], "printer": job["printer"]}, namespace="/feed")

    def states_of(self, job: str) -> list[tuple[str, str | None]]:
        return [(state, problem) for reported, state, problem in self.reports if reported == job]

    def _connect(self, auth: dict[str, Any]) -> None:
        if auth != {"token": TOKEN, "audience": "printer"}:
            raise ConnectionRefusedError("unknown device")
        self.connected.append(auth)

    def _list(self) -> Any:
        if not self._is_known():
            return {"code": "not_signed_in"}, 401
        assert request.args["printer"] == "K1"
        self.fetches += 1
        reported = {job for job, _state, _problem in self.reports}
        return {"jobs": [job for name, job in self.jobs.items() if name not in reported]}

    def _report(self, job: str) -> Any:
        if not self._is_known():
            return {"code": "not_signed_in"}, 401
        if self.report_status != 200:
            return {"code": "not_now"}, self.report_status
        self.reports.append((job, request.json["state"], request.json["problem"]))
        if not request.json.get("given_up"):
            return {}
        self.given_up.append(request.json)
        if self.loses_answers:
            return {"code": "lost"}, 503
        return {"moved_to": self.moved_to}

    def _hear_state(self, printer: str) -> Any:
        if not self._is_known():
            return {"code": "not_signed_in"}, 401
        self.states.append(request.json["state"])
        return {}

    def _hear_found(self, printer: str) -> Any:
        if not self._is_known():
            return {"code": "not_signed_in"}, 401
        if self.found_status != 200:
            return {"code": "not_now"}, self.found_status
        self.found.append(request.json)
        del self.jobs[request.json["job"]]
        return {}

    def _is_known(self) -> bool:
        return request.headers.get("Authorization") == f"Bearer {TOKEN}"
