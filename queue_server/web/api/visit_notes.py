"""Notes of the staff about one visit: read and written where it is dealt with, and gone with the day."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import NotAtYourCounter, UnknownTicket
from queue_server.stores.visit_notes import LONGEST_NOTE
from queue_server.web.api.common import TicketPath, Wish, make_api
from queue_server.web.api.shapes import NoteShape
from queue_server.web.audited import looks_at, shows_nothing
from queue_server.web.context import here
from queue_server.web.security import FLOOR_STAFF, Who, needs_role, who
from queue_server.web.views import Json

api = make_api("notes", "Notes for one visit")


class Note(Wish):
    words: str = Field("", max_length=LONGEST_NOTE, description="In place of what stands there; empty takes it away")


@api.get("/tickets/<ticket>/note", responses={200: NoteShape})
@needs_role("officer", *FLOOR_STAFF)
@looks_at("note")
def read_note(path: TicketPath) -> Json:
    """What colleagues have noted about this visit today. Officers read it while the visitor is at their counter."""
    words = here().visit_notes.of(_day_of_visit(path.ticket), path.ticket)
    if not words:
        shows_nothing()
    return {"ticket": path.ticket, "words": words}


@api.post("/tickets/<ticket>/note", responses={200: NoteShape})
@needs_role("officer", *FLOOR_STAFF)
def write_note(path: TicketPath, body: Note) -> Json:
    """Note something about this visit. It stays out of the log, and is gone with the day."""
    words = " ".join(body.words.split())
    here().visit_notes.write(_day_of_visit(path.ticket), path.ticket, words)
    return {"ticket": path.ticket, "words": words}


def _day_of_visit(ticket: str) -> date:
    someone = who()
    return here().hall.read(lambda day, at: _day_if_allowed(ticket, day, someone))


def _day_if_allowed(number: str, day: HallDay, someone: Who) -> date:
    ticket = day.ticket(number)
    if ticket is None:
        raise UnknownTicket(ticket=number)
    is_only_officer = not someone.has(*FLOOR_STAFF, "administrator")
    if is_only_officer and ticket.counter != someone.counter:
        raise NotAtYourCounter(ticket=number, counter=ticket.counter, yours=someone.counter)
    return day.day
