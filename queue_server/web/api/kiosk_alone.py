"""For kiosks that go on when they cannot reach the hall: numbers to keep, what to print, and what they gave alone."""

from __future__ import annotations

from secrets import token_hex
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from queue_server.domain import commands as c
from queue_server.domain.decide.leased import prefixes
from queue_server.domain.events import TicketIssued
from queue_server.domain.hall_day import HallDay
from queue_server.domain.lease_size import kept_numbers, wanted_numbers
from queue_server.domain.numbers import whole_number
from queue_server.domain.rules import Way
from queue_server.service.hall import Handled
from queue_server.web.alone_kit import kit_view
from queue_server.web.api.common import COMMAND, Done, Wish, done, handle, make_api, rules, wish_id, wish_of
from queue_server.web.api.tickets import known_printer
from queue_server.web.context import here
from queue_server.web.lease_views import handed_over_views, lease_view, lease_views
from queue_server.web.security import limit, needs_device, needs_role, who
from queue_server.web.views import Json

api = make_api("kiosk-alone", "Kiosks that cannot reach the hall")

LEASES_A_MINUTE = 120  # each number given alone is followed by a look at the hall
MOST_KEPT = 5  # times what a kiosk needs; then a supervisor takes back what was lost
START = token_hex(8)  # of this server: a kiosk that sees another one asks what the hall has forgotten
KEY = "^[A-Za-z0-9_-]{1,64}$"
Prefix = Annotated[str, Field(pattern="^[A-Z]$")]
MaterialCode = Annotated[str, Field(max_length=40)]


class Have(Wish):
    """How many numbers of each letter the kiosk still has in hand."""

    have: dict[Prefix, Annotated[int, Field(ge=0, le=9999)]] = Field({}, max_length=26)


class Taken(Wish):
    """`taken_at`: by the hall's clock, which the kiosk knows whatever its own clock says."""

    number: str = Field(max_length=8, description="As on the paper")
    key: str = Field(pattern=KEY, description="The Idempotency-Key of the visitor's press")
    taken_at: AwareDatetime
    service: str = Field(max_length=40)
    zone: str = Field(max_length=32)
    way: Literal["coaching", "counter"] = "counter"
    care: bool = False
    language: Literal["zh", "en"] = "zh"
    printer: str | None = Field(None, max_length=32)
    services: list[Annotated[str, Field(max_length=40)]] = Field([], max_length=8)
    people: int = Field(1, ge=1, le=99)
    missing: list[MaterialCode] = Field([], max_length=20)
    to_fetch: bool = False
    large_print: bool = False


class OnPaper(BaseModel):
    number: str = Field(max_length=8)
    key: str = Field(pattern=KEY)


class OnPapers(BaseModel):
    numbers: list[OnPaper] = Field(max_length=200)


class LeasePath(BaseModel):
    lease: str = Field(max_length=8, description="Its first number")


class Back(Wish):
    reason: str = Field("", max_length=100)


@api.get("/kiosk-kit")
@needs_device("kiosk")
def read_kit() -> Json:
    """Everything that a paper needs but the number: asked for when the kiosk starts and when the setup changed."""
    return kit_view(here())


@api.post("/leases", openapi_extensions=COMMAND)
@needs_device("kiosk")
def lease_numbers(body: Have) -> Json:
    """Numbers to keep for when the hall cannot be reached, as many as this kiosk would need. With their links."""
    context, someone = here(), who()
    limit("lease", someone.id, LEASES_A_MINUTE)
    wanted, kept = context.hall.read(
        lambda day, at: (
            wanted_numbers(day, someone.actor, prefixes(day), at),
            kept_numbers(day, someone.actor),
        )
    )
    for prefix, most in wanted.items():
        more = most - body.have.get(prefix, 0)
        # half used up, not for each single number; and a kiosk that forgets what it has cannot use up all numbers
        if more * 2 > most and kept[prefix] < MOST_KEPT * most:
            handle(
                c.LeaseNumbers(id=wish_id(someone, f"lease-{prefix}"), actor=someone.actor, prefix=prefix, count=more),
                done,
            )
    links = context.progress_links
    mine = context.hall.read(
        lambda day, at: (day.day, [one for one in day.leases.values() if one.kiosk == someone.actor])
    )
    day, leases = mine
    return {
        "now": context.hall.clock.now().isoformat(),
        "start": START,
        "day": day.isoformat(),
        "setup": context.setup.held,
        "leases": [
            lease_view(lease)
            | {
                "links": [
                    links.url(day, whole_number(lease.prefix, number)) for number in range(lease.first, lease.last + 1)
                ]
            }
            for lease in leases
            if lease.kiosk == someone.actor and not lease.revoked
        ],
    }


@api.post("/kiosk-numbers")
@needs_device("kiosk")
def compare_numbers(body: OnPapers) -> Json:
    """Which of today's numbers that came out of this kiosk the hall does not know: its log may be an older one."""
    actor = who().actor
    forgotten = here().hall.read(
        lambda day, at: [one.number for one in body.numbers if not _is_known(one, actor, day)],
    )
    return {"unknown": forgotten}


def _is_known(paper: OnPaper, actor: str, day: HallDay) -> bool:
    """By number and press: after an older log the same number may be somebody else's by now."""
    presses = {wish_of(actor, "issue", paper.key), wish_of(actor, "hand-over", paper.key)}
    ticket = day.tickets.get(paper.number)
    if ticket is not None and ticket.press in presses:
        return True
    return paper.number in day.handed_over_late or any(
        one.number_on_paper == paper.number and one.press in presses for one in day.tickets.values()
    )


@api.post("/handed-over", openapi_extensions=COMMAND)
@needs_device("kiosk")
def hand_over(body: Taken) -> tuple[Json, int]:
    """A number that this kiosk gave by itself. Never refused for what the hall would have said to the visitor."""
    context, someone = here(), who()
    known_printer(body.printer, context)
    command = c.HandOverTicket(
        id=wish_of(someone.actor, "hand-over", body.key),
        actor=someone.actor,
        number=body.number,
        press=wish_of(someone.actor, "issue", body.key),
        taken_at=body.taken_at,
        service=body.service,
        services=tuple(body.services),
        zone=body.zone,
        way=Way(body.way),
        care=body.care,
        language=body.language,
        printer=body.printer,
        people=min(body.people, rules().limits.people_per_ticket),
        missing=context.known_materials(body.service, body.missing),
        to_fetch=body.to_fetch,
        large_print=body.large_print,
    )
    return handle(command, _handed_over), 201


def _handed_over(handled: Handled) -> Json:
    event = handled.recorded[0].event
    answer: Json = {"seq": handled.recorded[-1].seq, "ticket": None, "doubts": ["day_over"]}
    if isinstance(event, TicketIssued):
        answer |= {"ticket": event.ticket, "doubts": list(event.doubts)}
    return answer


@api.get("/leases")
@needs_role("supervisor")
def read_leases() -> Json:
    """Which kiosk keeps which numbers today, and what kiosks gave by themselves that somebody should look at."""
    return here().hall.read(lambda day, at: {"leases": lease_views(day), "handed_over": handed_over_views(day)})


@api.post("/leases/<lease>/revoke", responses={200: Done}, openapi_extensions=COMMAND)
@needs_role("supervisor")
def revoke_lease(path: LeasePath, body: Back) -> Json:
    """The kiosk is gone for good, or is not to give these numbers. Nobody else gets them."""
    someone = who()
    command = c.RevokeLease(id=wish_id(someone, "revoke"), actor=someone.actor, lease=path.lease, reason=body.reason)
    return handle(command, done)
