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
    """No usable answer; the same question may succeed later."""


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

    def report(self, report: Report) -> bool:
        """False when the server knows no such job or will have no such report: telling it again is useless."""
        body = {"state": report.state, "problem": report.problem}
        answer = self._request("POST", f"{self._api}/{quote(report.job, safe='')}", json=body)
        if answer.ok:
            return True
        if 400 <= answer.status_code < 500 and answer.status_code not in _WORTH_RETRYING:
            return False
        raise ServerAway(f"POST print-jobs: {answer.status_code}")

    def tell_state(self, printer: str, state: str) -> bool:
        """How the printer is. False when the server will not hear it: an older one, or one without such a printer."""
        answer = self._request("POST", f"{self._printers}/{quote(printer, safe='')}/state", json={"state": state})
        if answer.status_code >= 500 or answer.status_code in _WORTH_RETRYING:
            raise ServerAway(f"POST printers: {answer.status_code}")
        return answer.ok

    def _request(self, method: str, url: str, **arguments: Any) -> requests.Response:
        try:
            return self._session.request(method, url, timeout=TIMEOUT_SECONDS, **arguments)
        except requests.RequestException as error:
            raise ServerAway(str(error)) from error


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
