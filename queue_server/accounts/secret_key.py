"""The server's one secret, made at the first start; keys for different uses are derived from it."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

SECRET_BYTES = 32


def read_or_make_secret(path: Path) -> bytes:
    """The secret in this file; a new one when there is none. Only the server's own user may read the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: two servers starting at once must end with one secret
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text(encoding="ascii").strip())
    secret = secrets.token_bytes(SECRET_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret.hex())
        file.flush()
        os.fsync(file.fileno())
    return secret


def derive_key(secret: bytes, purpose: str) -> bytes:
    """A key of its own for one purpose, so that learning one never opens another."""
    return hmac.new(secret, purpose.encode(), hashlib.sha256).digest()
