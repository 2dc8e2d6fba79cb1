"""Giving a number without the hall: by the kit that the hall left, from the numbers that it leased."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.alone.moments import Moment, hall_time, moment
from kiosk.alone.store import AloneStore, Answer, Given

KIT, HALL_CLOCK = "own/kit", "own/clock"
CARRIED = ("care", "language", "printer", "people", "missing", "to_fetch", "large_print", "way")

Json = dict[str, Any]


class CannotGive(Exception):
    """`code` has its words in the kiosk's own words: no_kit, unknown_service, no_number_left."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class AloneDesk:
    def __init__(self, store: AloneStore, clock: Callable[[], Moment] = moment) -> None:
        self._store = store
        self._clock = clock

    def hear_kit(self, kit: Json) -> None:
        self._store.keep_answer(KIT, Answer("application/json", json.dumps(kit).encode()))

    def hear_time(self, said: datetime) -> None:
        now = self._clock()
        body = json.dumps([said.isoformat(), now.wall, now.since_start, now.start])
        self._store.keep_answer(HALL_CLOCK, Answer("application/json", body.encode()))

    def hall_now(self) -> datetime | None:
        """None before the hall was ever reached."""
        kept = self._store.answer(HALL_CLOCK)
        if kept is None:
            return None
        said, *clocks = json.loads(kept.body)
        return hall_time(datetime.fromisoformat(said), Moment(*clocks), self._clock())

    def give(self, wish: Json, key: str) -> tuple[Json, Json]:
        """What the page is answered, and the job for the printer. The same press gives the same. Raises CannotGive."""
        kit, now = self._kit(), self.hall_now()
        if kit is None or now is None:
            raise CannotGive("no_kit")
        service = kit["services"].get(wish.get("service"))
        if service is None:
            raise CannotGive("unknown_service")
        place = _place(service["places"], wish)
        local = now.astimezone(ZoneInfo(kit["timezone"]))
        carried = {name: wish[name] for name in CARRIED if name in wish}
        carried |= {"service": wish["service"], "services": wish.get("services", []), "zone": place["zone"]}
        given = self._store.give(key, place["prefix"], local.date(), carried, self._clock())
        if given is None:
            raise CannotGive("no_number_left")
        return _answer(given, service, local), _job(given, service, local)

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
