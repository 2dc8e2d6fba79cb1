"""What a change of the counters would do on the hall as it stands."""

from __future__ import annotations

from queue_server.foresight.what_if import Change, best_of, changed, effect, outlook
from tests.judge.big_hall import big_hall

SPECIAL = 1  # the zone's place
OPEN_ALL_DAY = ((0.0, 600.0),)
SHUT: tuple[tuple[float, float], ...] = ()


def test_another_counter_shortens_the_waits_of_its_zone() -> None:
    crowded = big_hall(waiting=40, counters=8)
    one_shut = Change({1: SHUT})

    found = effect(crowded, one_shut, late_after=10, seed=1)

    assert found.after[SPECIAL].mean_wait > found.before[SPECIAL].mean_wait + 5
    assert found.after[SPECIAL].late_share > found.before[SPECIAL].late_share
    assert found.minutes_saved < 0


def test_nothing_changed_is_nothing_saved() -> None:
    hall = big_hall(waiting=10, counters=8)

    assert effect(hall, Change({}), late_after=10, seed=1).minutes_saved == 0


def test_the_best_of_several_changes_is_the_one_that_saves_people_most() -> None:
    hall = big_hall(waiting=40, counters=8)
    with_two_shut = changed(hall, Change({1: SHUT, 3: SHUT}))
    coaches, special = Change({4: OPEN_ALL_DAY}), Change({1: OPEN_ALL_DAY})

    best = best_of(with_two_shut, [coaches, special], late_after=10, seed=1)

    assert best is not None
    assert best[0] is special
    assert best[1].minutes_saved > 0
    assert best[1].before == outlook(with_two_shut, 10, 1)
