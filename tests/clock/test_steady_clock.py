"""A machine's clock that errs, and the hall that must not notice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from queue_server.clock import SteadyClock, time_since_boot, wall_time
from queue_server.domain.commands import IssueTicket
from queue_server.service.hall import Hall
from queue_server.service.timekeeper import keep_time
from queue_server.stores.memory import MemoryLog
from tests.story import MONDAY, RULES, StoryHall

TEN = MONDAY.replace(hour=10).astimezone(UTC)


class World:
    """A machine whose clock can be set while its time since boot goes on."""

    def __init__(self, moment: datetime = TEN) -> None:
        self.wall = moment
        self.boot = 1000.0
        self.clock = SteadyClock(lambda: self.wall, lambda: self.boot)

    def pass_time(self, seconds: float, step: float = 1.0) -> None:
        for _ in range(int(seconds / step)):
            self.wall += timedelta(seconds=step)
            self.boot += step
            self.clock.now()

    def set_clock_by(self, **span: float) -> None:
        self.wall += timedelta(**span)

    def after_ten(self) -> timedelta:
        return self.clock.now() - TEN


def test_the_hall_keeps_the_machines_time() -> None:
    world = World()
    world.pass_time(90)

    assert world.after_ten() == timedelta(seconds=90)


def test_a_small_correction_forward_is_followed_at_once() -> None:
    world = World()
    world.set_clock_by(seconds=3)

    assert world.after_ten() == timedelta(seconds=3)


def test_a_small_correction_backward_lets_time_stand_still_and_never_run_back() -> None:
    world = World()
    world.pass_time(10)
    world.set_clock_by(seconds=-3)

    assert world.after_ten() == timedelta(seconds=10)
    world.pass_time(3)
    assert world.after_ten() == timedelta(seconds=10)
    world.pass_time(5)
    assert world.after_ten() == timedelta(seconds=15)


@pytest.mark.parametrize("hours", [1, -1, 24, -24])
def test_a_clock_set_wrong_and_put_right_within_minutes_changes_nothing(
    hours: int, caplog: pytest.LogCaptureFixture
) -> None:
    world = World()
    world.set_clock_by(hours=hours)
    world.pass_time(240)
    assert world.after_ten() == timedelta(minutes=4)

    world.set_clock_by(hours=-hours)
    world.pass_time(60)
    assert world.after_ten() == timedelta(minutes=5)
    assert [record.action for record in caplog.records] == ["clock_jumped"]  # type: ignore[attr-defined]


def test_a_jump_forward_that_lasts_five_minutes_is_followed(caplog: pytest.LogCaptureFixture) -> None:
    world = World()
    world.set_clock_by(hours=1)
    world.pass_time(299)
    assert world.after_ten() == timedelta(seconds=299)

    world.pass_time(2)
    assert world.after_ten() == timedelta(hours=1, seconds=301)
    assert [record.action for record in caplog.records] == ["clock_jumped", "clock_followed"]  # type: ignore[attr-defined]


def test_a_jump_that_changes_again_must_last_anew() -> None:
    world = World()
    world.set_clock_by(hours=1)
    world.pass_time(200)
    world.set_clock_by(hours=1)
    world.pass_time(200)

    assert world.after_ten() == timedelta(seconds=400)


def test_a_jump_backward_is_never_followed_while_the_day_goes_on() -> None:
    world = World()
    world.set_clock_by(hours=-2)
    world.pass_time(3 * 3600, step=60)

    assert world.after_ten() == timedelta(hours=3)


def test_in_a_quiet_hall_a_clock_that_was_wrong_at_boot_is_put_right_at_once() -> None:
    world = World(datetime(2000, 1, 1, tzinfo=UTC))
    hall = Hall(MemoryLog(), RULES, world.clock)
    world.wall = TEN
    world.clock.now()

    keep_time(hall)

    assert world.after_ten() == timedelta(0)
    assert hall.read(lambda day, at: day.day) == MONDAY.date()


def test_a_hall_that_began_tomorrow_by_mistake_comes_back_to_today_while_nobody_has_come() -> None:
    world = World(TEN + timedelta(days=1))
    hall = Hall(MemoryLog(), RULES, world.clock)
    world.wall = TEN
    world.clock.now()

    keep_time(hall)

    assert hall.read(lambda day, at: day.day) == MONDAY.date()


def test_a_day_that_has_begun_is_not_left_for_a_clock_that_jumped_back() -> None:
    world = World()
    hall = Hall(MemoryLog(), RULES, world.clock)
    hall.handle(IssueTicket(id="press", actor="kiosk:K1", service="rent"))
    world.set_clock_by(days=-1)
    for _ in range(400):
        world.pass_time(1)
        keep_time(hall)

    assert hall.read(lambda day, at: day.day) == MONDAY.date()
    assert world.after_ten() == timedelta(seconds=400)


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Pacific/Kiritimati", "America/Phoenix"])
def test_the_day_changes_at_the_halls_own_midnight(zone: str) -> None:
    timezone = ZoneInfo(zone)
    rules = replace(RULES, timezone=timezone)
    evening = datetime(2026, 11, 23, 23, 59, 59, tzinfo=timezone)
    hall = StoryHall(MemoryLog(), rules, evening)
    hall.clock.moment = evening
    assert hall.day().day.isoformat() == "2026-11-23"

    hall.clock.moment = evening + timedelta(seconds=1)
    assert hall.day().day.isoformat() == "2026-11-24"
    assert hall.day().seq == 0


def test_the_machines_own_clocks_go_forward() -> None:
    before = time_since_boot()

    assert time_since_boot() >= before
    assert SteadyClock().now() - wall_time() < timedelta(seconds=1)
