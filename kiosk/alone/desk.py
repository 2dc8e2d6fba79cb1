"""Giving a number without the hall: by the kit that the hall left, from the numbers that it leased."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.alone.moments import HeardTime, Moment, better_known, moment
from kiosk.alone.store import AloneStore, Answer, DiskFull, Given

KIT, HALL_CLOCK = "own/kit", "own/clock"
CARRIED = ("care", "language", "printer", "people", "missing", "to_fetch", "large_print", "way")

Json = dict[str, Any]


class CannotGive(Exception):
    """`code` has its words in the kiosk's own words: no_kit, unknown_service, no_number_left, disk_full."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class AloneDesk:
    def __init__(self, store: AloneStore, clock: Callable[[], Moment] = moment) -> None:
        self._store = store
        self._clock = clock

    def hear_kit(self, kit: Json) -> None:
        self._store.keep_answer(KIT, Answer("application/json", json.dumps(kit).encode()))

    def hear_time(self, new: HeardTime) -> None:
        known = self._heard()
        if (better := better_known(known, new)) != known:
            heard = better.heard
            clocks = [better.said.isoformat(), better.within, heard.wall, heard.since_start, heard.start]
            self._store.keep_answer(HALL_CLOCK, Answer("application/json", json.dumps(clocks).encode()))

    def hall_time(self, at: Moment) -> datetime | None:
        """None before the hall was ever reached, or where this machine's clock is known to be no help."""
        heard = self._heard()
        return heard.at(at) if heard else None

    def taken_at(self, given: Given) -> datetime:
        """By the hall's clock as it is known now; after a new start of the machine as it was known then."""
        heard = self._heard()
        if heard is not None and heard.heard.start == given.at.start:
            return heard.at(given.at) or given.taken_at
        return given.taken_at

    def _heard(self) -> HeardTime | None:
        kept = self._store.answer(HALL_CLOCK)
        if kept is None:
            return None
        said, within, *clocks = json.loads(kept.body)
        return HeardTime(datetime.fromisoformat(said), Moment(*clocks), within)

    def give(self, wish: Json, key: str) -> tuple[Json, Json]:
        """What the page is answered, and the job for the printer. The same press gives the same. Raises CannotGive."""
        at = self._clock()
        kit, now = self._kit(), self.hall_time(at)
        if kit is None or now is None:
            raise CannotGive("no_kit")
        service = kit["services"].get(wish.get("service"))
        if service is None:
            raise CannotGive("unknown_service")
        place = _place(service["places"], wish)
        local = now.astimezone(ZoneInfo(kit["timezone"]))
        carried = {name: wish[name] for name in CARRIED if name in wish}
        carried |= {"service": wish["service"], "services": wish.get("services", []), "zone": place["zone"]}
        try:
            given = self._store.give(key, place["prefix"], local.date(), carried, at, now)
        except DiskFull as error:
            raise CannotGive("disk_full") from error
        if given is None:
            raise CannotGive("no_number_left")
        return _answer(given, service, local), _job(given, service, local)

    def adopt(self, wish: Json, key: str, job: Json) -> Json:
        """What the page is answered where the hall's paper is here and its answer is not: that paper's number."""
        kit, at, paper = self._kit(), self._clock(), job["ticket"]
        service = kit["services"].get(wish.get("service")) if kit else None
        now = self.hall_time(at)
        if kit is None or now is None or service is None:
            raise CannotGive("no_kit")
        local = now.astimezone(ZoneInfo(kit["timezone"]))
        carried = {name: wish[name] for name in CARRIED if name in wish}
        carried |= {"service": wish["service"], "services": wish.get("services", []), "zone": paper["zone"]["id"]}
        given = Given(key, local.date(), paper["ticket"], paper["link"], carried, at, now, by_hall=True)
        self._store.remember(given, json.dumps({"by": "hall"}))
        return _answer(given, service, local) | {"ahead": paper["ahead"]}

    def remember(self, wish: Json, key: str, answer: Json) -> None:
        """A number that the hall gave through this kiosk. Raises DiskFull."""
        at, kit = self._clock(), self._kit()
        taken_at = datetime.fromisoformat(answer["issued_at"])
        day = taken_at.astimezone(ZoneInfo(kit["timezone"]) if kit else None).date()
        carried = {name: wish[name] for name in CARRIED if name in wish}
        carried |= {"service": wish["service"], "services": wish.get("services", []), "zone": answer["zone"]}
        given = Given(key, day, answer["ticket"], answer["link"], carried, at, taken_at, by_hall=True)
        self._store.remember(given, json.dumps({"by": "hall"}))

    def _kit(self) -> Json | None:
        kept = self._store.answer(KIT)
        kit: Json | None = json.loads(kept.body) if kept else None
        return kit


def _place(places: Json, wish: Json) -> Json:
    wanted = "care" if wish.get("care") and "care" in places else str(wish.get("way", "counter"))
    place: Json = places.get(wanted) or next(iter(places.values()))
    return place


def _answer(given: Given, service: Json, local: datetime) -> Json:
    """As the hall answers, but for what only the hall can know."""
    card = service["cards"][_language(given)]
    wish = given.wish
    return {
        "ticket": given.number,
        "zone": wish["zone"],
        "stage": "parked" if wish.get("to_fetch") else "waiting",
        "missing": wish.get("missing", []),
        "ahead": None,
        "wait": None,
        "materials": card["materials"],
        "service": card["service"],
        "link": given.link,
        "qr": f"/p/{given.link.rsplit('/', 1)[-1]}/qr.svg",
        "issued_at": local.isoformat(),
        "paper": "asked" if wish.get("printer") else "none",
        "promise": "unknown",
        "services_to_do": wish["services"],
        "total": None,
        "seq": 0,
        "alone": True,
    }


def job_of(given: Given) -> str:
    """The id of its paper: the one that the hall will use for the same paper, so that it never comes out twice."""
    return f"{given.day.isoformat()}.{given.number}.1"


def _job(given: Given, service: Json, local: datetime) -> Json:
    paper = service["papers"][given.wish["zone"]][_language(given)]
    missing = set(given.wish.get("missing", []))
    codes = [material.get("code") for material in service["cards"][_language(given)]["materials"]]
    materials = [
        material | {"missing": code in missing} for material, code in zip(paper["materials"], codes, strict=False)
    ]
    return {
        "job": job_of(given),
        "printer": given.wish.get("printer"),
        "reprint": False,
        "requested_at": local.isoformat(),
        "ticket": paper
        | {
            "ticket": given.number,
            "link": given.link,
            "issued_at": f"{local:%H:%M}",
            "ahead": 0,
            "wait": None,
            "materials": materials or paper["materials"],
            "fetching": bool(given.wish.get("to_fetch")),
            "large_print": bool(given.wish.get("large_print")),
            "alone": True,
        },
    }


def _language(given: Given) -> str:
    return "en" if given.wish.get("language") == "en" else "zh"
