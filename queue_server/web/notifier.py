"""Tells visitors outside the page that three are ahead, and that they are called. Each thing is told once.

A background task looks once a second at how things stand, not at what happened: so nothing is told twice after a
restart, nothing is told that is over, and whichever process of a hall comes first does it. Every notice is delivered
in a task of its own, so that no command and no other notice waits for somebody else's server.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from queue_server.domain.hall_day import HallDay
from queue_server.domain.ticket import Stage, Ticket
from queue_server.notices.delivery import Outcome, deliver
from queue_server.notices.push import PushNotices
from queue_server.notices.webhook import Webhook
from queue_server.stores.base import StorageTrouble
from queue_server.stores.visitor_contacts import PHONE, PUSH, Contact, VisitorContacts
from queue_server.web.pages.progress.progress_view import forecast_of, is_near
from queue_server.web.views import Json, iso, said
from queue_server.web.waits import Picture
from queue_server.web.words import word

if TYPE_CHECKING:
    from queue_server.web.context import Context

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0

CALLED, NEAR = "called", "near"


@dataclass(frozen=True, slots=True)
class Notice:
    """`mark` tells one from another of the same ticket: each call and recall, each time the turn came near."""

    kind: str  # called | near
    ticket: str
    zone: str
    language: str
    mark: str
    counter: str | None = None
    attempt: int = 0
    ahead: int | None = None


class Notifier:
    """`run(function, *args)` starts a task; tests hand in a plain call."""

    def __init__(self, context: Context, contacts: VisitorContacts, push: PushNotices, webhook: Webhook | None) -> None:
        self._context = context
        self.contacts = contacts
        self.push = push
        self.webhook = webhook
        self._tells_everybody = context.settings.notice_webhook_all

    def notify_for_ever(self, run: Callable[..., object], sleep: Callable[[float], object]) -> None:
        while True:
            sleep(LOOK_EVERY_SECONDS)
            try:
                self.look(run, sleep)
            except StorageTrouble:
                pass  # the timekeeper says so
            except Exception:  # a notice that fails must not end all notices of the day
                logger.exception("Looking for notices failed", extra={"action": "notices_failed"})

    def look(self, run: Callable[..., object], sleep: Callable[[float], object]) -> None:
        """Tell what is to be told now."""
        day = self._context.hall.rules.day_of(self._context.hall.clock.now())
        of_day = self.contacts.of_day(day)
        everybody = self._tells_everybody and self.webhook is not None
        if not of_day and not everybody:
            return
        picture = self._context.waits.picture()

        def due(hall_day: HallDay, at: datetime) -> list[Notice]:
            numbers = hall_day.unfinished if everybody else of_day.keys() & hall_day.unfinished.keys()
            tickets = (hall_day.unfinished[number] for number in numbers)
            return [notice for ticket in tickets if (notice := self._due(ticket, hall_day, picture))]

        for notice in self._context.hall.read(due):
            if self.contacts.claim(day, notice.ticket, f"{notice.kind}:{notice.mark}"):
                for send in self._ways(notice, of_day.get(notice.ticket, [])):
                    run(send, sleep)

    def _due(self, ticket: Ticket, day: HallDay, picture: Picture) -> Notice | None:
        at_hand = (ticket.number, ticket.zone, ticket.language)
        if ticket.stage is Stage.CALLED and ticket.called_at is not None:
            mark = ticket.called_at.isoformat()
            return Notice(CALLED, *at_hand, mark, counter=ticket.counter, attempt=ticket.calls)
        forecast = forecast_of(ticket, day, picture)
        if forecast is not None and is_near(ticket, forecast):
            return Notice(NEAR, *at_hand, f"{ticket.misses}.{ticket.minutes_asked}", ahead=forecast.ahead)
        return None

    # --- the ways to tell it

    def _ways(self, notice: Notice, contacts: list[Contact]) -> Iterator[Callable[..., None]]:
        for contact in contacts:
            if contact.kind == PUSH:
                yield partial(self._by_push, notice, contact)
        phone = next((contact.address for contact in contacts if contact.kind == PHONE), None)
        if self.webhook is not None and (phone or self._tells_everybody):
            yield partial(self._by_webhook, self.webhook, notice, phone)

    def _by_push(self, notice: Notice, contact: Contact, sleep: Callable[[float], object]) -> None:
        message = self.message(notice)
        send = partial(self.push.send, contact.subscription, message)
        outcome = deliver(f"{notice.kind} by push", send, partial(self._still_true, notice), sleep)
        if outcome is Outcome.GONE:
            day = self._context.hall.rules.day_of(self._context.hall.clock.now())
            self.contacts.forget_one(day, contact)

    def _by_webhook(
        self, webhook: Webhook, notice: Notice, phone: str | None, sleep: Callable[[float], object]
    ) -> None:
        body = self.webhook_body(notice, phone)
        deliver(f"{notice.kind} by webhook", partial(webhook.send, body), partial(self._still_true, notice), sleep)

    def _still_true(self, notice: Notice) -> bool:
        stage = Stage.CALLED if notice.kind == CALLED else Stage.WAITING

        def stands(day: HallDay, at: datetime) -> bool:
            ticket = day.tickets.get(notice.ticket)
            same_call = ticket is not None and (notice.kind == NEAR or iso(ticket.called_at) == notice.mark)
            return ticket is not None and ticket.stage is stage and same_call

        return self._context.hall.read(stands)

    def message(self, notice: Notice) -> Json:
        """What the phone's system shows, and where a tap leads."""
        values = self._values(notice)
        head = word(f"notices.{notice.kind}", notice.language, **values)
        text = word(f"notices.{notice.kind}_more", notice.language, **values)
        return {"title": head, "body": text, "tag": notice.ticket, "url": self._link(notice)}

    def webhook_body(self, notice: Notice, phone: str | None) -> Json:
        rules, now = self._context.hall.rules, self._context.hall.clock.now()
        day = rules.day_of(now).isoformat()
        text = word(f"notices.{notice.kind}_sms", notice.language, **self._values(notice))
        return {
            "id": f"{rules.hall}:{day}:{notice.ticket}:{notice.kind}:{notice.mark}",
            "kind": notice.kind,
            "at": now.isoformat(),
            "hall": rules.hall,
            "day": day,
            "ticket": notice.ticket,
            "zone": notice.zone,
            "counter": notice.counter,
            "attempt": notice.attempt,
            "ahead": notice.ahead,
            "language": notice.language,
            "phone": phone,
            "text": text,
            "link": self._link(notice),
        }

    def _values(self, notice: Notice) -> Json:
        hall_file = self._context.hall_file
        zone = said(hall_file.zones[notice.zone].name, notice.language)
        hall = said(hall_file.name, notice.language)
        return {"ticket": notice.ticket, "counter": notice.counter, "ahead": notice.ahead, "zone": zone, "hall": hall}

    def _link(self, notice: Notice) -> str:
        day = self._context.hall.rules.day_of(self._context.hall.clock.now())
        return self._context.progress_links.url(day, notice.ticket)
