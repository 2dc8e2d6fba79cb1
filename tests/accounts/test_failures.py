"""After failures the next try waits a little longer each time; nobody keeps somebody else out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.failures import (
    LONGEST_DELAY_SECONDS,
    Failures,
    KnownBrowsers,
    delay_seconds,
    of_account,
    of_address,
    of_known_browser,
)


class World:
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def failures(world: World) -> Iterator[Failures]:
    database = AccountsDatabase(None)
    yield Failures(database, lambda: world.now)
    database.close()


LI = [of_account("li")]


@given(st.integers(0, 10_000), st.integers(0, 50))
def test_the_delay_only_grows_and_never_beyond_a_quarter_of_an_hour(many: int, free: int) -> None:
    assert 0 <= delay_seconds(many, free) <= delay_seconds(many + 1, free) <= LONGEST_DELAY_SECONDS
    assert (delay_seconds(many, free) == 0) == (many < free)


def test_five_tries_are_free_then_each_waits_twice_as_long(failures: Failures, world: World) -> None:
    assert [failures.try_now(LI) for _ in range(5)] == [0] * 5
    assert failures.try_now(LI) == 5
    world.now += timedelta(seconds=5)
    assert failures.try_now(LI) == 0
    assert failures.try_now(LI) == 10
    assert failures.try_now(LI) == 10  # a try that was refused costs nothing more


def test_success_and_a_day_of_rest_end_the_count(failures: Failures, world: World) -> None:
    for _ in range(5):
        failures.try_now(LI)
    failures.succeeded(LI)
    assert [failures.try_now(LI) for _ in range(5)] == [0] * 5
    assert failures.try_now(LI) > 0
    world.now += timedelta(days=1)
    assert failures.try_now(LI) == 0


def test_one_who_may_sign_in_does_not_free_the_address_for_guessing_at_others(failures: Failures) -> None:
    own, address = [*LI, of_address("10.0.0.9")], of_address("10.0.0.9")
    for guess in range(address.free - 1):
        assert failures.try_now([of_account(f"p{guess}"), address]) == 0
        assert failures.try_now(own) == 0
        failures.succeeded(own)
    assert failures.try_now([of_account("last"), address]) == 0
    assert failures.try_now([of_account("one more"), address]) > 0


def test_a_browser_known_from_before_counts_by_itself(failures: Failures) -> None:
    browsers = KnownBrowsers(b"k" * 32)
    mark = browsers.mark("li")
    for _ in range(50):
        failures.try_now(LI)

    assert failures.try_now(LI) > 0
    assert browsers.read("li", mark) == mark
    assert failures.try_now([of_known_browser(mark)]) == 0
    assert browsers.read("wang", mark) is None
    assert browsers.read("li", mark[:-1] + ("0" if mark[-1] != "0" else "1")) is None
    assert browsers.read("li", "") is None
