"""The spool: each job once, over kills, and never an hour late."""

import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from printers.spool import BACK_OFF_SECONDS, MOST_INTERRUPTIONS, Report, Spool, SpoolInUse

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CONTENT = {"job": "K1-1", "ticket": {"hall": "䶮𠮷 \ud800 厅"}}


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.fixture
def spool(tmp_path):
    made = Spool(tmp_path / "K1.spool")
    yield made
    made.close()


def test_a_job_put_twice_is_printed_once(spool):
    assert spool.put("K1-1", CONTENT, NINE, NINE)
    assert not spool.put("K1-1", CONTENT, NINE, NINE)

    taken = spool.take(NINE)
    spool.mark_printed(taken.job, NINE)

    assert taken.content == CONTENT
    assert spool.take(NINE + seconds(3600)) is None


def test_jobs_come_out_in_the_order_in_which_they_were_asked_for(spool):
    spool.put("second", CONTENT, NINE + seconds(1), NINE + seconds(2))
    spool.put("first", CONTENT, NINE, NINE + seconds(3))

    assert [spool.take(NINE + seconds(5)).job for _ in range(2)] == ["first", "second"]


def test_a_failed_job_waits_longer_each_time_and_is_reported_at_its_first_failure_only(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)
    at = NINE
    for wait in BACK_OFF_SECONDS[:3]:
        spool.take(at)
        spool.mark_failed("K1-1", "unreachable", at, permanent=False, interrupted=False)
        for report in spool.reports():
            assert at == NINE
            spool.mark_reported(report, NINE)
        assert spool.take(at + seconds(wait - 0.5)) is None
        assert spool.next_try_at() == at + seconds(wait)
        at += seconds(wait)

    assert spool.take(at).failures == 3
    assert spool.reports() == []


def test_another_problem_is_news(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)
    for problem in ("unreachable", "paper_out"):
        spool.mark_failed("K1-1", problem, NINE, permanent=False, interrupted=False)
        assert spool.reports() == [Report("K1-1", "failed", problem)]
        spool.mark_reported(spool.reports()[0], NINE)


def test_a_success_after_an_unreported_failure_is_the_only_thing_told(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)
    spool.mark_failed("K1-1", "unreachable", NINE, permanent=False, interrupted=False)
    (stale,) = spool.reports()
    spool.mark_printed("K1-1", NINE + seconds(1))

    spool.mark_reported(stale, NINE)

    assert spool.reports() == [Report("K1-1", "printed", None)]


def test_a_printer_that_works_again_lets_nobody_wait_for_the_next_try(spool):
    for job in ("K1-1", "K1-2"):
        spool.put(job, CONTENT, NINE, NINE)
    spool.mark_failed("K1-1", "paper_out", NINE, permanent=False, interrupted=False)

    spool.take(NINE)
    spool.mark_printed("K1-2", NINE)

    assert spool.take(NINE).job == "K1-1"


def test_a_permanent_failure_is_never_tried_again(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)
    spool.take(NINE)

    spool.mark_failed("K1-1", "bad_job", NINE, permanent=True, interrupted=False)

    assert spool.take(NINE + seconds(300)) is None
    assert spool.states() == {"K1-1": "failed"}


def test_a_job_that_is_cut_off_again_and_again_is_given_up(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)
    for _ in range(MOST_INTERRUPTIONS):
        assert spool.states() == {"K1-1": "queued"}
        spool.mark_failed("K1-1", "unconfirmed", NINE, permanent=False, interrupted=True)

    assert spool.states() == {"K1-1": "failed"}


def test_a_ticket_does_not_come_out_when_its_visitor_has_left(tmp_path):
    spool = Spool(tmp_path / "K1.spool", expire_after_minutes=10)
    spool.put("old", CONTENT, NINE, NINE)
    spool.put("young", CONTENT, NINE + seconds(60), NINE + seconds(60))

    expired = spool.expire(NINE + seconds(601))

    assert expired == ["old"]
    assert spool.states() == {"old": "expired", "young": "queued"}
    assert spool.reports() == [Report("old", "failed", "expired")]
    assert spool.take(NINE + seconds(601)).job == "young"
    spool.close()


def test_a_finished_job_that_is_asked_for_again_is_reported_again_and_not_printed(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)
    spool.take(NINE)
    spool.mark_printed("K1-1", NINE)
    spool.mark_reported(spool.reports()[0], NINE)

    spool.put("K1-1", CONTENT, NINE, NINE)
    spool.report_again("K1-1", listed_at=NINE - seconds(1))  # the list may have crossed the report on its way
    assert spool.reports() == []
    spool.report_again("K1-1", listed_at=NINE + seconds(1))

    assert spool.take(NINE) is None
    assert spool.reports() == [Report("K1-1", "printed", None)]


def test_two_agents_cannot_print_from_one_spool(spool):
    with pytest.raises(SpoolInUse):
        Spool(spool.path)


def test_the_spool_is_durable_before_anyone_is_told(spool):
    assert spool._db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert spool._db.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def kill_after(path: Path, steps: str) -> None:
    """Runs the steps on the spool in a process of its own, and kills it without warning when they are done."""
    program = f"""
        import sys
        from datetime import UTC, datetime
        from printers.spool import Spool
        now = datetime.fromisoformat({NINE.isoformat()!r})
        spool = Spool({str(path)!r})
        {steps}
        print("ready", flush=True)
        sys.stdin.read()
    """
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with process:
        assert process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_a_job_survives_a_kill_between_put_and_printed(tmp_path):
    kill_after(tmp_path / "K1.spool", "spool.put('K1-1', {'a': 1}, now, now)")

    spool = Spool(tmp_path / "K1.spool")

    taken = spool.take(NINE)
    assert (taken.job, taken.content, taken.interruptions) == ("K1-1", {"a": 1}, 0)
    spool.close()


def test_a_job_that_was_being_sent_when_killed_is_tried_again_with_a_mark(tmp_path):
    kill_after(tmp_path / "K1.spool", "spool.put('K1-1', {}, now, now); assert spool.take(now)")

    spool = Spool(tmp_path / "K1.spool")

    assert spool.take(NINE).interruptions == 1
    spool.close()


def test_a_printed_job_stays_printed_after_a_kill_and_is_still_to_be_reported(tmp_path):
    steps = "spool.put('K1-1', {}, now, now); spool.take(now); spool.mark_printed('K1-1', now)"
    kill_after(tmp_path / "K1.spool", steps)

    spool = Spool(tmp_path / "K1.spool")

    assert spool.take(NINE) is None
    assert spool.reports() == [Report("K1-1", "printed", None)]
    spool.close()


def test_a_job_that_kills_the_program_each_time_is_given_up(tmp_path):
    kill_after(tmp_path / "K1.spool", "spool.put('K1-1', {}, now, now); assert spool.take(now)")
    for _ in range(MOST_INTERRUPTIONS - 1):
        kill_after(tmp_path / "K1.spool", "assert spool.take(now)")

    spool = Spool(tmp_path / "K1.spool")

    assert spool.states() == {"K1-1": "failed"}
    assert spool.reports() == [Report("K1-1", "failed", "interrupted")]
    spool.close()


def test_a_job_that_is_given_up_while_its_first_failure_is_still_being_told_is_told_as_given_up(spool):
    spool.put("K1-1", CONTENT, NINE, NINE)

    def fails_at(at: datetime) -> None:
        assert spool.take(at)
        spool.mark_failed("K1-1", "paper_out", at, permanent=False, interrupted=False, may_move=True)

    fails_at(NINE)
    (first,) = spool.reports()  # the hall takes its time to answer
    fails_at(NINE + seconds(1))
    spool.mark_reported(first, NINE + seconds(2))
    assert spool.reports() == [Report("K1-1", "failed", "paper_out", given_up=True)]

    (given_up,) = spool.reports()
    spool.take_back("K1-1")
    fails_at(NINE + seconds(4))  # before the answer to its being given up is noted
    spool.mark_reported(given_up, NINE + seconds(4))
    assert spool.reports() == [Report("K1-1", "failed", "paper_out", given_up=True)]
    spool.take_back("K1-1")
    spool.mark_reported(spool.reports()[0], NINE + seconds(5))
    assert spool.reports() == []
    assert spool.take(NINE + seconds(60)), "it is not left lying until it is too old"


def test_a_job_given_up_waits_for_the_server_over_a_power_cut_and_is_too_old_in_time(tmp_path):
    spool = Spool(tmp_path / "K1.spool", expire_after_minutes=10)
    spool.put("K1-1", CONTENT, NINE, NINE)
    for _ in range(2):  # the first failure may be over in a moment
        assert spool.reports() == [] or not spool.reports()[0].given_up
        spool.mark_failed("K1-1", "paper_out", NINE, permanent=False, interrupted=False, may_move=True)
    spool.close()

    spool = Spool(tmp_path / "K1.spool", expire_after_minutes=10)

    assert spool.reports() == [Report("K1-1", "failed", "paper_out", given_up=True)]
    assert spool.take(NINE + seconds(300)) is None
    assert spool.expire(NINE + seconds(601)) == ["K1-1"]
    assert spool.reports() == [Report("K1-1", "failed", "expired")]
    spool.close()


def test_a_spool_of_an_earlier_version_is_taken_over_with_its_jobs(tmp_path):
    spool = Spool(tmp_path / "K1.spool")
    spool.put("K1-1", CONTENT, NINE, NINE)
    spool._db.execute("ALTER TABLE jobs DROP COLUMN given_up")
    spool.close()

    spool = Spool(tmp_path / "K1.spool")

    assert spool.take(NINE).job == "K1-1"
    spool.close()
