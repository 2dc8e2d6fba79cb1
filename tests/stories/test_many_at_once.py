"""Many press at the same moment."""

from __future__ import annotations

import threading
from collections import Counter

from story import StoryHall

from queue_server.domain.commands import CallNext, IssueTicket
from queue_server.domain.refusals import Refusal


def in_parallel(*work) -> None:  # type: ignore[no-untyped-def]
    threads = [threading.Thread(target=one) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_hundred_presses_at_eight_kiosks_give_two_hundred_numbers(hall: StoryHall) -> None:
    numbers: list[str] = []

    def press(kiosk: int) -> None:
        for n in range(25):
            done = hall.handle(IssueTicket(id=f"{kiosk}-{n}", actor=f"kiosk:K{kiosk}", service="rent"))
            numbers.append(done.recorded[0].event.ticket)  # type: ignore[attr-defined]

    in_parallel(*(lambda kiosk=kiosk: press(kiosk) for kiosk in range(8)))

    assert sorted(numbers) == [f"T{n:04d}" for n in range(1, 201)]


def test_the_same_press_sent_eight_times_at_once_gives_one_number(hall: StoryHall) -> None:
    numbers: list[str] = []

    def press() -> None:
        done = hall.handle(IssueTicket(id="one press", actor="kiosk:K1", service="rent"))
        numbers.append(done.recorded[0].event.ticket)  # type: ignore[attr-defined]

    in_parallel(*[press] * 8)

    assert numbers == ["T0001"] * 8
    assert hall.events() == ["TicketIssued"]


def test_no_ticket_is_called_to_two_counters(hall: StoryHall) -> None:
    hall.officer_opens("3", "4")
    for _ in range(2):
        hall.visitor_takes_ticket()
    called: Counter[str] = Counter()

    def call(counter: str, n: int) -> None:
        try:
            done = hall.handle(CallNext(id=f"{counter}-{n}", actor=f"officer:{counter}", counter=counter))
        except Refusal:
            return
        called[done.recorded[0].event.ticket] += 1  # type: ignore[attr-defined]

    in_parallel(*(lambda counter=counter, n=n: call(counter, n) for counter in ("3", "4") for n in range(4)))

    assert called == {"T0001": 1, "T0002": 1}
