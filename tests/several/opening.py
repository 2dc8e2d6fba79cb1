"""What a server process opens at its start; small, since a test starts several processes for it."""

from __future__ import annotations

from pathlib import Path

from queue_server.accounts import Accounts
from queue_server.accounts.secret_key import read_or_make_secret
from queue_server.data_folder import alone_in
from queue_server.stores.sqlite import SqliteLog
from queue_server.stores.visitor_words import VisitorWords


def open_everything(folder: Path) -> str:
    """The secret, after all files have been opened."""
    with alone_in(folder):
        Accounts.open(folder).close()
        VisitorWords(folder / "private.sqlite").close()
        SqliteLog(folder / "hall.sqlite").close()
    return read_or_make_secret(folder / "secret.key").hex()
