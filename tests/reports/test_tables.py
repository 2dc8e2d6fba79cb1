"""The report tables hold the figures that the screens show, and may be dropped and built again at any time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from queue_server.cli import main
from queue_server.domain.commands import (
    ArriveBooked,
    AskForHelp,
    AskForList,
    IssueTicket,
    ReportPaper,
    TransferTicket,
    UndoStep,
)
from queue_server.domain.hall_day import HallDay, list_mark
from queue_server.domain.measures import (
    feedback_measures,
    hall_measures,
    percentile,
    service_time,
    service_times,
    wait_time,
    zone_measures,
)
from queue_server.domain.rules import HallRules, Purpose, Zone
from queue_server.hall_file import read_hall_file
from queue_server.reports.day_file import DayFile, read_day_file, replayed
from queue_server.reports.table_keeper import EVERY_SECONDS, TableKeeper
from queue_server.reports.tables import COLUMNS, FILE, ReportTables
from queue_server.service.hall import run_here
from queue_server.stores.base import Log
from queue_server.stores.memory import MemoryLog
from queue_server.stores.sqlite import SqliteLog
from tests.days.make_day import DAY_FILE, HALL_FILE
from tests.days.test_recorded_day import FIRST_DAY
from tests.story import RULES, StoryHall

Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def rules() -> HallRules:
    return read_hall_file(HALL_FILE).rules


@pytest.fixture(scope="module", params=[FIRST_DAY, DAY_FILE], ids=lambda path: path.stem)
def day_file(request: pytest.FixtureRequest) -> DayFile:
    return read_day_file(request.param)


@pytest.fixture(scope="module")
def day(rules: HallRules, day_file: DayFile) -> HallDay:
    return replayed(day_file, rules)


def log_of(*days: DayFile) -> MemoryLog:
    log = MemoryLog()
    for day in days:
        log.append(day.hall, day.day, day.events, after=0)
    return log


def built(path: Path, log: Log, rules: HallRules) -> None:
    with closing(ReportTables(path, log, rules)) as tables:
        while tables.catch_up():
            pass


def rows(path: Path, question: str, *given: object) -> Rows:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(question, given).fetchall()


def everything(path: Path) -> dict[str, Rows]:
    return {name: rows(path, f"SELECT * FROM {name} ORDER BY 1, 2") for name in COLUMNS}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, day_file: DayFile, rules: HallRules) -> Path:
    path = tmp_path_factory.mktemp("reports") / FILE
    built(path, log_of(day_file), rules)
    return path


# --- the same figures


def test_every_visit_has_one_row_with_its_wait_and_its_service_as_the_screens_show_them(
    path: Path, day: HallDay
) -> None:
    expected = [
        (ticket.number, wait_time(ticket, ticket.ended_at), service_time(ticket))
        for ticket in day.tickets.values()
        if ticket.ended_at is not None
    ]

    found = rows(path, "SELECT ticket, wait_minutes, service_minutes FROM visits")
    assert sorted(found) == sorted(expected)  # type: ignore[type-var]
    assert len(found) >= 100


def test_each_zone_counts_the_same_visits_as_its_screen(path: Path, day: HallDay) -> None:
    assert day.last_at is not None
    question = """
        SELECT SUM(stage = 'served'), SUM(stage = 'no_show'), SUM(stage = 'abandoned'), SUM(bounced)
        FROM visits WHERE zone = ?
    """
    for zone in zone_measures(day, day.last_at):
        expected = (zone.served, zone.no_show, zone.abandoned, zone.bounced)
        found = rows(path, question, zone.zone)[0]
        assert tuple(count or 0 for count in found) == expected  # a zone nobody visited has no rows


def test_the_days_row_agrees_with_the_measures_of_the_day(path: Path, day: HallDay) -> None:
    assert day.last_at is not None
    hall, marks = hall_measures(day, day.last_at), feedback_measures(day)
    question = """
        SELECT closed, visits, unfinished, served, no_show, abandoned, bounced, feedback, feedback_average, feedback_low
        FROM days
    """

    assert rows(path, question) == [
        (
            *(1, len(day.tickets), 0, hall.served, hall.no_show, hall.abandoned, hall.bounced),
            *(marks.count, marks.average, marks.low),
        )
    ]


def test_the_percentiles_of_the_day_are_those_of_its_visits(path: Path) -> None:
    waits = [float(str(wait)) for (wait,) in rows(path, "SELECT wait_minutes FROM visits")]

    assert rows(path, "SELECT p50_wait_minutes, p90_wait_minutes FROM days") == [
        (percentile(waits, 0.5), percentile(waits, 0.9))
    ]


def test_service_times_are_those_that_the_forecast_learns_from(path: Path, day: HallDay) -> None:
    question = "SELECT service, service_minutes FROM services_done WHERE outcome = 'done' AND NOT inferred"

    assert sorted(rows(path, question)) == sorted(service_times(day))  # type: ignore[type-var]


def test_every_call_stands_there_with_its_rule(path: Path, day_file: DayFile) -> None:
    expected = [
        (event.ticket, event.counter, event.actor, event.attempt, event.rule)  # type: ignore[attr-defined]
        for event in day_file.events
        if type(event).__name__ == "TicketCalled"
    ]

    assert rows(path, "SELECT ticket, counter, actor, attempt, rule FROM calls ORDER BY seq") == expected


# --- a visit, to the minute


def test_a_visit_of_two_services_is_told_to_the_minute(tmp_path: Path) -> None:
    hall = StoryHall(MemoryLog())
    hall.at("09:00").officer_opens("3")
    number = hall.at("09:00").visitor_takes_ticket("rent", also=("print",))
    hall.at("09:10").counter_calls_next("3")
    hall.at("09:12").visitor_is_served(number)
    hall.at("09:20").officer_ends(number)  # the second service begins at once at the same counter
    hall.at("09:25").officer_ends(number)

    built(tmp_path / FILE, hall.log, RULES)

    question = """
        SELECT day, ticket, services, arrival, first_call, started, ended, wait_minutes, walk_minutes, service_minutes
        FROM visits
    """
    day = "2026-11-23"
    moments = [f"{day}T09:{minute}:00+08:00" for minute in ("00", "10", "12", "25")]
    # waited 10; walked 2 and then not at all; served 8 + 5
    assert rows(tmp_path / FILE, question) == [(day, number, "rent print", *moments, 10, 2, 13)]
    assert rows(tmp_path / FILE, "SELECT place, service, walk_minutes, service_minutes FROM services_done") == [
        (1, "rent", 2, 8),
        (2, "print", 0, 5),
    ]


def test_an_end_that_was_a_slip_leaves_no_service_behind(tmp_path: Path) -> None:
    hall = StoryHall(MemoryLog())
    hall.officer_opens("3")
    number = hall.visitor_takes_ticket("rent")
    hall.counter_calls_next("3")
    hall.visitor_is_served(number)
    hall.officer_ends(number)
    with closing(ReportTables(tmp_path / FILE, hall.log, RULES)) as tables:
        tables.catch_up()
        assert tables.counts()["services_done"] == 1

        hall._do(UndoStep, "officer:3", ticket=number)
        tables.catch_up()

        assert tables.counts()["services_done"] == 0
    assert rows(tmp_path / FILE, "SELECT stage, ended, service_minutes FROM visits") == [("serving", None, None)]


def test_papers_without_a_number_leave_the_tables_as_they_are(tmp_path: Path) -> None:
    hall = StoryHall(MemoryLog())
    hall.visitor_takes_ticket("rent")
    hall._do(AskForList, "kiosk:K1", service="rent", printer="K1")
    hall._do(ReportPaper, "kiosk:K1", ticket=list_mark(1), paper=1, printed=True)

    built(tmp_path / FILE, hall.log, RULES)

    assert rows(tmp_path / FILE, "SELECT ticket FROM visits") == [("T0001",)]


def test_nothing_of_a_phone_or_a_booking_is_in_the_tables(tmp_path: Path) -> None:
    hall = StoryHall(MemoryLog())
    slot = hall.clock.now()
    hall._do(IssueTicket, "visitor", service="rent", holder="phone-secret")
    booked = {"booking": "code-secret", "kind": "appointment", "service": "rent", "slot": slot}
    hall.handle(ArriveBooked(id="arrives", actor="kiosk:K1", **booked))
    hall._do(AskForHelp, "kiosk:K1", place="K1", question="question-secret")

    built(tmp_path / FILE, hall.log, RULES)

    assert "secret" in str(hall.hall.events())
    assert "secret" not in str(everything(tmp_path / FILE))
    assert rows(tmp_path / FILE, "SELECT channel, booked FROM visits ORDER BY ticket") == [("phone", 0), ("kiosk", 1)]


# --- with the setup that holds


def test_a_zone_published_while_the_tables_are_kept_is_in_them(tmp_path: Path) -> None:
    """The server knows the zone from a published setup; the keeper was started before that."""
    more = replace(RULES, zones={**RULES.zones, "online": Zone("online", Purpose.COACHING, "O")})
    published: list[HallRules] = []
    hall = StoryHall(MemoryLog())
    hall.visitor_takes_ticket("rent")
    tables = ReportTables(tmp_path / FILE, hall.log, RULES, lambda _day, otherwise: (published or [otherwise])[-1])
    with closing(tables):
        tables.catch_up()
        published.append(more)
        hall.hall.take_rules(more, lambda _day, _rules: [])
        number = hall.visitor_takes_ticket("rent")
        for zone in ("online", "special"):  # from coaching online back to a counter
            hall._do(TransferTicket, "guide:ma", ticket=number, zone=zone)
        tables.catch_up()

    assert rows(tmp_path / FILE, "SELECT bounced FROM days") == [(1,)]


# --- kept and dropped


def test_tables_kept_piece_by_piece_are_those_built_at_once(
    tmp_path: Path, day_file: DayFile, rules: HallRules
) -> None:
    log = MemoryLog()
    with closing(ReportTables(tmp_path / "kept", log, rules)) as tables:
        for after in range(0, len(day_file.events), 97):
            log.append(day_file.hall, day_file.day, day_file.events[after : after + 97], after)
            assert tables.catch_up() == day_file.day
            assert tables.catch_up() is None

    built(tmp_path / "at once", log, rules)

    assert everything(tmp_path / "kept") == everything(tmp_path / "at once")


def test_dropped_tables_are_built_again_alike(tmp_path: Path, day_file: DayFile, rules: HallRules) -> None:
    path = tmp_path / FILE
    log = log_of(day_file)
    built(path, log, rules)
    before = everything(path)

    with closing(ReportTables(path, log, rules)) as tables:
        tables.catch_up()
        tables.rebuild()
        assert set(tables.counts().values()) == {0}
        assert tables.catch_up() == day_file.day

    assert everything(path) == before


def test_two_processes_that_keep_the_same_tables_do_no_harm(
    tmp_path: Path, day_file: DayFile, rules: HallRules
) -> None:
    log = MemoryLog()
    path = tmp_path / FILE
    with closing(ReportTables(path, log, rules)) as a, closing(ReportTables(path, log, rules)) as b:
        for place, after in enumerate(range(0, len(day_file.events), 211)):
            log.append(day_file.hall, day_file.day, day_file.events[after : after + 211], after)
            for tables in [(a,), (b,), (a, b), (b, a)][place % 4]:
                tables.catch_up()
        a.catch_up()

    built(tmp_path / "alone", log, rules)
    assert everything(path) == everything(tmp_path / "alone")


def test_tables_of_another_format_are_dropped_and_built_anew(tmp_path: Path, rules: HallRules) -> None:
    path = tmp_path / FILE
    with closing(sqlite3.connect(path)) as old:
        old.execute("CREATE TABLE visits (day TEXT, something_else TEXT)")
        old.execute("PRAGMA user_version = 999")
        old.commit()

    built(path, log_of(read_day_file(DAY_FILE)), rules)

    assert rows(path, "SELECT visits FROM days")[0][0] == rows(path, "SELECT COUNT(*) FROM visits")[0][0]


class ReadingLog(MemoryLog):
    """Remembers which days were read."""

    def __init__(self) -> None:
        super().__init__()
        self.days_read: list[str] = []

    def read(self, hall, day, after=0):  # type: ignore[no-untyped-def]
        self.days_read.append(day.isoformat())
        return super().read(hall, day, after)


def test_days_that_are_over_are_not_read_again(tmp_path: Path, rules: HallRules) -> None:
    log = ReadingLog()
    for path in (FIRST_DAY, DAY_FILE):
        day = read_day_file(path)
        log.append(day.hall, day.day, day.events, after=0)
    built(tmp_path / FILE, log, rules)
    log.days_read.clear()

    built(tmp_path / FILE, log, rules)

    assert log.days_read == [DAY_FILE.stem]


# --- the keeper and the command


def test_the_keeper_rests_after_a_piece_of_work_and_longer_when_nothing_is_new(
    tmp_path: Path, rules: HallRules
) -> None:
    log = log_of(read_day_file(FIRST_DAY), read_day_file(DAY_FILE))
    keeper = TableKeeper(tmp_path / FILE, lambda: log, rules, run_here)

    rests = [keeper.work() for _ in range(3)]

    assert rests[2] == EVERY_SECONDS
    assert len(rows(tmp_path / FILE, "SELECT * FROM days")) == 2


def test_tables_that_cannot_be_used_are_said_once_and_kept_again_when_they_can(
    tmp_path: Path, rules: HallRules, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / FILE
    path.mkdir()
    keeper = TableKeeper(path, lambda: log_of(read_day_file(DAY_FILE)), rules, run_here)

    assert [keeper.work(), keeper.work()] == [EVERY_SECONDS, EVERY_SECONDS]
    assert [record.action for record in caplog.records] == ["tables_trouble"]  # type: ignore[attr-defined]

    path.rmdir()
    keeper.work()
    assert len(rows(path, "SELECT * FROM days")) == 1


@pytest.fixture
def data(tmp_path: Path) -> Path:
    day = read_day_file(DAY_FILE)
    log = SqliteLog(tmp_path / "hall.sqlite")
    log.append(day.hall, day.day, day.events, after=0)
    log.close()
    return tmp_path


def test_the_command_builds_the_tables_and_says_what_is_in_them(
    data: Path, capsys: pytest.CaptureFixture[str], rules: HallRules
) -> None:
    arguments = ["tables", "--data", str(data), "--hall", str(HALL_FILE)]

    assert main(arguments) == 0
    first = capsys.readouterr().out
    assert main([*arguments, "--rebuild"]) == 0

    visits = len(replayed(read_day_file(DAY_FILE), rules).tickets)
    assert f"{visits:8} visits" in first.splitlines()
    assert capsys.readouterr().out == first
