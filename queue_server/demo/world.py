"""What all simulated people share: the hall's facts, one agenda in hall time, one source of chance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from queue_server.demo.agenda import Agenda
from queue_server.demo.hall_client import HallAway, HallClient, Refused, moment
from queue_server.demo.profile import (
    FEEDBACK_AFTER_SECONDS,
    ServiceFacts,
    Visitor,
    a_day_factor,
    a_visitor,
    next_arrival,
)

if TYPE_CHECKING:
    from queue_server.demo.officers import Guide

TICK_SECONDS = 30


class World:
    """`now` is hall time as the server tells it, carried on by the caller between two answers."""

    def __init__(self, url: str, kiosk: HallClient, password: str, random: Random) -> None:
        self.url = url
        self.kiosk = kiosk
        self.phone = HallClient(url)
        self.password = password
        self.random = random
        self.agenda = Agenda()
        self.now: datetime
        self.visitors: dict[str, Visitor] = {}
        self.links: dict[str, str] = {}
        self.guide: Guide
        self._read_the_hall()

    def _read_the_hall(self) -> None:
        hall = self.kiosk.get("/hall")
        limits = hall["limits"]
        self.recall_seconds = limits["recall_after_seconds"] + limits["care_recall_extra_seconds"]
        self.calls_before_missed = limits["calls_before_missed"]
        self.staffed_zone = next(zone["id"] for zone in hall["zones"] if zone["purpose"] == "counter")
        self.counters: list[dict[str, Any]] = hall["counters"]
        self.purposes = {zone["id"]: zone["purpose"] for zone in hall["zones"]}
        self.services = [self._facts(card) for card in self.kiosk.get("/services", lang="zh")["services"]]
        self._minutes = {service.id: service.minutes for service in self.services}
        self.now = moment(hall["clock"]["now"])

    def _facts(self, card: dict[str, Any]) -> ServiceFacts:
        more = self.kiosk.get(f"/services/{card['id']}", lang="zh")
        return ServiceFacts(card["id"], card["coaching"], more["minutes"])

    def minutes_of(self, service: str) -> float:
        return self._minutes[service]

    def plan(self, seconds: float, action: Callable[[], None]) -> None:
        self.agenda.after(seconds, self.now, action)

    # --- visitors

    def open_the_doors(self, opened_at: datetime) -> None:
        """People come from now on, as the day's profile says."""
        self._opened_at = opened_at
        self._day_factor = a_day_factor(self.random)
        self._plan_next_arrival()

    def _plan_next_arrival(self) -> None:
        since = (self.now - self._opened_at).total_seconds()
        coming = next_arrival(since, self._day_factor, self.random)
        if coming is not None:
            self.agenda.at(self._opened_at + timedelta(seconds=coming), self._visitor_arrives)

    def _visitor_arrives(self) -> None:
        self._plan_next_arrival()
        visitor = a_visitor(self.services, self.random)
        try:
            issued = self.kiosk.post(
                "/tickets",
                service=visitor.service,
                way="coaching" if visitor.coaching else "counter",
                care=visitor.care,
                language=visitor.language,
            )
        except Refused:
            return  # the hall or the zone is closed: this visitor goes home
        number = issued["ticket"]
        self.visitors[number] = visitor
        self.links[number] = issued["link"]
        self.plan(visitor.patience, lambda: self._loses_patience(number))

    def _loses_patience(self, number: str) -> None:
        self._on_the_phone(number, "leave")

    def visit_ended(self, number: str) -> None:
        visitor = self.visitors.get(number)
        if visitor is not None and visitor.feedback is not None:
            level = visitor.feedback
            self.plan(FEEDBACK_AFTER_SECONDS, lambda: self._on_the_phone(number, "feedback", level=level))

    def _on_the_phone(self, number: str, what: str, **fields: object) -> None:
        """The forms of the progress page, for tickets this run has issued. A refusal is the page's own business."""
        if number not in self.links:
            return
        path = "/p/" + self.links[number].rsplit("/p/", 1)[1]
        try:
            self.phone.post_form(f"{path}/{what}", **fields)
        except (Refused, HallAway):
            return
