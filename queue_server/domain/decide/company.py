"""Being with people on the floor: who accompanies whom, where somebody sits, and what papers were looked through."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide.base import rule, stamp, the_ticket
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import EscortTaken
from queue_server.domain.ticket import OVER, Stage

IN_THE_HALL = frozenset(Stage) - OVER


@rule
def take_escort(command: c.TakeEscort, day: HallDay, at: datetime) -> list[e.Event]:
    """One guide a call, so that nobody is left because each thought the other went."""
    ticket = the_ticket(day, command.ticket, {Stage.CALLED})
    if ticket.escort == command.guide:
        return []
    if ticket.escort is not None and not command.instead:
        raise EscortTaken(ticket=ticket.number, guide=ticket.escort)
    return [e.EscortTaken(**stamp(command, at), ticket=ticket.number, guide=command.guide)]


@rule
def note_place(command: c.NotePlace, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, IN_THE_HALL)
    if ticket.place == command.place:
        return []
    return [e.PlaceNoted(**stamp(command, at), ticket=ticket.number, place=command.place)]


@rule
def check_materials(command: c.CheckMaterials, day: HallDay, at: datetime) -> list[e.Event]:
    ticket = the_ticket(day, command.ticket, IN_THE_HALL)
    return [e.MaterialsChecked(**stamp(command, at), ticket=ticket.number, missing=command.missing)]
