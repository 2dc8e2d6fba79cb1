"""The print agent's side of the server's HTTP API: fetch jobs, report what became of them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

import requests

from printers.spool import Report

TIMEOUT_SECONDS = (3.05, 6.0)  # to connect, to answer
# Refusals that may go away by themselves: not signed in yet, too slow, too many. Other 4xx will never be accepted.
_WORTH_RETRYING = {401, 403, 408, 425, 429}


class ServerAway(Exception):
    """No usable answer; the same question may succeed later. `was_sent`: the server may have heard it all the same."""

    def __init__(self, why: str, *, was_sent: bool = True) -> None:
        super().__init__(why)
        self.was_sent = was_sent


@dataclass(frozen=True)
class Answered:
    """`is_heard` is false when the server knows no such job or will have no such report: telling it again is useless.
    `moved_to`: the printer where a job that was given up comes out instead."""

    is_heard: bool
    moved_to: str | None = None


@dataclass(frozen=True)
class Fetched:
    """Jobs asked for and not yet reported, and the server's time when it said so."""

    jobs: list[dict[str, Any]]
    server_now: datetime | None


class ServerLink:
    """One per thread: a `requests.Session` is not made to be shared."""

    def __init__(self, server_url: str, token: str) -> None:
        self._api = server_url.rstrip("/") + "/api/v1/print-jobs"
        self._printers = server_url.rstrip("/") + "/api/v1/printers"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        self._session.close()

    def fetch(self, printer: str) -> Fetched:
        answer = self._request("GET", self._api, params={"printer": printer})
        if not answer.ok:
            raise ServerAway(f"GET print-jobs: {answer.status_code}")
        try:
            body = answer.json()
            jobs = [job for job in body["jobs"] if isinstance(job, dict) and isinstance(job.get("job"), str)]
        except (ValueError, KeyError, TypeError) as error:
            raise ServerAway(f"GET print-jobs: not a list of jobs ({error})") from error
        return Fetched(jobs, _server_now(body.get("now"), answer.headers.get("Date")))

    def report(self, report: Report) -> Answered:
        body: dict[str, Any] = {"state": report.state, "problem": report.problem}
        if report.given_up:
            body |= {"given_up": True, "maybe_on_paper": report.maybe_on_paper}
        answer = self._request("POST", f"{self._api}/{quote(report.job, safe='')}", json=body)
        if answer.ok:
            return Answered(True, _moved_to(answer))
        if 400 <= answer.status_code < 500 and answer.status_code not in _WORTH_RETRYING:
            return Answered(False)
        raise ServerAway(f"POST print-jobs: {answer.status_code}")

    def tell_state(self, printer: str, state: str) -> bool:
        """How the printer is. False when the server will not hear it: an older one, or one without such a printer."""
        answer = self._request("POST", f"{self._printers}/{quote(printer, safe='')}/state", json={"state": state})
        if answer.status_code >= 500 or answer.status_code in _WORTH_RETRYING:
            raise ServerAway(f"POST printers: {answer.status_code}")
        return answer.ok

    def tell_found(self, printer: str, job: str, found: list[dict[str, str]], unseen: list[dict[str, str]]) -> bool:
        """What printers this kiosk can reach. False when the server does not want it any more."""
        url = f"{self._printers}/{quote(printer, safe='')}/found"
        answer = self._request("POST", url, json={"job": job, "found": found, "unseen": unseen})
        if answer.status_code >= 500 or answer.status_code in _WORTH_RETRYING:
            raise ServerAway(f"POST found: {answer.status_code}")
        return answer.ok

    def _request(self, method: str, url: str, **arguments: Any) -> requests.Response:
        try:
            return self._session.request(method, url, timeout=TIMEOUT_SECONDS, **arguments)
        except requests.RequestException as error:
            raise ServerAway(str(error), was_sent=not _was_refused(error)) from error


def _was_refused(error: requests.RequestException) -> bool:
    """No connection came about, so nothing can have been heard."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(error, requests.ConnectTimeout) or type(reason).__name__ == "NewConnectionError"


def _moved_to(answer: requests.Response) -> str | None:
    try:
        said = answer.json().get("moved_to")
    except (ValueError, AttributeError):
        return None
    return said if isinstance(said, str) else None


def _server_now(said: Any, date_header: str | None) -> datetime | None:
    """The hall's own time if the server says it (a demo's day runs faster), else that of its HTTP answer."""
    try:
        if isinstance(said, str):
            now = datetime.fromisoformat(said)
        elif date_header:
            now = parsedate_to_datetime(date_header)
        else:
            return None
    except ValueError:
        return None
    return now if now.tzinfo else now.replace(tzinfo=UTC)
