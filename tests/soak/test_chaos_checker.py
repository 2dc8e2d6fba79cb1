"""The chaos run's checker finds what is wrong, and its report says so."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime

from queue_server.domain.events import TicketCalled
from queue_server.stores.base import Recorded
from tests.soak.chaos import Chaos, report_of, wrong_words

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def called(seq: int) -> Recorded:
    event = TicketCalled(at=NINE, actor="officer:li", command=f"c{seq}", ticket="T0001", counter="3", attempt=1)
    return Recorded(seq, date(2026, 11, 23), event)


def test_words_that_nobody_called_that_were_begun_thrice_or_left_hanging_are_found() -> None:
    log = [called(seq) for seq in (1, 2, 3, 4)]
    fine = [(1, 1, "said"), (2, 2, "said"), (3, 0, "stale")]

    assert list(wrong_words(log, fine)) == []
    assert list(wrong_words(log, [(9, 1, "said")])) == ["9 was spoken and is no call of the log"]
    assert list(wrong_words(log, [(4, 3, "lost")])) == ["4 was begun 3 times"]
    assert list(wrong_words(log, [(4, 0, None)])) == ["4 was neither said nor given up"]


def test_the_report_names_what_was_found_and_how_long_it_really_took() -> None:
    mishaps, spoken = Counter({"server killed": 8}), Counter(said=102)
    chaos = Chaos(71, NINE, 486.0, 4.1, mishaps, {"calls": 120}, spoken, ["T0001 lost"])

    text = report_of(chaos)

    assert "* T0001 lost" in text
    assert "Nothing was found" not in text
    assert "--seed 71" in text
    assert "8.1 minutes of the world" in text
    assert "| **together** | **8** |" in text
