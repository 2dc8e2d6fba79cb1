"""Taking a number, and everything that happens to it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from flask import Flask, request
from pydantic import Field

from queue_server.domain import commands as c
from queue_server.domain.events import TicketIssued
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import NotAtYourCounter, UnknownTicket
from queue_server.domain.rules import Way
from queue_server.domain.ticket import Ticket
from queue_server.domain.visits import later_services
from queue_server.foresight.base import Forecast
from queue_server.service.hall import Handled
from queue_server.web.api.common import (
    COMMAND,
    TicketPath,
    Wish,
    done,
    handle,
    make_api,
    wish_id,
    wish_of,
)
from queue_server.web.api.shapes import DoneShape, IssuedShape, StageName, TicketShape
from queue_server.web.audited import looks_at
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.security import FLOOR_STAFF, Who, limit, needs_device, needs_role, who
from queue_server.web.views import Json, iso, ticket_view, wait_view
from queue_server.web.waits import ahead_of

api = make_api("tickets", "Tickets")


ServiceId = Annotated[str, Field(max_length=40)]
NoticeCode = Annotated[str, Field(max_length=40)]
MaterialCode = Annotated[str, Field(max_length=40)]


class Issue(Wish):
    service: str = Field(max_length=40)
    way: Literal["coaching", "counter"] = "counter"
    care: bool = Field(False, description="Would like company; no reason is asked or kept")
    language: Literal["zh", "en"] = "zh"
    printer: str | None = Field(None, max_length=32, description="Where to print it; left out: no paper")
    services: list[ServiceId] = Field([], max_length=8, description="Further services of the same visit")
    people: int = Field(1, ge=1, le=99, description="A family or group on one number")
    statutory: bool = Field(False, description="Precedence by law; staff only, and no reason is kept")
    again: bool = Field(False, description="Yes, one more, though the last one is still held")
    choice_reason: str = Field("", max_length=100, description="Why not the zone that was advised")
    missing: list[MaterialCode] = Field([], max_length=20, description="Codes of the materials not brought along")
    to_fetch: bool = Field(False, description="Take the number and step aside to fetch them")
    large_print: bool = Field(False, description="Of the paper")
    card_mark: str | None = Field(
        None, max_length=200, description="As the kiosk's screen heard it of its card reader: precedence by law, once"
    )


class Expecting(Wish):
    expected_stage: StageName | None = Field(None, description="As the screen showed it when the person decided")


class End(Expecting):
    outcome: str = Field("done", min_length=1, max_length=40)
    call_next: bool | None = Field(None, description="Call the next visitor at once; left out: as the hall does")
    told: list[NoticeCode] = Field([], max_length=20, description="Codes of the risk notices told to the visitor")


class Park(Expecting):
    reason: str = Field("", max_length=100)
    keep_for: Literal["queue", "counter", "officer"] = Field(
        "queue", description="Who calls it when it is back: whoever can, this counter, or this officer"
    )


class Leave(Wish):
    reason: str = Field("left", min_length=1, max_length=40)


class Transfer(Expecting):
    zone: str | None = Field(None, max_length=32)
    service: str | None = Field(None, max_length=40)
    counter: str | None = Field(None, max_length=8)
    officer: str | None = Field(None, max_length=32)
    position: Literal["fair", "first", "last"] = Field("fair", description="fair: the first arrival counts on")
    reason: str = Field("", max_length=100)


class Reprint(Wish):
    printer: str = Field(max_length=32)
    link: str | None = Field(None, max_length=40, description="A kiosk needs it: who has the link has the ticket")


@api.post("/tickets", responses={201: IssuedShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
@needs_device("kiosk")
def issue_ticket(body: Issue) -> tuple[Json, int]:
    """Take a number. Pressing twice, or asking again after a lost answer, gives the same one."""
    return take_number(body, who(), request.headers.get("Idempotency-Key"), here()), 201


def take_number(body: Issue, someone: Who, key: str | None, context: Context, app: Flask | None = None) -> Json:
    """What the endpoint does, and `short_way` without Flask, which then names the `app`."""
    if someone.role == "kiosk":
        limit("ticket", someone.id, context.limits.kiosk_tickets * max(1, context.hall.clock.rate), app)
    known_printer(body.printer, context)
    if not someone.is_staff:
        context.check_in_force(body.service)
    of_kiosk = someone.role == "kiosk" and body.card_mark is not None
    mark = context.card_marks.read(body.card_mark or "", someone.id) if of_kiosk else None
    picture = context.waits.latest()  # may ask the hall, so before the command does
    command = c.IssueTicket(
        id=wish_of(someone.actor, "card", mark.nonce) if mark else wish_of(someone.actor, "issue", key),
        actor=someone.actor,
        service=body.service,
        way=Way(body.way),
        care=body.care,
        language=body.language,
        printer=body.printer,
        services=tuple(body.services),
        people=body.people,
        statutory=body.statutory if someone.is_staff else mark is not None and mark.is_fresh,
        again=body.again,
        choice_reason=body.choice_reason,
        missing=context.known_materials(body.service, body.missing) if body.missing else (),
        to_fetch=body.to_fetch,
        large_print=body.large_print,
        served_today=picture.forecast.served_today if picture.day == context.today() else {},
    )
    return context.hall.grant(command, lambda handled: issued_view(handled, context, picture.forecast))


def known_printer(printer: str | None, context: Context) -> None:
    if printer is not None and printer not in context.papers.states:
        raise ApiError(404, "unknown_printer", printer=printer)


def issued(context: Context) -> Callable[[Handled], Json]:
    """As `issued_view`, for a command that needs no forecast itself."""
    forecast = context.waits.latest().forecast
    return lambda handled: issued_view(handled, context, forecast)


def issued_view(handled: Handled, context: Context, forecast: Forecast) -> Json:
    """What the visitor is told of a number that was just given."""
    recorded = handled.recorded[0]
    assert isinstance(recorded.event, TicketIssued)
    ticket = handled.day.tickets[recorded.event.ticket]
    card, materials = context.card_and_materials(ticket.service, ticket.language)
    link = context.progress_links.link(recorded.day, ticket.number)
    wait = forecast.for_newcomer(ticket.zone, ticket.service)
    context.told_waits.on_paper(ticket, wait, recorded.day)
    total = forecast.for_newcomers_visit(wait, later_services(ticket, handled.day)) if ticket.services_to_do else None
    return {
        "ticket": ticket.number,
        "zone": ticket.zone,
        "stage": ticket.stage.value,
        "missing": list(ticket.missing),
        "ahead": ahead_of(ticket, handled.day),
        "wait": wait_view(wait),
        "materials": materials,
        "service": card,
        "link": context.progress_links.url_of(link),
        "qr": f"/p/{link}/qr.svg",
        "issued_at": iso(ticket.first_arrival_at),
        "paper": ticket.paper,
        "promise": ticket.promise,
        "statutory": ticket.statutory,
        "services_to_do": list(ticket.services_to_do),
        "total": wait_view(total),
        "seq": recorded.seq,
    }


def _has_the_link(number: str, link: str) -> None:
    """The paper carries the link: on a number alone, anybody could print another person's."""
    links = here().progress_links
    own = here().hall.read(lambda day, at: (links.read(link, day.day), day.day))
    if own[0] is None or (own[0].ticket, own[0].day) != (number, own[1]):
        raise ApiError(403, "link_needed", ticket=number)


@api.get("/tickets/<ticket>", responses={200: TicketShape})
@needs_role("officer", *FLOOR_STAFF)
@looks_at("visit")
def read_ticket(path: TicketPath) -> Json:
    """One ticket of today."""
    return here().hall.read(lambda day, at: ticket_view(_ticket(path.ticket, day), day.rules.limits))


def _ticket(number: str, day: HallDay) -> Ticket:
    ticket = day.ticket(number)
    if ticket is None:
        raise UnknownTicket(ticket=number)
    return ticket


def _at_own_counter(number: str, someone: Who, wish: str) -> None:
    """Officers act on the ticket at their own counter; guides and supervisors on any.

    Whoever asks again after a lost answer is told it again, though the ticket may be elsewhere by now.
    """
    if not someone.has("officer") or someone.has(*FLOOR_STAFF, "administrator"):
        return
    counter, granted = here().hall.read(lambda day, at: (_where(_ticket(number, day)), wish in day.seqs_of_command))
    if counter != someone.counter and not granted:
        raise NotAtYourCounter(ticket=number, counter=counter, yours=someone.counter)


def _where(ticket: Ticket) -> str | None:
    """The counter a ticket is at, or was at last."""
    return ticket.counter or ticket.for_counter


def _do(number: str, verb: str, make: Callable[[str, str], c.Command]) -> Json:
    """One command about one ticket; `make` gets the wish's id and the actor."""
    someone = who()
    wish = wish_id(someone, verb)
    _at_own_counter(number, someone, wish)
    return handle(make(wish, someone.actor), done)


@api.post("/tickets/<ticket>/recall", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def recall(path: TicketPath) -> Json:
    """Call again, not before the visitor could cross the hall."""
    return _do(path.ticket, "recall", lambda id, actor: c.RecallTicket(id=id, actor=actor, ticket=path.ticket))


@api.post("/tickets/<ticket>/start", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def start(path: TicketPath) -> Json:
    """The visitor is here: service begins."""
    return _do(path.ticket, "start", lambda id, actor: c.StartService(id=id, actor=actor, ticket=path.ticket))


@api.post("/tickets/<ticket>/hold", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def hold(path: TicketPath) -> Json:
    """Pause the service; the counter stays taken."""
    return _do(path.ticket, "hold", lambda id, actor: c.HoldService(id=id, actor=actor, ticket=path.ticket))


@api.post("/tickets/<ticket>/resume", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def resume(path: TicketPath) -> Json:
    """Go on after a hold."""
    return _do(path.ticket, "resume", lambda id, actor: c.ResumeService(id=id, actor=actor, ticket=path.ticket))


@api.post("/tickets/<ticket>/end", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def end(path: TicketPath, body: End) -> Json:
    """Service is over."""
    return _do(
        path.ticket,
        "end",
        lambda id, actor: c.EndService(
            id=id,
            actor=actor,
            ticket=path.ticket,
            outcome=body.outcome,
            call_next=body.call_next,
            told=tuple(body.told),
            expected_stage=body.expected_stage,
        ),
    )


@api.post("/tickets/<ticket>/park", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def park(path: TicketPath, body: Park) -> Json:
    """The visitor steps aside; the counter is free."""
    return _do(
        path.ticket,
        "park",
        lambda id, actor: c.ParkTicket(
            id=id,
            actor=actor,
            ticket=path.ticket,
            reason=body.reason,
            keep_for=body.keep_for,
            expected_stage=body.expected_stage,
        ),
    )


@api.post("/tickets/<ticket>/missed", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def missed(path: TicketPath) -> Json:
    """Called and did not come; may return within the tolerance."""
    return _do(path.ticket, "missed", lambda id, actor: c.MarkMissed(id=id, actor=actor, ticket=path.ticket))


@api.post("/tickets/<ticket>/return", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
@needs_device("kiosk")
def bring_back(path: TicketPath) -> Json:
    """Bring back a parked or missed ticket. Whoever the visitor turns to may do it."""
    someone = who()
    return handle(c.ReturnTicket(id=wish_id(someone, "return"), actor=someone.actor, ticket=path.ticket), done)


@api.post("/tickets/<ticket>/abandon", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def abandon(path: TicketPath, body: Leave) -> Json:
    """The visitor has left."""
    return _do(
        path.ticket,
        "abandon",
        lambda id, actor: c.AbandonTicket(id=id, actor=actor, ticket=path.ticket, reason=body.reason),
    )


@api.post("/tickets/<ticket>/transfer", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def transfer(path: TicketPath, body: Transfer) -> Json:
    """Send on to a zone, service or counter; the first arrival time stays."""
    return _do(
        path.ticket,
        "transfer",
        lambda id, actor: c.TransferTicket(
            id=id,
            actor=actor,
            ticket=path.ticket,
            zone=body.zone,
            service=body.service,
            counter=body.counter,
            officer=body.officer,
            position=body.position,
            reason=body.reason,
            expected_stage=body.expected_stage,
        ),
    )


@api.post("/tickets/<ticket>/undo-transfer", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role("officer", *FLOOR_STAFF)
def undo_transfer(path: TicketPath) -> Json:
    """Take the last transfer back, within the hall's seconds. Whoever made it may be anybody by then."""
    someone = who()
    return handle(c.UndoTransfer(id=wish_id(someone, "undo"), actor=someone.actor, ticket=path.ticket), done)


@api.post("/tickets/<ticket>/reprint", responses={200: DoneShape}, openapi_extensions=COMMAND)
@needs_role(*FLOOR_STAFF)
@needs_device("kiosk")
def reprint(path: TicketPath, body: Reprint) -> Json:
    """Another paper of the same number; at a kiosk for whoever has the ticket's link."""
    known_printer(body.printer, here())
    someone = who()
    if not someone.is_staff:
        _has_the_link(path.ticket, body.link or "")
        limit("reprint", someone.id, here().limits.kiosk_tickets)
    return _do(
        path.ticket,
        "reprint",
        lambda id, actor: c.ReprintTicket(id=id, actor=actor, ticket=path.ticket, printer=body.printer),
    )
