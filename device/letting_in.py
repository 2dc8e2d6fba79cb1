"""How a device without a token gets in: it shows a code, and somebody of the hall types it on the devices page.

The token is made here and never travels until it counts: the hall is told its hash, and the code stands for that.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import requests

from device.browser import Screen

logger = logging.getLogger(__name__)

ASK_EVERY_SECONDS = 3.0
WITHIN_SECONDS = (3.05, 6.0)


@dataclass(frozen=True, slots=True)
class Code:
    """`page`: where the hall shows it large, for a device with a screen."""

    code: str
    page: str


def token_of(path: Path) -> str | None:
    """What the file holds; None where there is none yet."""
    try:
        return path.read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def keep_token(path: Path, token: str) -> None:
    """Readable by this user only, and whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(token)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def admitted(server_url: str, kind: str, path: Path, screen: Screen | None = None) -> str:
    """This device's token, waiting for somebody to let it in where it has none yet."""

    def show(code: Code) -> None:
        logger.info(
            "This device is not let in yet. Type the code %s on the hall's page /supervisor/devices",
            code.code,
            extra={"action": "let_in"},
        )
        if screen is not None:
            screen.show(code.page)

    token = token_of(path) or wait_to_be_let_in(server_url, kind, path, show)
    assert token is not None  # nobody stops it
    return token


def wait_to_be_let_in(
    server_url: str,
    kind: str,
    path: Path,
    show: Callable[[Code], None],
    stop: threading.Event | None = None,
    every_seconds: float = ASK_EVERY_SECONDS,
) -> str | None:
    """Blocks until somebody typed the code; the token is in the file then. `show` is called for each new code. None
    when stopped."""
    stop = stop or threading.Event()
    api = f"{server_url.rstrip('/')}/api/v1/devices"
    token = token_of(waiting := path.with_suffix(".waiting")) or secrets.token_urlsafe(32)
    keep_token(waiting, token)  # a power cut in between must not leave the hall with a device that nobody is
    shown, is_away = "", False
    while not stop.is_set():
        try:
            if _is_in(api, token):
                waiting.replace(path)
                return token
            code = _code(api, kind, token, server_url)
            if code.code != shown:
                show(code)
                shown = code.code
            is_away = False
        except (requests.RequestException, ValueError, KeyError) as error:
            if not is_away:
                logger.warning("The hall cannot be asked to let this device in: %s", error, extra={"action": "let_in"})
            is_away = True
        stop.wait(every_seconds)
    return None


def _is_in(api: str, token: str) -> bool:
    answer = requests.get(f"{api}/own", headers={"Authorization": f"Bearer {token}"}, timeout=WITHIN_SECONDS)
    if answer.status_code >= 500:
        answer.raise_for_status()
    return answer.status_code == 200


def _code(api: str, kind: str, token: str, server_url: str) -> Code:
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    answer = requests.post(f"{api}/asking", json={"kind": kind, "token_hash": token_hash}, timeout=WITHIN_SECONDS)
    answer.raise_for_status()
    code = str(answer.json()["code"])
    return Code(code, f"{server_url.rstrip('/')}/devices/code/{code}")
