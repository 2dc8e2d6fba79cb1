"""The audit only grows, and whatever is done to its file behind its back is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.accounts.audit import Asked, Audit

KEY = b"k" * 32


class World:
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def audit(tmp_path: Path, world: World) -> Iterator[Audit]:
    audit = Audit(tmp_path / "audit.sqlite", KEY, lambda: world.now)
    yield audit
    audit.close()


def note(audit: Audit, many: int = 1, who: str = "li", kind: str = "act") -> None:
    for number in range(many):
        audit.note(kind, who, "officer", "counters.call_next", f"/counters/{number}", 200, "10.0.0.7")


def tamper(tmp_path: Path, *statements: str) -> None:
    """As somebody would who may write to the file, past every trigger."""
    file = sqlite3.connect(tmp_path / "audit.sqlite")
    for trigger in ("audit_stands", "audit_stays"):
        file.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        file.execute(statement)
    file.commit()
    file.close()


def test_what_was_noted_is_found_the_newest_first(audit: Audit, world: World) -> None:
    note(audit, 2)
    world.now += timedelta(hours=1)
    note(audit, 1, "wang", "look")

    assert [one.seq for one in audit.entries(Asked(), 10)] == [3, 2, 1]
    assert [one.who for one in audit.entries(Asked(kind="look"), 10)] == ["wang"]
    assert [one.seq for one in audit.entries(Asked(who="li", before=2), 10)] == [1]
    assert [one.seq for one in audit.entries(Asked(since=world.now), 10)] == [3]
    assert [one.seq for one in audit.entries(Asked(until=world.now), 10)] == [2, 1]
    assert audit.verify().entries == 3


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'wang'", "DELETE FROM audit WHERE seq = 2"])
def test_the_table_itself_refuses_to_be_changed(audit: Audit, tmp_path: Path, statement: str) -> None:
    note(audit, 3)
    file = sqlite3.connect(tmp_path / "audit.sqlite")

    with pytest.raises(sqlite3.IntegrityError, match="entry of the audit"):
        file.execute(statement)
    file.close()
    assert audit.verify().broken_at is None


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit SET who = 'wang' WHERE seq = 3", 3),
        ("UPDATE audit SET at = replace(at, '01:00', '02:00') WHERE seq = 1", 1),
        ("UPDATE audit SET outcome = 403 WHERE seq = 5", 5),
        ("UPDATE audit SET address = '' WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 3", 4),
        ("DELETE FROM audit WHERE seq = 1", 2),
        ("DELETE FROM audit WHERE seq = 5", 5),
        ("DELETE FROM audit", 1),
        ("UPDATE audit SET seq = 9 WHERE seq = 5", 9),
        ("INSERT INTO audit SELECT 6, at, kind, who, role, act, what, outcome, address, seal FROM audit LIMIT 1", 6),
        ("INSERT INTO forgotten SELECT seq, seal, 'no proof' FROM audit WHERE seq = 2", 1),
    ],
)
def test_every_change_past_the_table_is_found_where_it_was_made(
    audit: Audit, tmp_path: Path, statement: str, broken_at: int
) -> None:
    note(audit, 5)
    tamper(tmp_path, statement)

    assert audit.verify().broken_at == broken_at


def test_old_entries_cannot_be_cut_off_under_the_cover_of_age(audit: Audit, tmp_path: Path) -> None:
    note(audit, 5)
    tamper(
        tmp_path,
        "INSERT INTO forgotten SELECT seq, seal, seal FROM audit WHERE seq = 2",
        "DELETE FROM audit WHERE seq <= 2",
    )

    found = audit.verify()
    assert (found.broken_at, found.why) == (3, "older entries were deleted by somebody else")


def test_a_seal_made_without_the_servers_secret_is_no_seal(audit: Audit, tmp_path: Path) -> None:
    note(audit, 2)
    forger = Audit(tmp_path / "audit.sqlite", b"x" * 32, lambda: datetime.now(UTC))
    note(forger, 1, "boss")
    forger.close()

    assert audit.verify().broken_at == 3


def test_what_is_old_goes_and_the_rest_still_proves_itself(audit: Audit, world: World) -> None:
    note(audit, 3)
    world.now += timedelta(days=200)
    note(audit, 2)

    assert audit.forget_old(180) == 3
    assert audit.forget_old(180) == 0
    assert audit.verify() == audit.verify().__class__(2, 5, audit.newest()[1])
    world.now += timedelta(days=200)
    assert audit.forget_old(180) == 2  # all are gone: the next still follows the last
    note(audit)
    assert [one.seq for one in audit.entries(Asked(), 10)] == [6]
    assert audit.verify().broken_at is None


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    audits = [Audit(tmp_path / "audit.sqlite", KEY, lambda: datetime.now(UTC)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda audit: note(audit, 25), audits))

    assert (audits[0].verify().entries, audits[0].verify().broken_at) == (100, None)
    for audit in audits:
        audit.close()


@settings(max_examples=50)
@given(st.lists(st.tuples(st.text(), st.text(), st.integers(0, 599)), max_size=8))
def test_any_words_can_be_noted_and_verified(words: list[tuple[str, str, int]]) -> None:
    audit = Audit(None, KEY, lambda: datetime(2026, 11, 23, tzinfo=UTC))
    for who, what, outcome in words:
        audit.note("act", who, "", "x", what, outcome, "")

    assert (audit.verify().entries, audit.verify().broken_at) == (len(words), None)
    audit.close()
