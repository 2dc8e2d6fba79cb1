"""The figures of the day."""

from __future__ import annotations

import pytest
from story import StoryHall

from queue_server.domain.alerts import alerts
from queue_server.domain.commands import AskForHelp
from queue_server.domain.measures import bounces_by_service, hall_measures, percentile, waiting_series, zone_measures


def test_the_zones_figures_add_up(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3", "8")
    first = hall.visitor_takes_ticket()
    hall.at("09:05").visitor_takes_ticket()
    hall.at("09:06").visitor_takes_ticket(care=True)
    hall.at("09:10").counter_calls_next("3")
    hall.visitor_is_served(first)
    hall.at("09:15").officer_ends(first)

    rows = {row.zone: row for row in hall.hall.read(zone_measures)}
    special = rows["special"]
    assert (special.waiting, special.longest_wait, special.average_wait) == (1, 10, 10)
    assert (special.served, special.open_desks, special.counters) == (1, 1, 3)
    whole = hall.hall.read(hall_measures)
    assert (whole.waiting, whole.served, whole.open_desks, whole.counters) == (2, 1, 2, 5)


def test_the_series_shows_how_many_waited(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    hall.visitor_takes_ticket()
    hall.at("09:07").visitor_takes_ticket()
    hall.at("09:12").counter_calls_next("3")
    hall.at("09:16")

    events = [recorded.event for recorded in hall.hall.events()]
    series = hall.hall.read(lambda day, at: waiting_series(events, day, at))
    assert [moment.minute for moment in series.times] == [0, 5, 10, 15, 16]
    assert series.zones["special"] == [0, 1, 2, 1, 1]


def test_the_series_counts_whoever_was_moved_and_put_back_where_they_wait(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    served, *wait = [hall.visitor_takes_ticket() for _ in range(3)]
    hall.counter_calls("3", served)
    for number in (served, *wait):
        hall.at("09:01").guide_moves(number, zone="care")
        hall.guide_undoes_the_move(number)
    hall.at("09:05")

    events = [recorded.event for recorded in hall.hall.events()]
    series = hall.hall.read(lambda day, at: waiting_series(events, day, at))
    assert {zone: counts[-1] for zone, counts in series.zones.items()} == {"smart": 0, "special": 2, "care": 0}


def test_only_the_way_from_coaching_to_a_counter_is_a_bounce(hall: StoryHall) -> None:
    online, counter = hall.visitor_takes_ticket(online=True), hall.visitor_takes_ticket("print")
    hall.guide_moves(counter, zone="care")
    hall.guide_moves(counter, zone="smart")
    hall.guide_moves(online, zone="smart", position="last")

    def bounces() -> dict[str, int]:
        return bounces_by_service([recorded.event for recorded in hall.hall.events()], hall.hall.rules)

    assert bounces() == {}
    hall.guide_moves(online, zone="special")
    assert bounces() == {"rent": 1}


def test_percentiles_are_nearest_rank() -> None:
    assert percentile(range(1, 11), 0.9) == 9
    assert percentile([7], 0.9) == 7
    assert percentile([], 0.9) is None


def test_a_long_wait_is_first_worth_a_look_and_then_wants_a_hand(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    hall.visitor_takes_ticket()

    def kinds(moment: str) -> list[tuple[str, str]]:
        hall.at(moment)
        return [(alert.kind, alert.level) for alert in hall.hall.read(alerts)]

    assert kinds("09:02") == []
    assert kinds("09:16") == [("desk_idle", "look"), ("longest_wait", "look")]
    assert kinds("09:31") == [("longest_wait", "act"), ("desk_idle", "look")]


def test_a_desk_that_was_free_before_anybody_came_has_not_kept_them_waiting(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    hall.at("10:00").visitor_takes_ticket()

    assert hall.at("10:01").hall.read(alerts) == []
    (alert,) = hall.at("10:05").hall.read(alerts)
    assert (alert.kind, alert.value) == ("desk_idle", 5.0)


def test_an_alert_says_by_how_much_what_limit_is_passed(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3", "4")
    hall.handle(AskForHelp(id="a", actor="kiosk:K1", place="K1"))
    for _ in range(22):
        hall.visitor_takes_ticket()

    def figures(moment: str) -> dict[str, tuple[float | None, float | None]]:
        hall.at(moment)
        return {alert.kind: (alert.value, alert.limit) for alert in hall.hall.read(alerts)}

    assert figures("09:01") == {"help": (1.0, 2.0), "too_many_waiting": (11.0, 10)}
    assert figures("09:16")["longest_wait"] == (16.0, 15)
    assert figures("09:31")["longest_wait"] == (31.0, 30)


def test_people_waiting_where_nobody_serves_want_a_hand(hall: StoryHall) -> None:
    hall.visitor_takes_ticket()

    assert [(alert.kind, alert.zone) for alert in hall.hall.read(alerts)] == [("nobody_serves", "special")]


def test_an_unanswered_call_for_help_becomes_urgent(hall: StoryHall) -> None:
    hall.at("09:00").handle(AskForHelp(id="a", actor="kiosk:K1", place="K1"))

    levels = []
    for moment in ("09:01", "09:03"):
        hall.at(moment)
        levels.append([alert.level for alert in hall.hall.read(alerts)])
    assert levels == [["look"], ["act"]]


@pytest.mark.parametrize(("level", "is_seen"), [(1, True), (2, True), (3, False)])
def test_the_two_lowest_marks_are_bad_ones(hall: StoryHall, level: int, is_seen: bool) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    hall.visitor_says(number, level)

    assert bool(hall.hall.read(alerts)) is is_seen


def test_a_bad_mark_is_seen_while_the_visitor_is_near(hall: StoryHall) -> None:
    hall.at("09:00").officer_opens("3")
    number = hall.visitor_takes_ticket()
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.at("09:10").officer_ends(number)
    hall.visitor_says(number, 1)

    hall.at("09:20")
    assert [alert.kind for alert in hall.hall.read(alerts)] == ["bad_mark"]
    hall.at("09:26")
    assert hall.hall.read(alerts) == []
