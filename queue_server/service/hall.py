"""The one door: read, decide, append, publish. Here time enters and the world is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from queue_server.clock import HallClock
from queue_server.domain.apply import apply, replay
from queue_server.domain.commands import CloseDay, Command
from queue_server.domain.decide import decide
from queue_server.domain.events import Event
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules
from queue_server.stores.base import Log, LogMoved, Recorded, StorageTrouble

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Listener = Callable[[list[Recorded], HallDay], None]
Run = Callable[..., Any]

TRIES_WHEN_THE_LOG_MOVES = 5


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a command: its events (the same ones each time it is repeated) and the day after them."""

    recorded: list[Recorded]
    day: HallDay


@dataclass(slots=True)
class _Wish:
    command: Command
    recorded: list[Recorded] = field(default_factory=list)
    failure: Exception | None = None
    done: bool = False


def run_here(function: Run, *args: object) -> Any:
    return function(*args)


class Hall:
    """One hall's door. Safe to use from many threads or greenlets at once.

    Commands that arrive while the disk is busy share the next commit: each joins the wishes and queues for the turn;
    whoever gets the turn serves all wishes so far, and those behind find theirs done. `off_hub` runs the append where
    waiting for the disk stops nobody (a native thread under eventlet).
    """

    def __init__(self, log: Log, rules: HallRules, clock: HallClock, off_hub: Run = run_here) -> None:
        self.rules = rules
        self.clock = clock
        self._log = log
        self._off_hub = off_hub
        self._turn = Lock()
        self._wishes: list[_Wish] = []
        self._listeners: list[Listener] = []
        self._close_a_forgotten_day()
        self._open(rules.day_of(clock.now()))

    # --- what others use

    def handle(self, command: Command) -> Handled:
        """Grant a command. Raises its Refusal, or StorageTrouble when it could not be made durable."""
        wish = _Wish(command)
        self._wishes.append(wish)
        with self._turn:
            if not wish.done:
                batch, self._wishes = self._wishes, []
                self._serve(batch)
            if wish.failure is not None:
                raise wish.failure
            return Handled(wish.recorded, self._day)

    def read(self, question: Callable[[HallDay, datetime], Answer]) -> Answer:
        """Ask the day something. Only what is on disk can be seen."""
        with self._turn:
            at = self._now()
            return question(self._day, at)

    def events(self, after: int = 0) -> list[Recorded]:
        """Today's events in order, those with `seq > after`."""
        with self._turn:
            self._now()
            return self._recorded[after:]

    def listen(self, listener: Listener) -> None:
        """Be told after each append, in order. A listener that raises is logged and never undoes a fact."""
        self._listeners.append(listener)

    # --- inside the turn

    def _now(self) -> datetime:
        """The hall's moment; opens the new day when the date has changed."""
        at = self.clock.now()
        today = self.rules.day_of(at)
        if today > self._day.day:
            self._open(today)
        return at

    def _open(self, day: date) -> None:
        self._recorded = self._log.read(self.rules.hall, day)
        self._day = replay(self.rules, day, (recorded.event for recorded in self._recorded))

    def _close_a_forgotten_day(self) -> None:
        """The last day may have ended without us (power cut at closing): deal with its tickets now."""
        today = self.rules.day_of(self.clock.now())
        past = [day for day in self._log.days(self.rules.hall) if day < today]
        if not past:
            return
        self._open(past[-1])
        if not self._day.is_over and self._day.last_at is not None:
            events = decide(CloseDay(id="close-forgotten-day", actor="hall"), self._day, self._day.last_at)
            self._log.append(self.rules.hall, past[-1], events, self._day.seq)
            logger.warning("Closed %s, which had been left open", past[-1], extra={"action": "forgotten_day_closed"})

    def _serve(self, batch: list[_Wish]) -> None:
        try:
            recorded = self._decide_and_append(batch)
        except Exception as error:  # whatever failed, none of the batch is a fact, and everyone must hear of it
            if not isinstance(error, StorageTrouble):
                logger.exception("A batch of %s commands failed", len(batch), extra={"action": "batch_failed"})
            for wish in batch:
                wish.failure = error
        else:
            for wish in batch:
                seqs = self._day.seqs_of_command.get(wish.command.id, [])
                wish.recorded = [self._recorded[seq - 1] for seq in seqs]
            self._publish(recorded)
        for wish in batch:
            wish.done = True

    def _decide_and_append(self, batch: list[_Wish]) -> list[Recorded]:
        at = self._now()
        for _ in range(TRIES_WHEN_THE_LOG_MOVES):
            known = self._day.seq
            try:
                new = self._decide_all(batch, at)
                if new:
                    events = [recorded.event for recorded in new]
                    self._off_hub(self._log.append, self.rules.hall, self._day.day, events, known)
            except LogMoved:
                self._open(self._day.day)
            except BaseException:  # memory has run ahead of the log: go back to what the log says, then let it be known
                self._open(self._day.day)
                raise
            else:
                self._recorded.extend(new)
                return new
        raise StorageTrouble("Other server processes keep writing first.", "Check how many of them run.")

    def _decide_all(self, batch: list[_Wish], at: datetime) -> list[Recorded]:
        new: list[Recorded] = []
        for wish in batch:
            wish.failure = None
            try:
                events = decide(wish.command, self._day, at)
            except Refusal as refusal:
                wish.failure = refusal
                continue
            new.extend(self._apply(event) for event in events)
        return new

    def _apply(self, event: Event) -> Recorded:
        apply(self._day, event)
        return Recorded(self._day.seq, self._day.day, event)

    def _publish(self, recorded: list[Recorded]) -> None:
        if not recorded:
            return
        for listener in self._listeners:
            try:
                listener(recorded, self._day)
            except Exception:  # a broken screen or printer never undoes a fact; the log has the traceback
                logger.exception("A listener failed", extra={"action": "listener_failed"})
