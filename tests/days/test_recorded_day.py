"""A day that was recorded once comes to the same figures in every later version."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from queue_server.cli import main
from queue_server.domain.rules import HallRules
from queue_server.hall_file import read_hall_file
from queue_server.reports.day_file import DayFile, figures, read_day_file, replayed, write_day_file
from queue_server.stores.sqlite import SqliteLog
from tests.days.figures_of_day import figures_of_day
from tests.days.make_day import DAY_FILE, FIGURES_FILE, HALL_FILE, HERE, SimulatedDay
from tests.days.make_full_day import HALL_FILE as FULL_HALL_FILE
from tests.days.make_full_day import FullDay

FIRST_DAY = HERE / "2026-11-23.jsonl"  # of the first versions of its events, frozen
DAYS = sorted(HERE.glob("*.jsonl"))


@pytest.fixture(scope="module", params=DAYS, ids=lambda path: path.stem)
def day_path(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def rules(day_path: Path) -> HallRules:
    """Of the hall as it was on that day."""
    own = day_path.with_suffix(".hall.toml")
    return read_hall_file(own if own.exists() else HALL_FILE).rules


@pytest.fixture(scope="module")
def day_file(day_path: Path) -> DayFile:
    return read_day_file(day_path)


def test_the_recorded_day_replays_to_the_figures_it_had_when_it_was_recorded(
    rules: HallRules, day_path: Path, day_file: DayFile
) -> None:
    then = json.loads(day_path.with_suffix(".figures.json").read_text(encoding="utf-8"))
    now = figures_of_day(day_file, rules)

    assert only_what_was_known_then(now, then) == then


def only_what_was_known_then(now: object, then: object) -> object:
    """Later versions may measure more; what was measured then must not change."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {name: only_what_was_known_then(value, then[name]) for name, value in now.items() if name in then}
    return now


def test_the_recorded_day_is_a_whole_one(rules: HallRules, day_file: DayFile) -> None:
    day = replayed(day_file, rules)

    assert len(day.tickets) >= 100
    assert day.is_over
    assert not day.unfinished
    assert not day.desks


def test_no_number_was_given_twice_on_the_recorded_day(day_file: DayFile) -> None:
    numbers = [event.ticket for event in day_file.events if type(event).__name__ == "TicketIssued"]  # type: ignore[attr-defined]

    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("kind", [SimulatedDay, FullDay])
def test_a_day_that_is_lived_and_the_same_day_replayed_come_to_the_same(kind: type[SimulatedDay]) -> None:
    rules = read_hall_file(FULL_HALL_FILE if kind is FullDay else HALL_FILE).rules
    lived = kind(rules, seed=7)
    recorded = lived.run()

    assert lived.hall.read(lambda day, _: figures(day)) == figures(replayed(recorded, rules))


def test_a_day_of_the_first_version_is_lifted_and_written_in_the_present_one(tmp_path: Path) -> None:
    first = read_day_file(FIRST_DAY)
    log = SqliteLog(tmp_path / "hall.sqlite")
    log.append(first.hall, first.day, first.events, after=0)
    lifted = tmp_path / "lifted.jsonl"
    with lifted.open("w", encoding="utf-8") as out:
        write_day_file(out, first.hall, log.read(first.hall, first.day))
    log.close()

    assert '"name": "ticket_issued", "version": 1' in FIRST_DAY.read_text(encoding="utf-8")
    assert '"name": "ticket_issued", "version": 1' not in lifted.read_text(encoding="utf-8")
    assert read_day_file(lifted) == first


def test_a_recorded_day_is_read_back_as_it_was_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day_file = read_day_file(DAY_FILE)
    log = SqliteLog(tmp_path / "hall.sqlite")
    log.append(day_file.hall, day_file.day, day_file.events, after=0)
    out = io.StringIO()
    write_day_file(out, day_file.hall, log.read(day_file.hall, day_file.day))
    log.close()

    again = tmp_path / "again.jsonl"  # in the present version of each event, and so not letter by letter the same
    again.write_text(out.getvalue(), encoding="utf-8")
    assert read_day_file(again) == day_file

    recorded = main(["record", "2026-11-24", "--data", str(tmp_path), "--hall", str(HALL_FILE)])
    assert (recorded, capsys.readouterr().out) == (0, out.getvalue())


def test_replay_prints_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", str(DAY_FILE), "--hall", str(HALL_FILE)]) == 0

    printed = json.loads(capsys.readouterr().out)
    assert printed["tickets"] == json.loads(FIGURES_FILE.read_text(encoding="utf-8"))["end"]["tickets"]
