"""What PostgreSQL complains of, in one sentence with the one thing an operator can do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from queue_server.stores.base import StorageTrouble, StorageUncertain

START_IT = "Start it, or check XINTING_DATABASE_URL; the server goes on by itself."
ENDED = (
    "PostgreSQL ended itself: make room on its disk, or mend what it names, and start it; the server goes on by itself."
)

# The first kind that fits decides.
ADVICE: tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str], ...] = (
    (errors.DiskFull, "Free some space on the database's disk; the server goes on by itself."),
    (errors.LockNotAvailable, "Another server process keeps the hall's turn: restart the one that hangs."),
    (
        errors.IdleInTransactionSessionTimeout,
        "This server process stood still in its turn and lost it; ask again, it goes on by itself.",
    ),
    (errors.ReadOnlySqlTransaction, "This database only copies another: let XINTING_DATABASE_URL name that one."),
    (errors.TooManyConnections, "Raise max_connections of PostgreSQL; each server process needs two."),
    (
        (errors.InsufficientPrivilege, errors.InvalidSchemaName),
        "Give the server's database user the right to make tables in this database.",
    ),
    (
        (errors.InvalidPassword, errors.InvalidAuthorizationSpecification, errors.InvalidCatalogName),
        "Check user, password and name in XINTING_DATABASE_URL.",
    ),
    (psycopg.OperationalError, START_IT),
    (psycopg.ProgrammingError, "Check XINTING_DATABASE_URL and that the database belongs to this version of Xinting."),
)


@contextmanager
def as_storage_trouble() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise _trouble(error, StorageTrouble) from error


@contextmanager
def as_uncertain_where_the_answer_was_lost() -> Iterator[None]:
    """Around a commit. Where the database itself says no it has written nothing."""
    try:
        yield
    except psycopg.OperationalError as error:
        if not _is_a_lost_line(error):
            raise
        raise _trouble(error, StorageUncertain) from error


def _is_a_lost_line(error: psycopg.OperationalError) -> bool:
    """No word of the database came, or its last one was that it ends."""
    is_end = isinstance(error, errors.AdminShutdown | errors.CrashShutdown) or _is_panic(error)
    return error.sqlstate is None or is_end


def _is_panic(error: psycopg.Error) -> bool:
    """It could not write its own log, and ends: what was under way may be in there when it comes back."""
    return error.diag.severity_nonlocalized == "PANIC"


def _trouble(error: psycopg.Error, kind: type[StorageTrouble]) -> StorageTrouble:
    return kind(f"The log's database cannot be used: {_first_line(error)}.", _advice(error))


def _first_line(error: psycopg.Error) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _advice(error: psycopg.Error) -> str:
    if _is_panic(error):
        return ENDED
    for kind, advice in ADVICE:
        if isinstance(error, kind):
            return advice
    return "See PostgreSQL's own log and docs/operations.md, “Several server processes”."
