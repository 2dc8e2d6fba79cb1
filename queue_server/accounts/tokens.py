"""Secrets handed to browsers and programs. Only their hash is kept, so the file alone opens nothing."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """Plain SHA-256 is enough: a token is random and long, there is nothing to guess."""
    return hashlib.sha256(token.encode()).hexdigest()


def derived_token(key: bytes, kind: str, device: str) -> str:
    """The same after every restart: nobody wants to set up the demo's browsers twice."""
    return hmac.new(key, f"device:{kind}:{device}".encode(), hashlib.sha256).hexdigest()
