"""A guide goes along, knows where somebody sits, and looks through papers before the counter does."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain import commands as c
from queue_server.domain.refusals import EscortTaken, WrongStage


def go_along(hall: StoryHall, number: str, guide: str, *, instead: bool = False) -> None:
    hall._do(c.TakeEscort, f"guide:{guide}", ticket=number, guide=guide, instead=instead)


def test_one_guide_goes_along_and_another_is_told_who(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("8")
    number = hall.visitor_takes_ticket(care=True)
    with pytest.raises(WrongStage):
        go_along(hall, number, "ma")
    hall.counter_calls_next("8")
    go_along(hall, number, "ma")
    go_along(hall, number, "ma")  # pressed twice: once
    with pytest.raises(EscortTaken) as refused:
        go_along(hall, number, "he")
    assert refused.value.details == {"ticket": number, "guide": "ma"}
    go_along(hall, number, "he", instead=True)
    assert hall.ticket(number).escort == "he"
    assert hall.events().count("EscortTaken") == 2


def test_the_next_call_wants_company_anew(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("8")
    number = hall.visitor_takes_ticket(care=True)
    hall.counter_calls_next("8")
    go_along(hall, number, "ma")
    hall.guide_moves(number, zone="care")
    hall.counter_calls_next("8")
    assert hall.ticket(number).escort is None


def test_where_somebody_sits_and_what_is_missing_stays_through_a_move_and_a_restart(hall: StoryHall) -> None:
    number = hall.visitor_takes_ticket(missing=("M-ID", "M-BANK"))
    before = hall.queue()
    hall._do(c.NotePlace, "guide:ma", ticket=number, place="窗边")
    hall._do(c.CheckMaterials, "guide:ma", ticket=number, missing=("M-BANK",))
    assert hall.queue() == before
    hall.guide_moves(number, zone="care")

    ticket = hall.restarted().ticket(number)
    assert (ticket.place, ticket.missing, ticket.materials_checked_at is not None) == ("窗边", ("M-BANK",), True)
