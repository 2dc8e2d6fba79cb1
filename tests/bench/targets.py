"""What is asked of the servers that are measured."""

from __future__ import annotations

from tests.bench.load import Target


def issue_target(port: int, token: str) -> Target:
    """A number, as a kiosk asks for it."""
    headers = {"Authorization": f"Bearer {token}"}
    return Target(
        port,
        "/api/v1/tickets",
        lambda n: {"service": "TQ04", "way": ("coaching", "counter")[n % 2], "language": "zh"},
        lambda n: {**headers, "Idempotency-Key": f"bench-{n}"},
    )


def floor_target(port: int) -> Target:
    return Target(port, "/empty", lambda _: {"service": "TQ04", "way": "counter", "language": "zh"}, lambda _: {})
