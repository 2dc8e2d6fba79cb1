"""What a guide is told before letting go of a ticket is what happens when it is let go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from story import StoryHall

from queue_server.domain.calling_order import queue_of
from queue_server.domain.commands import TransferTicket
from queue_server.domain.refusals import NoCoaching, NothingChanges
from queue_server.foresight.if_moved import Prospect, if_moved
from queue_server.foresight.queue_work import QueueWork
from queue_server.stores.memory import MemoryLog

ZONES = ["smart", "special", "care"]


@pytest.fixture
def hall() -> StoryHall:
    return StoryHall(MemoryLog())


def foreseen(hall: StoryHall, *moves: TransferTicket) -> list[Prospect]:
    day, at = hall.hall.read(lambda day, at: (day, at))
    queues = {zone: [ticket.number for ticket in queue_of(zone, day, at)] for zone in day.rules.zones}
    return if_moved(moves, day, at, QueueWork().forecast(day, at), queues)


def to(number: str, **target: str) -> TransferTicket:
    return TransferTicket(id=f"try/{number}", actor="guide:ma", ticket=number, **target)


def test_somebody_moved_keeps_the_place_that_the_first_arrival_gives(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3", "8")
    early = hall.visitor_takes_ticket()
    late = [hall.at(f"09:0{minute}").visitor_takes_ticket(care=True) for minute in (1, 2, 3)]
    hall.at(
        "09:03:10"
    )  # care earns twice as fast: the first of them has 260 s of credit, the early one 190, the second 140
    waits = QueueWork().forecast(hall.day(), hall.clock.now()).tickets

    (prospect,) = foreseen(hall, to(early, zone="care"))
    assert (prospect.zone, prospect.ahead) == ("care", 1)
    assert prospect.wait == waits[late[1]].wait


def test_what_the_hall_would_refuse_is_refused_before(hall: StoryHall) -> None:
    loan = hall.officer_opens("3").visitor_takes_ticket("loan")

    smart, special, _ = foreseen(hall, *(to(loan, zone=zone) for zone in ZONES))
    assert isinstance(smart.refused, NoCoaching)
    assert isinstance(special.refused, NothingChanges)
    assert len(hall.events()) == 2  # the desk and the ticket: asking is no fact


def test_where_nobody_sits_no_wait_is_promised(hall: StoryHall) -> None:
    number = hall.officer_opens("3").visitor_takes_ticket()

    (care,) = foreseen(hall, to(number, zone="care"))
    assert (care.ahead, care.wait, care.refused) == (0, None, None)


def test_kept_for_one_counter_nobody_pretends_to_know(hall: StoryHall) -> None:
    """The range of those whom two counters serve would be too good."""
    hall.officer_opens("3", "4")
    first, *_ = [hall.visitor_takes_ticket() for _ in range(3)]

    (kept,) = foreseen(hall, to(first, counter="4"))
    assert kept.wait is None


def test_several_moved_at_once_stand_one_behind_the_other(hall: StoryHall) -> None:
    hall.officer_opens("3", "8")
    first, second, third = [hall.at(f"09:0{minute}").visitor_takes_ticket() for minute in range(3)]
    hall.at("09:05")

    prospects = foreseen(hall, *(to(number, zone="care") for number in (third, first, second)))
    assert [prospect.ahead for prospect in prospects] == [2, 0, 1]


VISITORS = st.lists(
    st.tuples(st.sampled_from(["rent", "loan", "print"]), st.booleans(), st.integers(0, 90), st.sampled_from(ZONES)),
    min_size=1,
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(
    visitors=VISITORS,
    desks=st.sets(st.sampled_from(["1", "3", "4", "6", "8"])),
    target=st.sampled_from(
        [*({"zone": zone} for zone in ZONES), {"service": "loan"}, {"counter": "6"}, {"counter": "3"}]
    ),
    position=st.sampled_from(["fair", "first", "last"]),
    whom=st.integers(0, 13),
)
def test_the_people_ahead_foretold_are_those_ahead_after_the_move(visitors, desks, target, position, whom) -> None:
    hall = StoryHall(MemoryLog()).officer_opens(*sorted(desks))
    numbers = []
    for service, care, seconds, zone in visitors:
        hall.clock.moment += timedelta(seconds=seconds)
        numbers.append(hall.visitor_takes_ticket(service, care=care))
        if zone == "special" and care:
            hall.guide_moves(numbers[-1], zone=zone)
    number = numbers[whom % len(numbers)]
    (prospect,) = foreseen(hall, to(number, position=position, reason="unwell", **target))
    if prospect.refused is not None:
        with pytest.raises(type(prospect.refused)):
            hall.guide_moves(number, position=position, reason="unwell", **target)
        return
    hall.guide_moves(number, position=position, reason="unwell", **target)
    assert prospect.ahead == hall.ahead_of(number)
    assert prospect.zone == hall.ticket(number).zone
