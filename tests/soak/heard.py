"""What clients asked, were told and saw, each with the moments between which it must have happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from queue_server.domain import commands as c

FOR_EVER = float("inf")


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish under its key, as the hall must have understood it."""

    key: str
    actor: str
    kind: type[c.Command]
    fields: dict[str, Any]

    def command(self) -> c.Command:
        return self.kind(id=f"{self.actor}/…/{self.key}", actor=self.actor, **self.fields)


@dataclass(frozen=True, slots=True)
class Told:
    """A yes: the wish first sent at `sent` under `key` is at `seq` of the log, about `ticket`."""

    key: str
    seq: int
    ticket: str | None
    sent: float = 0.0
    heard: float = FOR_EVER


@dataclass(frozen=True, slots=True)
class Refused:
    """A no, with its code."""

    key: str
    code: str = ""
    sent: float = 0.0
    heard: float = FOR_EVER


@dataclass(frozen=True, slots=True)
class Seen:
    """A counter's page: who is there and in which stage, as of `seq`."""

    counter: str
    seq: int
    ticket: str | None
    stage: str | None
    sent: float
    heard: float


@dataclass(slots=True)
class Heard:
    """What all clients together heard. Everything only grows, so threads may share one."""

    told: list[Told] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    asked: dict[str, Asked] = field(default_factory=dict)
