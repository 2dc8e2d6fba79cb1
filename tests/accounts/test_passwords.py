"""What a password may be, and that hashing many at once has an end."""

from __future__ import annotations

import pytest

from queue_server.accounts.passwords import Hashing, HashingBusy, fault_of


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("nine sign", "too_short"),
        ("x" * 201, "too_long"),
        ("1234567890", "common"),
        ("password123", "common"),
        ("qwertyuiop", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("xinting2026", "common"),
        ("心厅心厅心厅心厅心厅", "common"),
        ("zhangwei and tea", "has_name"),
        ("ZhangWei and tea", "has_name"),
        ("我叫张伟爱喝早茶哦", "too_short"),
        ("我叫张伟最爱喝早茶", "too_short"),
        ("我叫张伟，最爱喝早茶", "has_name"),
        ("a kettle sings at dusk", None),
        ("黄河边的风很大很大呀", None),
        ("alllowercase but long", None),
    ],
)
def test_a_password_is_refused_for_what_makes_it_weak_and_for_nothing_else(password: str, fault: str | None) -> None:
    assert fault_of(password, "zhangwei", "张伟") == fault


def test_the_same_letters_composed_otherwise_are_the_same_password() -> None:
    hashing = Hashing()

    assert hashing.is_right(hashing.hash("café au lait"), "cafe\u0301 au lait")


def test_when_too_many_sign_in_at_once_the_next_is_told_to_come_again() -> None:
    tried: list[str] = []

    def slowly(function: object, *values: object) -> None:
        """Somebody else comes while this one is being hashed."""
        try:
            hashing.is_right(None, "somebody else")
        except HashingBusy:
            tried.append("refused")

    hashing = Hashing(slowly, most_waiting=3)
    hashing.is_right(None, "first")

    assert tried == ["refused"]
    Hashing().is_right(None, "room again")
