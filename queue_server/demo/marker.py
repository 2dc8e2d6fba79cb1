"""Keeps demo and earnest apart: the demo's passwords are public, so its folder must never serve a real hall."""

from __future__ import annotations

from pathlib import Path

MARKER = "this-is-a-demo"


def is_demo_folder(data: Path) -> bool:
    return (data / MARKER).exists()


def mark_as_demo(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / MARKER).write_text(
        "Accounts and tickets here are for show; everybody knows the password.\n", encoding="utf-8"
    )


def belongs_to_a_real_hall(data: Path) -> bool:
    """Accounts that no demo made."""
    return (data / "accounts.sqlite").exists() and not is_demo_folder(data)
