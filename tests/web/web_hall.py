"""The whole web on a log in memory. Each caller is a browser or a program of its own: `web.officer().post(…)`."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from queue_server.accounts import Accounts, DeviceKind
from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.secret_key import read_or_make_secret
from queue_server.clock import DemoClock
from queue_server.foresight.base import Forecaster
from queue_server.foresight.queue_work import QueueWork
from queue_server.hall_file import read_hall_file
from queue_server.service.hall import Hall
from queue_server.settings import DEPLOY, read_settings
from queue_server.stores.base import Log
from queue_server.stores.bookings import Bookings
from queue_server.stores.memory import MemoryLog
from queue_server.stores.visitor_words import VisitorWords
from queue_server.web.app import create_app
from queue_server.web.context import EXTENSION, Context
from queue_server.web.rate_limits import RateLimits

PASSWORD = "心厅 test password"
HALL_FILE = read_hall_file(DEPLOY / "halls" / "lanzhou.toml")
MONDAY_NINE = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
PEOPLE = {"officer": "li", "guide": "", "supervisor": "", "administrator": ""}
for person in reversed(HALL_FILE.people):
    PEOPLE[person.role] = person.id
GENEROUS = RateLimits(**dict.fromkeys(RateLimits.__dataclass_fields__, 100_000))


def prepare_accounts(folder: Path) -> Path:
    accounts = Accounts.open(folder)
    accounts.set_people(HALL_FILE.people)
    for person in PEOPLE.values():
        accounts.people.set_password(person, PASSWORD)
    accounts.close()
    return folder


class StoppedClock(DemoClock):
    """A demo clock that stands still until the test moves it."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(moment)
        self.moment = moment

    def now(self) -> datetime:
        return self.moment.astimezone(ZoneInfo("UTC"))

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)


class Caller:
    """A browser (cookies, CSRF from the server's answer) or a program (a bearer token)."""

    def __init__(self, client: FlaskClient, headers: dict[str, str] | None = None) -> None:
        self.client = client
        self.headers = headers or {}

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(_full(path), headers={**self.headers, **_named(headers)}, buffered=True)

    def post(self, path: str, body: Any = None, **headers: str) -> TestResponse:
        return self.client.post(_full(path), json=body or {}, headers={**self.headers, **_named(headers)})

    def delete(self, path: str, **headers: str) -> TestResponse:
        return self.client.delete(_full(path), headers={**self.headers, **_named(headers)})


def _full(path: str) -> str:
    return path if path.startswith(("/api/", "/p/", "/devices/", "/common/")) else f"/api/v1{path}"


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


class WebHall:
    def __init__(
        self,
        prepared: Path,
        folder: Path,
        *,
        log: Log | None = None,
        limits: RateLimits = GENEROUS,
        forecaster: Forecaster | None = None,
        **more: object,
    ) -> None:
        """`more`: settings of the process."""
        for name in ("accounts.sqlite", "secret.key"):
            shutil.copy(prepared / name, folder / name)
        self.real_now = MONDAY_NINE
        self.clock = StoppedClock(MONDAY_NINE)
        database = AccountsDatabase(folder / "accounts.sqlite")
        self.accounts = Accounts(database, read_or_make_secret(folder / "secret.key"), lambda: self.real_now)
        self.hall = Hall(log or MemoryLog(), HALL_FILE.rules, self.clock)
        self.words = VisitorWords(folder / "private.sqlite")
        self.bookings = Bookings(None)
        settings = read_settings(demo=True, data=folder, public_url="http://hall.test", **more)
        self.app, self.socketio = create_app(
            self.hall,
            HALL_FILE,
            forecaster or QueueWork(),
            self.accounts,
            settings,
            visitor_words=self.words,
            bookings=self.bookings,
            limits=limits,
            async_mode="threading",
            live=False,
        )
        self.context: Context = self.app.extensions[EXTENSION]

    def close(self) -> None:
        self.accounts.close()
        self.words.close()
        self.bookings.close()

    # --- who asks

    def stranger(self) -> Caller:
        return Caller(self.app.test_client())

    def officer(self, counter: str = "3") -> Caller:
        return self.signed_in("officer", counter)

    def signed_in(self, role: str, counter: str | None = None) -> Caller:
        caller = self.stranger()
        body = {"person": PEOPLE[role], "password": PASSWORD} | ({"counter": counter} if counter else {})
        answer = caller.post("/session", body)
        assert answer.status_code == 201, answer.json
        caller.headers = {"X-CSRF-Token": answer.json["csrf"]}
        return caller

    def device(self, kind: DeviceKind, name: str) -> Caller:
        token = self.accounts.devices.enrol(kind, name)
        return Caller(self.app.test_client(), {"Authorization": f"Bearer {token}"})

    def kiosk(self, name: str = "K1") -> Caller:
        return self.device(DeviceKind.KIOSK, name)

    def device_display(self) -> Caller:
        return self.device(DeviceKind.DISPLAY, "D1")

    # --- what often happens

    def a_visitor_takes_a_number(self, service: str = "TQ04", **choice: Any) -> str:
        answer = self.kiosk().post("/tickets", {"service": service, **choice})
        assert answer.status_code == 201, answer.json
        number: str = answer.json["ticket"]
        return number

    def an_officer_calls(self, officer: Caller, counter: str = "3") -> str:
        officer.post(f"/counters/{counter}/open")
        answer = officer.post(f"/counters/{counter}/call-next")
        assert answer.status_code == 200, answer.json
        number: str = answer.json["ticket"]["ticket"]
        return number

    def names(self) -> list[str]:
        """The log's words so far."""
        return [type(recorded.event).__name__ for recorded in self.hall.events()]
