"""Codes of a second device (TOTP, RFC 6238) as an option beside the password, and recovery codes for a lost one."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any

import pyotp
from cryptography.fernet import Fernet, InvalidToken

from queue_server.accounts.database import AccountsDatabase
from queue_server.accounts.tokens import hash_token

STEP_SECONDS = 30
STEPS_OFF = 1  # RFC 6238, 5.2: one step for the way and slow fingers
STEPS_EXPLAINED = 10  # five minutes: a clock so far off is told, not believed; wider, guesses would be told too much
RECOVERY_CODES = 10
RECOVERY_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that reads like another
RECOVERY_LENGTH = 10  # fifty bits: nobody guesses one, and one is good once


class Checked(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    CLOCK = "clock"  # right at another time: one of the two clocks is wrong


class Codes:
    """Secrets lie enciphered in the accounts' file; the key derives from the server's own, which lies elsewhere."""

    def __init__(self, database: AccountsDatabase, now: Callable[[], datetime], key: bytes) -> None:
        self._database = database
        self._now = now
        self._cipher = Fernet(base64.urlsafe_b64encode(key))

    def has(self, person: str) -> bool:
        return bool(self._row(person).get("code_secret"))

    def begin(self, person: str) -> str:
        """A secret to be put into a phone. It counts from the first right code on; another beginning replaces it."""
        secret = pyotp.random_base32()
        self._set(person, code_pending=self._cipher.encrypt(secret.encode()).decode())
        return secret

    def pending(self, person: str) -> str | None:
        """The secret that waits for its first code."""
        return self._read(self._row(person).get("code_pending"))

    def confirm(self, person: str, code: str) -> Checked:
        """The first right code makes the secret count."""
        row, secret = self._row(person), self.pending(person)
        checked, step = self._compare(secret, code, after=0)
        if checked is Checked.RIGHT:
            self._set(person, code_secret=row["code_pending"], code_pending=None, code_step=step)
        return checked

    def check(self, person: str, code: str) -> Checked:
        """A code of the phone, each good once, or a recovery code, which is used up."""
        if self._use_recovery_code(person, code):
            return Checked.RIGHT
        row = self._row(person)
        checked, step = self._compare(self._read(row.get("code_secret")), code, after=row.get("code_step") or 0)
        if checked is Checked.RIGHT:
            self._set(person, code_step=step)
        return checked

    def remove(self, person: str) -> None:
        self._set(person, code_secret=None, code_pending=None, code_step=None)
        with self._database.writing() as database:
            database.table("recovery_codes").delete_where("person = ?", [person])

    def new_recovery_codes(self, person: str) -> list[str]:
        """Shown once; earlier ones end."""
        codes = ["".join(secrets.choice(RECOVERY_SIGNS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
        with self._database.writing() as database:
            table = database.table("recovery_codes")
            table.delete_where("person = ?", [person])
            table.insert_all({"code_hash": _hash(person, code), "person": person} for code in codes)
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def recovery_codes_left(self, person: str) -> int:
        rows = self._database.rows("SELECT count(*) AS many FROM recovery_codes WHERE person = ?", person)
        return int(rows[0]["many"])

    def _use_recovery_code(self, person: str, code: str) -> bool:
        wanted = _hash(person, code.upper().replace("-", "").replace(" ", ""))
        with self._database.writing() as database:
            where = "person = ? AND code_hash = ?"
            found = database.table("recovery_codes").count_where(where, [person, wanted])
            database.table("recovery_codes").delete_where(where, [person, wanted])
        return bool(found)

    def _compare(self, secret: str | None, code: str, after: int) -> tuple[Checked, int]:
        """`after`: the step of the last code that was used; it and those before are not good again."""
        code = "".join(code.split())
        if secret is None or not (code.isascii() and code.isdigit() and len(code) == 6):
            return Checked.WRONG, 0
        totp, now = pyotp.TOTP(secret), int(self._now().timestamp()) // STEP_SECONDS
        for off in sorted(range(-STEPS_EXPLAINED, STEPS_EXPLAINED + 1), key=abs):
            if secrets.compare_digest(totp.generate_otp(now + off), code):
                is_near = abs(off) <= STEPS_OFF
                used = now + off <= after
                return (Checked.WRONG if used else Checked.RIGHT if is_near else Checked.CLOCK), now + off
        return Checked.WRONG, 0

    def _row(self, person: str) -> dict[str, Any]:
        rows = self._database.rows("SELECT code_secret, code_pending, code_step FROM people WHERE id = ?", person)
        return rows[0] if rows else {}

    def _read(self, enciphered: str | None) -> str | None:
        """None also where the server's key is another one now: an administrator takes the code away then."""
        try:
            return self._cipher.decrypt(enciphered.encode()).decode() if enciphered else None
        except InvalidToken:
            return None

    def _set(self, person: str, **values: Any) -> None:
        with self._database.writing() as database:
            database.table("people").update(person, values)


def address_of(secret: str, person: str, hall: str) -> str:
    """What the QR code for the phone says (otpauth://)."""
    return str(pyotp.TOTP(secret).provisioning_uri(name=person, issuer_name=hall))


def _hash(person: str, code: str) -> str:
    return hash_token(f"{person}:{code}")
