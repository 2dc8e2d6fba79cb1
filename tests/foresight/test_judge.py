"""The judge: reads a hall's history or says what is wrong with it, learns, and judges on later days only."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest

from queue_server.cli import main
from queue_server.foresight.judge.judge import Guesses, pinball, score
from queue_server.foresight.judge.learning import learn
from queue_server.foresight.judge.moment import Moments, waits_at
from queue_server.foresight.judge.simulated_halls import HALLS, simulated_rows
from queue_server.foresight.judge.times_to_come import judge_times
from queue_server.foresight.judge.visits import BadHistory, History, Label, Row, history_of, read_history, write_history

HEADER = "arrival,start,end,class,server\n"


@pytest.fixture(scope="module")
def history() -> History:
    return history_of(simulated_rows(HALLS[2], 24, seed=5))


def a_file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "history.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("arrival,start,end\n", "line 1: no column class, server"),
        (HEADER + "2026-02-30T09:00:00,,2026-02-28T09:00:00,a,\n", "line 2, arrival: write a time as"),
        (HEADER + "2026-03-02T09:00:00,,2026-03-02T08:00:00,a,\n", "line 2, end: too early"),
        (HEADER + "2026-03-02T09:00:00,,2026-03-02T09:10:00,a,3\n", "line 2, start: empty, but start and server"),
        (HEADER + "2026-03-02T09:00:00,,2026-03-02T09:10:00,a:fast,\n", "line 2, class: write a name, or name:rate"),
        (
            HEADER + "2026-03-02T09:00:00,2026-03-02T08:59:00,2026-03-02T09:10:00,a,3\n",
            "line 2, start: before the arrival",
        ),
        (HEADER + "2026-03-02T09:00:00,2026-03-02T09:01:00,2026-03-02T09:10:00,a,\n", "line 2, server: empty"),
        (HEADER + "2026-03-02T09:00:00Z,,2026-03-02T09:10:00Z,a,\n", "line 2, arrival: this is UTC"),
        (HEADER + "2026-03-02T09:00:00\n", "line 2, end: write a time"),
        (HEADER.replace(",", ";"), "line 1: columns must be parted by commas"),
        (HEADER, "no visits"),
    ],
)
def test_a_broken_history_names_the_line_and_what_to_write(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadHistory, match=says):
        read_history(a_file(tmp_path, text))


def test_what_was_written_is_read_again_to_the_second(tmp_path: Path, history: History) -> None:
    path = tmp_path / "hall.csv"
    write_history(simulated_rows(HALLS[2], 2, seed=5), path)

    again = read_history(path)

    assert again.labels == history.labels
    assert np.array_equal(again.days[0].start, history.days[0].start)


def test_the_roster_the_skills_and_the_priorities_are_read_from_the_rows(history: History) -> None:
    learnt = learn(history)
    ten_thirty, counter = (10 * 60 + 45) // 5, history.servers.index("2")

    # half past ten: six counters are open; the second serves services a and c alone
    assert int((learnt.open_share[:, ten_thirty] > 0.5).sum()) == HALLS[2].counters[3]
    assert [name for name, serves in zip(learnt.names, learnt.serves[:, counter], strict=True) if serves] == ["a", "c"]
    assert {label.rate for label in history.labels} == {1.0, 2.0}


def test_nothing_after_the_moment_of_arrival_is_known(history: History) -> None:
    """Whatever happens later, the scenario of an arrival is the same."""
    day = history.days[-1]
    row = len(day.arrival) // 2
    at = day.arrival[row]
    start = np.where(day.start > at, np.where(np.isfinite(day.start), day.start + 5, np.inf), day.start)
    later = type(day)(day.date, day.arrival, start, np.where(day.end > at, day.end + 9, day.end), day.label, day.server)
    moments = Moments(history, learn(history))

    assert np.array_equal(waits_at(day, row), waits_at(later, row))
    for one, other in zip(moments.scenario(day, row).counters, moments.scenario(later, row).counters, strict=True):
        assert np.array_equal(one, other)
    for one, other in zip(moments.scenario(day, row).pace, moments.scenario(later, row).pace, strict=True):
        assert np.array_equal(one, other)


def test_when_to_come_is_judged_on_later_days_and_the_emptiest_time_is_emptier() -> None:
    train, test = history_of(simulated_rows(HALLS[0], 24, seed=7)).split(date(2026, 1, 28))

    ours, theirs = judge_times(train, test)

    assert (ours.half_hours, ours.visits) == (theirs.half_hours, theirs.visits)
    assert ours.visits > 500
    assert ours.error is not None
    assert theirs.error is not None
    assert ours.error < 1.2 * theirs.error
    assert ours.advised is not None
    assert ours.otherwise is not None
    assert ours.advised < ours.otherwise


def test_scores_are_what_their_names_say() -> None:
    guesses = Guesses(np.array([10.0, 20.0]), np.array([15.0, 25.0]), np.array([12.0, 30.0]), np.array([True, False]))

    found = score(guesses)

    assert (found.mae, found.bias, found.p90_coverage) == (6.0, -6.0, 0.5)
    assert (found.mae_priority, found.mae_ordinary) == (2.0, 10.0)
    assert pinball(np.array([10.0]), np.array([12.0]), 0.9)[0] == pytest.approx(1.8)


@pytest.mark.slow
def test_a_hall_can_judge_its_own_history_and_simulation_does_best(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hall.csv"
    write_history(simulated_rows(HALLS[0], 20, seed=7), path)

    assert main(["judge", str(path), "--train-until", "2026-01-27", "--repetitions", "30", "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert (found["trained_on"]["days"], found["judged_on"]["days"]) == (17, 3)
    assert found["best"] == "monte_carlo"
    assert found["minutes"]["monte_carlo"]["visits"] > 500


def test_forgotten_ends_are_put_right_and_counted() -> None:
    def row(arrival: str, start: str, end: str, server: str = "1") -> Row:
        moments = [datetime.fromisoformat(f"2026-03-02T{time}") for time in (arrival, start, end)]
        return Row(*moments, Label("rent", 1.0), server)

    before = row("09:00:00", "09:00:00", "09:06:00")
    forgotten = row("09:05:00", "09:06:00", "16:00:00")
    after = row("09:10:00", "09:20:00", "09:30:00")
    last = row("11:00:00", "11:00:00", "17:00:00")  # six hours, and nobody after it

    found = history_of([before, forgotten, after, last])

    assert found.forgotten == 2
    assert (found.days[0].end - found.days[0].start).tolist() == [6.0, 14.0, 10.0, 10.0]
    assert history_of(simulated_rows(HALLS[2], 10, seed=5)).forgotten == 0


def test_a_history_in_which_nobody_was_served_judges_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [f"2026-03-0{day}T09:00:00,,2026-03-0{day}T09:10:00,a,\n" for day in range(2, 8)]
    path = a_file(tmp_path, HEADER + "  \n" + "".join(lines))

    assert main(["judge", str(path), "--train-until", "2026-03-05"]) == 2
    assert "nobody was served until 2026-03-05" in capsys.readouterr().err


def test_a_date_that_leaves_nothing_to_judge_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "hall.csv"
    write_history(simulated_rows(HALLS[0], 3, seed=7), path)

    assert main(["judge", str(path), "--train-until", "2026-12-31"]) == 2
    assert "0 after it" in capsys.readouterr().err
