"""How long people wait is worked out once for all, and a newcomer's place is right at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from queue_server.clock import HallClock
from queue_server.domain import commands as c
from queue_server.domain.calling_order import people_ahead
from queue_server.domain.rules import Way
from queue_server.foresight.base import Forecast
from queue_server.service.hall import Hall
from queue_server.stores.memory import MemoryLog
from queue_server.web.waits import Waits, ahead_of
from tests.web.web_hall import HALL_FILE, MONDAY_NINE, StoppedClock

SERVICES = sorted(HALL_FILE.rules.services)


class CountingForecaster:
    """Counts how often it is asked; each forecast takes `seconds` on the test's own watch."""

    def __init__(self) -> None:
        self.asked = 0
        self.watch = 0.0
        self.seconds = 0.0

    def forecast(self, *_: object) -> Forecast:
        self.asked += 1
        self.watch += self.seconds
        return Forecast()


def a_hall(clock: HallClock | None = None) -> Hall:
    return Hall(MemoryLog(), HALL_FILE.rules, clock or StoppedClock(MONDAY_NINE))


def test_many_questions_within_a_second_are_one_forecast():
    forecaster = CountingForecaster()
    waits = Waits(a_hall(), forecaster, 1.0, lambda: forecaster.watch)

    for _ in range(50):
        waits.picture()
    assert forecaster.asked == 1

    forecaster.watch += 1.1
    waits.picture()
    assert forecaster.asked == 2


def test_a_slow_forecast_is_made_less_often():
    forecaster = CountingForecaster()
    forecaster.seconds = 0.5
    waits = Waits(a_hall(), forecaster, 1.0, lambda: forecaster.watch)

    waits.picture()
    forecaster.watch += 4.9
    waits.picture()

    assert forecaster.asked == 1


def test_who_must_not_wait_gets_the_latest_picture():
    forecaster = CountingForecaster()
    waits = Waits(a_hall(), forecaster, 1.0, lambda: forecaster.watch)
    first = waits.latest()
    forecaster.watch += 100

    assert waits.latest() is first


visitors = st.tuples(
    st.sampled_from(SERVICES), st.booleans(), st.sampled_from([None, "care", "3"]), st.integers(0, 600)
)


@given(st.lists(visitors, max_size=12), st.sampled_from(SERVICES), st.booleans())
def test_a_newcomers_place_is_what_the_calling_order_says(
    before: list[tuple[str, bool, str | None, int]], service: str, care: bool
):
    clock = StoppedClock(MONDAY_NINE)
    hall = a_hall(clock)
    for number, (wanted, wants_care, moved_to, seconds) in enumerate(before):
        issue = c.IssueTicket(id=f"i{number}", actor="t", service=wanted, way=Way.COUNTER, care=wants_care)
        ticket = hall.handle(issue).recorded[0].event.ticket  # type: ignore[attr-defined]
        if moved_to is not None and hall.rules.counters["3"].services is None:
            to = {"counter": "3"} if moved_to == "3" else {"zone": "care"}
            transfer = c.TransferTicket(id=f"t{number}", actor="t", ticket=ticket, **to)
            if wants_care is False or moved_to == "3":
                hall.handle(transfer)
        clock.forward(seconds=seconds)

    handled = hall.handle(c.IssueTicket(id="last", actor="t", service=service, care=care))
    newcomer = handled.day.tickets[handled.recorded[0].event.ticket]  # type: ignore[attr-defined]

    assert ahead_of(newcomer, handled.day) == people_ahead(newcomer, handled.day, clock.now())
