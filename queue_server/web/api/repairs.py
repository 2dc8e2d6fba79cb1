"""Bad experiences being mended, each with its clocks: contact, fix, return visit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import UnknownTicket
from queue_server.domain.repairs import CLOCKS, STEPS, WHY_CLOSED, Repair, Step, in_time, is_late, repair_figures
from queue_server.stores.repairs import LONGEST_CONTACT, LONGEST_WORDS, Told
from queue_server.web.api.common import COMMAND, Wish, make_api, wish_id
from queue_server.web.audited import looks_at
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import needs_role, who
from queue_server.web.views import Json, iso

api = make_api("repairs", "Bad experiences being mended")

ENDED_SHOWN = 30


class RepairPath(BaseModel):
    repair: int = Field(ge=1)


class NewRepair(Wish):
    ticket: str = Field("", max_length=8, description="A number of today, where it is known")
    words: str = Field("", max_length=LONGEST_WORDS, description="What was said; needed without a ticket")
    contact: str = Field("", max_length=LONGEST_CONTACT, description="How to reach the visitor, if they wish")
    origin: Literal["story", "hand"] = "hand"


class NewStep(Wish):
    what: Literal[STEPS] = Field(description="What was done")  # type: ignore[valid-type]
    note: str = Field("", max_length=LONGEST_WORDS, description="In words; deleted with the visitor's own")
    person: str = Field("", max_length=32, description="Of `taken`: whose it is now; empty: mine")
    why: Literal["", *WHY_CLOSED] = Field("", description="Of `closed`: why nothing more is done")  # type: ignore[valid-type]


class NewContact(Wish):
    contact: str = Field("", max_length=LONGEST_CONTACT, description="Empty: it is deleted")


@api.get("/repairs")
@needs_role("supervisor")
def read_repairs() -> Json:
    """Those that stand, the most urgent first; those that ended last; the figures of all that are shown."""
    context = here()
    context.repair_desk.follow()
    standing, ended = context.repair_desk.store.standing(), context.repair_desk.store.ended(ENDED_SHOWN)
    at = context.hall.clock.now()
    figures = repair_figures([*standing, *ended], at)
    return {
        "seq": context.hall.read(lambda day, at: day.seq),
        "repairs": [repair_view(one, at) for one in standing],
        "ended": [repair_view(one, at) for one in ended],
        "figures": {
            "standing": figures.standing,
            "late": figures.late,
            "in_time": {clock: {"held": held, "known": known} for clock, (held, known) in figures.in_time.items()},
        },
        "why_closed": list(WHY_CLOSED),
        "people": people(),
    }


@api.get("/repairs/<repair>")
@needs_role("supervisor")
@looks_at("repair")
def read_repair(path: RepairPath) -> Json:
    """One, with what the visitor said, how to reach them, and every step."""
    return whole(here().repair_desk.store.find(path.repair))


@api.post("/repairs", openapi_extensions=COMMAND)
@needs_role("supervisor")
def open_repair(body: NewRepair) -> Json:
    """By hand or from a ticket's story. A visit has one: what is said of it later is noted there.

    Where a low mark or somebody opened it first, the words become a step and the contact is the newest."""
    someone, context = who(), here()
    ticket, words = body.ticket.strip().upper(), body.words.strip()
    if not ticket and not words:
        raise ApiError(422, "fields_wrong", fields=[{"field": "words", "problem": "what was said"}])

    def of_today(day: HallDay, at: datetime) -> tuple[date, datetime, str]:
        if ticket and ticket not in day.tickets:
            raise UnknownTicket(ticket=ticket)
        return day.day, at, day.tickets[ticket].service if ticket else ""

    day, at, service = context.hall.read(of_today)
    repair = context.repair_desk.new(at, someone.actor, day, ticket, service, body.origin)
    wish, contact = wish_id(someone, "open-repair"), body.contact.strip()
    desk = context.repair_desk
    repair = desk.open(repair, wish, Told(words, contact))
    stands = desk.store.told(repair.id)
    if words and words != stands.words:
        repair = desk.do(repair.id, Step(at, someone.actor, "noted", note=words), f"{wish}:words")
    if contact and contact != stands.contact:
        desk.store.leave_contact(repair.id, contact)
    return whole(repair)


@api.post("/repairs/<repair>/steps", openapi_extensions=COMMAND)
@needs_role("supervisor")
def do_step(path: RepairPath, body: NewStep) -> Json:
    """What was done about it. The first contact, fix and return visit stop their clocks."""
    someone, context = who(), here()
    person = body.person or someone.id if body.what == "taken" else ""
    if person and person not in {one["id"] for one in people()}:
        raise ApiError(422, "fields_wrong", fields=[{"field": "person", "problem": "nobody of this hall"}])
    if (body.what == "closed") != bool(body.why):
        raise ApiError(422, "fields_wrong", fields=[{"field": "why", "problem": "why nothing more is done"}])
    if body.what in {"promised", "fixed", "noted"} and not body.note.strip():
        raise ApiError(422, "fields_wrong", fields=[{"field": "note", "problem": "what was promised or done"}])
    at = context.hall.clock.now()
    step = Step(at, someone.actor, body.what, person, body.why, body.note.strip())
    return whole(context.repair_desk.do(path.repair, step, wish_id(someone, "repair-step")))


@api.post("/repairs/<repair>/contact", openapi_extensions=COMMAND)
@needs_role("supervisor")
def keep_contact(path: RepairPath, body: NewContact) -> Json:
    """How to reach the visitor; empty deletes it."""
    store = here().repair_desk.store
    repair = store.find(path.repair)
    store.leave_contact(repair.id, body.contact.strip())
    return whole(repair)


def people() -> list[Json]:
    return [{"id": one.id, "name": one.name, "role": one.role} for one in here().hall_file.people]


def repair_view(repair: Repair, at: datetime) -> Json:
    """Nothing personal."""
    clocks = {
        clock: {
            "due": iso(repair.due[clock]),
            "done_at": iso(repair.done.get(clock)),
            "in_time": in_time(repair, clock, at),
        }
        for clock in CLOCKS
    }
    return {
        "id": repair.id,
        "day": repair.day.isoformat(),
        "ticket": repair.ticket or None,
        "service": repair.service or None,
        "level": repair.level,
        "origin": repair.origin,
        "opened_at": iso(repair.opened_at),
        "state": repair.state,
        "owner": repair.owner or None,
        "owner_name": here().person_name(repair.owner) if repair.owner else "",
        "clocks": clocks,
        "next_clock": repair.next_clock,
        "next_due": iso(repair.next_due),
        "late": is_late(repair, at),
        "ended_at": iso(repair.ended_at),
        "why_closed": repair.why_closed,
    }


def whole(repair: Repair) -> Json:
    context = here()
    store = context.repair_desk.store
    told = store.told(repair.id)
    written = context.visitor_words.of(repair.day, repair.ticket) if repair.ticket else None
    at = context.hall.clock.now()
    return {
        **repair_view(repair, at),
        "words": [words for words in (written, told.words) if words],
        "contact": told.contact,
        "people": people(),
        "kept_days": context.hall.usual_rules.limits.repair_kept_days,
        "steps": [step_view(step) for step in store.steps(repair.id)],
    }


def step_view(step: Step) -> Json:
    kind, _, person = step.by.partition(":")
    name = here().person_name
    return {
        "at": iso(step.at),
        "by": {"kind": kind, "id": person, "name": name(person) if person else ""},
        "what": step.what,
        "person": name(step.person) if step.person else "",
        "why": step.why,
        "note": step.note,
    }
