"""What is told of many days is what the days' own tables say; numbers that were never people are set apart."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.commands import AbandonTicket
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.foresight.ledger import LedgerMeasures, Shown, measures_of, outcome
from queue_server.hall_file import read_hall_file
from queue_server.reports.day_file import read_day_file, replayed
from queue_server.reports.history.figures import Visit, counters_of, figures_of, people
from queue_server.reports.history.heat_map import LEVELS, arrivals_map, waits_map
from queue_server.reports.history.phantoms import PhantomRules
from queue_server.reports.history.reading import Past, known_days, past_of
from queue_server.reports.history.span import MOST_DAYS, Span, month_of, span_asked
from queue_server.reports.tables import FILE, ReportTables
from queue_server.reports.wait_ledger import FILE as WAITS_FILE
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.stores.base import Log
from queue_server.stores.memory import MemoryLog
from tests.days.make_day import DAY_FILE, HALL_FILE
from tests.days.test_recorded_day import FIRST_DAY
from tests.story import RULES, StoryHall

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
NO_RULES = PhantomRules(0, 0, 0)


def build(folder: Path, log: Log, rules: HallRules) -> None:
    with closing(ReportTables(folder / FILE, log, rules)) as tables:
        while tables.catch_up():
            pass


@pytest.fixture(scope="module")
def rules() -> HallRules:
    return read_hall_file(HALL_FILE).rules


@pytest.fixture(scope="module")
def days() -> tuple[date, date]:
    return read_day_file(FIRST_DAY).day, read_day_file(DAY_FILE).day


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory, rules: HallRules) -> Path:
    """Two recorded days, and a ledger of what everybody was shown on the second."""
    folder = tmp_path_factory.mktemp("past")
    log = MemoryLog()
    for path in (FIRST_DAY, DAY_FILE):
        day = read_day_file(path)
        log.append(day.hall, day.day, day.events, after=0)
    build(folder, log, rules)
    ledger = WaitLedger(folder / WAITS_FILE)
    for shown in shown_on(replayed(read_day_file(DAY_FILE), rules)):
        ledger.note(shown)
    ledger.close()
    return folder


def shown_on(day: HallDay) -> list[Shown]:
    return [
        Shown(day.day, one.number, one.zone, one.service, "ticket", one.first_arrival_at, 5, 25, False, one.promise)
        for one in day.tickets.values()
    ]


# --- the same figures


def test_both_days_together_are_what_the_days_say_of_themselves(data: Path, days: tuple[date, date]) -> None:
    with closing(sqlite3.connect(data / FILE)) as tables:
        expected = tables.execute(
            "SELECT visits, served, abandoned, no_show, mean_wait_minutes, p90_wait_minutes FROM days ORDER BY day"
        ).fetchall()

    for day, row in zip(days, expected, strict=True):
        found = figures_of(past_of(data, Span(day, day), PhantomRules()).visits)
        assert (found.tickets, found.served, found.abandoned, found.no_show) == row[:4]
        assert (found.mean_wait, found.p90_wait) == pytest.approx(row[4:])
    both = past_of(data, Span(*days), PhantomRules())
    assert len(both.visits) == sum(row[0] for row in expected)
    assert both.days == [day.isoformat() for day in days]


def test_counters_did_as_many_services_as_the_tables_hold(data: Path, days: tuple[date, date]) -> None:
    past = past_of(data, Span(*days), PhantomRules())
    with closing(sqlite3.connect(data / FILE)) as tables:
        expected = dict(tables.execute("SELECT counter, COUNT(*) FROM services_done GROUP BY counter"))

    assert {one.counter: one.services for one in counters_of(past.handled).values()} == expected


def test_promises_are_judged_as_the_wall_judges_them(data: Path, days: tuple[date, date], rules: HallRules) -> None:
    day = replayed(read_day_file(DAY_FILE), rules)
    expected = measures_of("", [outcome(shown, day) for shown in shown_on(day)])

    found = measures_of("", past_of(data, Span(*days), PhantomRules()).promises)

    assert isinstance(expected, LedgerMeasures)
    assert expected.kept > 50
    assert (found.shown, found.kept, found.certain, found.certain_broken) == (
        *(expected.shown, expected.kept, expected.certain, expected.certain_broken),
    )
    assert found.error == pytest.approx(expected.error, abs=0.02)  # moments in the tables are whole seconds
    assert found.coverage == pytest.approx(expected.coverage, abs=0.02)


# --- numbers that were never people


@pytest.fixture
def hall() -> StoryHall:
    hall = StoryHall(MemoryLog())
    hall.at("09:00").officer_opens("3")
    return hall


def phantoms(hall: StoryHall, folder: Path, rules: PhantomRules | None = None) -> list[str]:
    build(folder, hall.log, RULES)
    return [one.phantom for one in past_of(folder, Span(MONDAY, MONDAY), rules or PhantomRules()).visits]


def test_who_leaves_at_once_was_nobody_and_who_waits_was_somebody(hall: StoryHall, tmp_path: Path) -> None:
    for minute, stays in (("10", timedelta(seconds=60)), ("20", timedelta(seconds=61))):
        number = hall.at(f"09:{minute}").visitor_takes_ticket("loan")
        hall.clock.moment += stays
        hall._do(AbandonTicket, "visitor", ticket=number)

    assert phantoms(hall, tmp_path) == ["left", ""]
    assert phantoms(hall, tmp_path, NO_RULES) == ["", ""]


def test_of_two_numbers_taken_in_a_row_the_one_not_used_is_a_double(hall: StoryHall, tmp_path: Path) -> None:
    first = hall.at("09:10").visitor_takes_ticket("rent")
    hall.clock.moment += timedelta(seconds=20)
    second = hall.visitor_takes_ticket("rent")
    hall.at("09:12").counter_calls_next("3")
    hall.at("09:13").visitor_is_served(first)
    hall.at("09:20").officer_ends(first)
    hall.at("09:40").visitor_leaves(second)

    assert phantoms(hall, tmp_path) == ["", "double"]
    assert phantoms(hall, tmp_path, PhantomRules(double_seconds=19)) == ["", ""]


def test_two_people_who_came_together_and_were_both_served_are_two_people(hall: StoryHall, tmp_path: Path) -> None:
    numbers = [hall.at("09:10").visitor_takes_ticket("rent") for _ in range(2)]
    for minute, number in zip(("11", "21"), numbers, strict=True):
        hall.at(f"09:{minute}").counter_calls_next("3")
        hall.visitor_is_served(number)
        hall.at(f"09:{int(minute) + 8}").officer_ends(number)

    assert phantoms(hall, tmp_path) == ["", ""]


def test_a_service_of_a_few_seconds_served_nobody(hall: StoryHall, tmp_path: Path) -> None:
    number = hall.at("09:10").visitor_takes_ticket("rent")
    hall.at("09:11").counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.clock.moment += timedelta(seconds=14)
    hall.officer_ends(number)

    assert phantoms(hall, tmp_path) == ["ended"]
    assert phantoms(hall, tmp_path, PhantomRules(ended_seconds=14)) == [""]


# --- hour by weekday


def visit(day: date, hour: int, wait: float | None = 10.0, phantom: str = "") -> Visit:
    return Visit(day.isoformat(), hour, "rent", "special", "kiosk", "served", wait, 8.0, None, False, False, phantom)


def test_arrivals_are_those_of_a_usual_such_weekday_and_waits_of_those_who_came_then() -> None:
    next_monday = MONDAY + timedelta(days=7)
    visits = [visit(MONDAY, 9, 10), visit(MONDAY, 9, 30), visit(next_monday, 9, 20), visit(TUESDAY, 11, None)]
    days = [day.isoformat() for day in (MONDAY, TUESDAY, next_monday)]

    arrivals, waits = arrivals_map(visits, days), waits_map(visits, days)

    assert arrivals.hours == [9, 10, 11]
    assert arrivals.cells == {0: {9: 1.5, 10: None, 11: None}, 1: {9: None, 10: None, 11: 1}}  # 3 on two Mondays
    assert waits.cells == {0: {9: 20, 10: None, 11: None}, 1: {9: None, 10: None, 11: None}}
    assert [arrivals.level(value) for value in (None, 0.01, 1.5)] == [0, 1, LEVELS]


@given(
    st.lists(
        st.builds(
            lambda ahead, hour, wait, phantom: visit(MONDAY + timedelta(days=ahead), hour, wait, phantom),
            *(st.integers(0, 20), st.integers(7, 18), st.none() | st.floats(0, 500), st.sampled_from(["", "double"])),
        )
    )
)
def test_people_and_phantoms_are_all_there_were(visits: list[Visit]) -> None:
    whole, cleaned = figures_of(visits), figures_of(people(visits))
    days = {one.day for one in visits}
    on_a_weekday = {weekday: sum(date.fromisoformat(day).weekday() == weekday for day in days) for weekday in range(7)}
    drawn = arrivals_map(visits, days)

    assert whole.tickets - cleaned.tickets == sum(one.phantom != "" for one in visits)
    assert sum(
        (value or 0) * on_a_weekday[weekday] for weekday, row in drawn.cells.items() for value in row.values()
    ) == pytest.approx(len(visits))


# --- which days


def test_nothing_typed_is_the_last_four_weeks_and_two_days_are_the_last_and_a_week_before() -> None:
    known = [MONDAY - timedelta(days=7), MONDAY - timedelta(days=3), MONDAY]

    assert span_asked(None, None, False, known) == Span(date(2026, 10, 27), MONDAY)
    assert span_asked("", None, True, known) == Span(known[0], MONDAY, True)
    assert span_asked(None, "x", True, known[1:]) == Span(known[1], MONDAY, True)
    assert span_asked(None, None, False, []) is None


@pytest.mark.parametrize(
    ("first", "last", "two", "span"),
    [
        ("2026-11-24", "2026-11-23", False, Span(MONDAY, TUESDAY)),
        ("2026-11-24", "2026-11-23", True, Span(MONDAY, TUESDAY, True)),
        ("2026-11-23", "2026-11-23", True, Span(MONDAY, MONDAY)),
        ("2026-11-23", "", False, Span(MONDAY, MONDAY)),
        ("0001-01-01", "9999-12-31", False, Span(date(2026, 10, 27), MONDAY)),
    ],
)
def test_days_typed_the_wrong_way_round_are_put_right(first: str, last: str, two: bool, span: Span) -> None:
    assert span_asked(first, last, two, [MONDAY]) == span


def test_no_more_than_a_year_is_read_at_once() -> None:
    span = span_asked("2020-01-01", "2026-11-23", False, [MONDAY])

    assert span is not None
    assert (span.length, span.last) == (MOST_DAYS, MONDAY)


def test_a_month_has_all_its_days() -> None:
    assert month_of("2026-02") == Span(date(2026, 2, 1), date(2026, 2, 28))
    assert month_of("2026-12") == Span(date(2026, 12, 1), date(2026, 12, 31))
    assert month_of("2026-13") is None


def test_a_hall_without_tables_has_no_past(tmp_path: Path) -> None:
    assert known_days(tmp_path) == []
    assert past_of(tmp_path, Span(MONDAY, MONDAY), PhantomRules()) == Past([], [], [], [])
