"""The line to the hall, kept up by a thread of its own: numbers fetched beforehand, and told what was given alone."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

import requests

from kiosk.alone.desk import AloneDesk
from kiosk.alone.moments import Moment, heard_time, moment
from kiosk.alone.store import AloneStore, Answer, DiskFull, Given

logger = logging.getLogger(__name__)

LANGUAGES = ("zh", "en")
EVERY_SECONDS = 20.0
AWAY_AGAIN_SECONDS = 2.0
WITHIN_SECONDS = (3.05, 8.0)  # to connect, to answer
# Answers that may be others in a moment; any other 4xx will stay as it is.
WORTH_RETRYING = {401, 408, 425, 429}
AT_ONCE = 200  # numbers compared in one question


class HallAway(Exception):
    """No usable answer; the same may succeed later."""


class NoKiosk(Exception):
    """The hall knows this device as something else, as a printer without touch pages: no numbers for it."""


class HallLine:
    """`run` blocks until `stop`. `back` is called when the hall has been told everything after it was away."""

    def __init__(
        self,
        server_url: str,
        token: str,
        store: AloneStore,
        desk: AloneDesk,
        *,
        every_seconds: float = EVERY_SECONDS,
        clock: Callable[[], Moment] = moment,
    ) -> None:
        self._api = f"{server_url.rstrip('/')}/api/v1"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._store = store
        self._desk = desk
        self._every_seconds = every_seconds
        self._clock = clock
        self._bell = threading.Event()
        self._stopped = threading.Event()
        self._setup: Any = None  # of which the kit is
        self._newest: Any = None  # of which the hall's is
        self._start: str | None = None  # which start of the hall's server
        self.is_away = False

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.fetch()
                self.tell()
                self.fetch_kit()
                if self.is_away:
                    logger.info("The hall can be reached again", extra={"action": "hall_back"})
                self.is_away = False
            except NoKiosk:
                logger.info("The hall knows this device as no kiosk: it prints and gives no numbers")
                return
            except HallAway as error:
                if not self.is_away:
                    logger.warning("The hall cannot be reached: %s", error, extra={"action": "hall_away"})
                self.is_away = True
            except DiskFull as error:
                logger.error("The kiosk's disk is full: %s", error, extra={"action": "disk_full"})
                self.is_away = True
            self._bell.wait(AWAY_AGAIN_SECONDS if self.is_away else self._every_seconds)
            self._bell.clear()
        self._session.close()

    def stop(self) -> None:
        self._stopped.set()
        self._bell.set()

    def ring(self) -> None:
        """There is something to tell, or the hall was just heard of."""
        self._bell.set()

    # --- telling

    def tell(self) -> None:
        """Everything that was given alone, in that order. Raises HallAway; what was told until then stays told."""
        for given in self._store.untold():
            answer = self._ask("POST", "/handed-over", json=self._as_told(given), key=given.key)
            if answer.ok:
                self._store.is_told(given.key, answer.text)
                if doubts := answer.json().get("doubts"):
                    logger.warning("%s was taken over with doubts: %s", given.number, ", ".join(doubts))
            else:  # a supervisor must look; asking again would hold up all that come after it
                self._store.is_told(given.key, answer.text)
                logger.error(
                    "The hall does not take over %s: %s", given.number, answer.text[:200], extra={"action": "not_taken"}
                )

    def _as_told(self, given: Given) -> dict[str, Any]:
        taken_at = self._desk.taken_at(given).isoformat()
        return given.wish | {"number": given.number, "key": given.key, "taken_at": taken_at}

    # --- fetching

    def fetch(self) -> None:
        """Numbers and the hall's time, before anything is told by it. Raises HallAway."""
        asked = self._clock()
        answer = self._ask("POST", "/leases", json={"have": self._store.in_hand()})
        if answer.status_code == 403:
            raise NoKiosk
        if not answer.ok:
            raise HallAway(f"leases: {answer.status_code}")
        said = answer.json()
        self._desk.hear_time(heard_time(datetime.fromisoformat(said["now"]), asked, self._clock()))
        numbers = [
            (f"{lease['prefix']}{number:04d}", link)
            for lease in said["leases"]
            for number, link in zip(range(lease["first"], lease["last"] + 1), lease["links"], strict=True)
        ]
        day = date.fromisoformat(said["day"])
        self._store.keep_numbers(day, numbers)
        self._newest = (said["setup"], said["day"])
        if self._start != said["start"]:
            self._compare(day)
            self._start = said["start"]

    def _compare(self, day: date) -> None:
        """The hall was started anew, maybe with an older log: what it has forgotten it is told again."""
        mine = [{"number": given.number, "key": given.key} for given in self._store.of_day(day)]
        for some in (mine[place : place + AT_ONCE] for place in range(0, len(mine), AT_ONCE)):
            answer = self._ask("POST", "/kiosk-numbers", json={"numbers": some})
            if not answer.ok:
                raise HallAway(f"kiosk-numbers: {answer.status_code}")
            if forgotten := answer.json()["unknown"]:
                logger.warning("The hall does not know %s of this kiosk's numbers", len(forgotten))
                self._store.tell_again(forgotten, day)

    def fetch_kit(self) -> None:
        """All that is needed to go on alone, where the setup or the day is another one. Raises HallAway."""
        if self._setup != self._newest:
            newest = self._newest
            kit = self._ask("GET", "/kiosk-kit")
            if not kit.ok:
                raise HallAway(f"kiosk-kit: {kit.status_code}")
            self._read_guides(kit.json()["services"])
            self._desk.hear_kit(kit.json())
            self._setup = newest

    def _read_guides(self, services: Iterable[str]) -> None:
        """What each service is and needs, before anybody asks: the page wants it when a service is touched."""
        for language in LANGUAGES:
            for path in (f"/services?lang={language}", *(f"/services/{one}?lang={language}" for one in services)):
                answer = self._ask("GET", path, language=language)
                if answer.ok:
                    kind = answer.headers.get("Content-Type", "application/json")
                    self._store.keep_answer(f"/api/v1{path} {language}", Answer(kind, answer.content))

    def _ask(
        self, method: str, path: str, *, key: str | None = None, language: str = "zh", **what: Any
    ) -> requests.Response:
        headers = {"X-Xinting-Language": language} | ({"Idempotency-Key": key} if key else {})
        try:
            answer = self._session.request(method, self._api + path, headers=headers, timeout=WITHIN_SECONDS, **what)
            if answer.content:
                json.loads(answer.content)
        except (requests.RequestException, ValueError) as error:
            raise HallAway(str(error)) from error
        if answer.status_code >= 500 or answer.status_code in WORTH_RETRYING:
            raise HallAway(f"{path}: {answer.status_code}")
        return answer
