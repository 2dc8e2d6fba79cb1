"""The simulated people's own process: `python -m queue_server.demo.people URL`. Uses only public interfaces.

While the start page's switch is off it does nothing. Counter 5 is left free for whoever wants to try a desk by hand.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.demo.hall_client import HallAway, HallClient, Refused, moment
from queue_server.demo.officers import Guide, Officer
from queue_server.demo.profile import LEFT_FREE
from queue_server.demo.world import World

logger = logging.getLogger(__name__)

LOOK_AT_SWITCH_SECONDS = 1.0
LONGEST_NAP_SECONDS = 0.25

Json = dict[str, Any]


class People:
    """Begins when the switch goes on, begins anew each hall day, stops when it goes off."""

    def __init__(self, url: str, token: str, password: str, accounts: list[Json], random: Random) -> None:
        self.url = url
        self.kiosk = HallClient(url, token)
        self.password = password
        self.accounts = accounts
        self.random = random
        self.world: World | None = None
        self.day: str | None = None
        self._clock: tuple[datetime, float, int] | None = None  # hall moment, our monotonic then, rate

    def look_at_the_switch(self) -> None:
        demo = self.kiosk.get("/demo")
        clock = demo["clock"]
        self._clock = (moment(clock["now"]), time.monotonic(), clock["rate"])
        if not demo["running"]:
            self.world = None
            return
        hall = self.kiosk.get("/hall")
        if self.world is None or hall["day"] != self.day:
            self._begin(hall)

    def _begin(self, hall: Json) -> None:
        if not hall["hours"]["open_now"]:
            return
        self.day = hall["day"]
        self.world = World(self.url, self.kiosk, self.password, self.random)
        self.world.now = self.hall_now()
        self.world.guide = Guide(self.world, self._person("guide"))
        self.world.guide.begin()
        for person, counter in self._officers():
            officer = Officer(self.world, person, counter["id"], self.world.purposes[counter["zone"]])
            self.world.plan(self.random.uniform(1, 60), officer.begin)
        self.world.open_the_doors(self._opened_at(hall))

    def _opened_at(self, hall: Json) -> datetime:
        """Today's opening, in the hall's own time zone."""
        opens = datetime.fromisoformat(f"{hall['day']}T{hall['hours']['today'][0][0]}")
        return opens.replace(tzinfo=ZoneInfo(hall["clock"]["timezone"]))

    def _officers(self) -> list[tuple[str, Json]]:
        assert self.world is not None
        people = {one["counter"]: one["person"] for one in self.accounts if one["role"] == "officer"}
        counters = [counter for counter in self.world.counters if counter["id"] != LEFT_FREE]
        return [(people[counter["id"]], counter) for counter in counters if counter["id"] in people]

    def _person(self, role: str) -> str:
        return next(one["person"] for one in self.accounts if one["role"] == role)

    def hall_now(self) -> datetime:
        assert self._clock is not None
        at, since, rate = self._clock
        return at + timedelta(seconds=(time.monotonic() - since) * rate)

    def live(self) -> float:
        """Do what is due; returns how many real seconds may pass until the next thing."""
        if self.world is None or self._clock is None:
            return LONGEST_NAP_SECONDS
        self.world.now = self.hall_now()
        while action := self.world.agenda.due(self.world.now):
            try:
                action()
            except Refused as refusal:
                logger.info("A simulated step was refused: %s", refusal)
            self.world.now = self.hall_now()
        left = self.world.agenda.seconds_until_next(self.world.now)
        rate = self._clock[2]
        return min(LONGEST_NAP_SECONDS, max(0.01, left / rate)) if left is not None else LONGEST_NAP_SECONDS


def main(url: str, token: str, password: str, accounts: list[Json], seed: int) -> None:
    """Live until the process is ended. The seed is printed, so that a day can be repeated."""
    logger.info("Simulated people ready, seed %s", seed)
    people = People(url, token, password, accounts, Random(seed))
    look_again = 0.0
    while True:
        try:
            if time.monotonic() >= look_again:
                people.look_at_the_switch()
                look_again = time.monotonic() + LOOK_AT_SWITCH_SECONDS
            time.sleep(people.live())
        except HallAway as away:
            logger.warning("The hall is away: %s", away)
            people.world = None
            time.sleep(LOOK_AT_SWITCH_SECONDS)


if __name__ == "__main__":
    given = os.environ
    logging.basicConfig(level=given.get("XINTING_LOG_LEVEL", "WARNING"))
    main(
        sys.argv[1],
        given["XINTING_TOKEN"],
        given["XINTING_DEMO_PASSWORD"],
        json.loads(given["XINTING_DEMO_PEOPLE"]),
        int(given.get("XINTING_DEMO_SEED") or Random().randrange(1_000_000)),
    )
