"""The server's one secret, made at the first start; keys for different uses are derived from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

SECRET_BYTES = 32


def read_or_make_secret(path: Path) -> bytes:
    """The secret in this file; a new one when there is none. Only the server's own user may read the file."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _make(path)
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def _make(path: Path) -> None:
    """Whole or not at all: servers that start at once must end with one secret, and none may read half of it."""
    handle, unfinished = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # made with mode 600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(SECRET_BYTES).hex())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another was quicker: its secret is ours
            os.link(unfinished, path)
    finally:
        os.unlink(unfinished)


def derive_key(secret: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose, so that learning one never opens another."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()
