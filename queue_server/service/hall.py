"""The one door: look what is new, decide, append, publish. Here time enters and the world is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from threading import Lock
from typing import Any, TypeVar

from queue_server.clock import HallClock
from queue_server.domain.commands import CloseDay, Command
from queue_server.domain.decide import decide
from queue_server.domain.hall_day import HallDay
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules
from queue_server.service.kept_day import KeptDay, Run
from queue_server.stores.base import Log, LogMoved, Recorded, StorageTrouble

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Listener = Callable[[list[Recorded], HallDay], None]

TRIES_WHEN_THE_LOG_MOVES = 5


@dataclass(frozen=True, slots=True)
class Handled:
    """What became of a command: its events (the same ones each time it is repeated) and the day after them."""

    recorded: list[Recorded]
    day: HallDay


@dataclass(slots=True)
class _Wish:
    command: Command
    answer: Callable[[Handled], Any]
    answered: Any = None
    failure: Exception | None = None
    done: bool = False
    leads: bool = False  # whether its caller is to serve all wishes of the batch
    woken: Lock | None = None  # of one that is served by another: held until it is done, or must lead after all

    def wait(self) -> None:
        assert self.woken is not None
        self.woken.acquire()

    def wake(self) -> None:
        if self.woken is not None:
            self.woken.release()


def _held() -> Lock:
    lock = Lock()
    lock.acquire()
    return lock


def run_here(function: Run, *args: object) -> Any:
    return function(*args)


class Hall:
    """One hall's door. Safe to use from many threads or greenlets at once.

    Commands that arrive while the disk is busy share the next commit: the first of them leads the others, waits for the
    turn and then serves all wishes so far; the others are woken when theirs is done. Where other processes append to
    the same log, the door looks what is new before it answers, and decides only in its turn among them. `off_hub` runs
    whatever waits for the log where that stops nobody (a native thread under eventlet).
    """

    def __init__(self, log: Log, rules: HallRules, clock: HallClock, off_hub: Run = run_here) -> None:
        self.clock = clock
        self._kept = KeptDay(log, rules, off_hub)
        self._turn = Lock()
        self._joining = Lock()  # who comes first is one question, asked by one at a time
        self._wishes: list[_Wish] = []
        self._listeners: list[Listener] = []
        self._tell_others: Callable[[], None] | None = None
        self._moments = count(1)
        self._looked_at = 0
        self._close_a_forgotten_day()
        self._kept.open(rules.day_of(clock.now()))

    # --- what others use

    @property
    def rules(self) -> HallRules:
        """As they hold now, with what was decided for today alone."""
        return self._kept.state.rules

    @property
    def usual_rules(self) -> HallRules:
        """As set up: for other days than today."""
        return self._kept.usual_rules

    def handle(self, command: Command) -> Handled:
        """Grant a command. Raises its Refusal, or StorageTrouble when it could not be made durable."""
        return self.grant(command, lambda handled: handled)

    def grant(self, command: Command, answer: Callable[[Handled], Answer]) -> Answer:
        """The same. `answer` makes of it what the caller is told: in the turn, so that it sees the day as it is on disk
        and nothing of the next batch. It must be quick and may not ask the door.
        """
        wish = _Wish(command, answer)
        with self._joining:
            wish.leads = not self._wishes
            if not wish.leads:
                wish.woken = _held()
            self._wishes.append(wish)
        if not wish.leads:
            wish.wait()
        if wish.leads:
            self._lead(wish)
        if wish.failure is not None:
            raise wish.failure
        answered: Answer = wish.answered
        return answered

    def read(self, question: Callable[[HallDay, datetime], Answer]) -> Answer:
        """Ask the day something. Only what is on disk can be seen, and all of it that was there when asked.

        Raises StorageTrouble when a shared log cannot be reached: what this process remembers may be long past.
        """
        asked_at = next(self._moments)
        with self._turn:
            at = self._now()
            self._look(asked_at)
            return question(self._kept.state, at)

    def events(self, after: int = 0) -> list[Recorded]:
        """Today's events in order, those with `seq > after`."""
        return self.read(lambda day, at: self._kept.recorded[after:])

    def days(self) -> list[date]:
        """Those that have events, oldest first."""
        return self._kept.days()

    def events_of(self, day: date) -> list[Recorded]:
        """All events of one day, today or any before, as they are on disk."""
        return self._kept.events_of(day)

    def begin_to_listen(self, after: int, begin: Callable[[], None]) -> tuple[HallDay, list[Recorded]]:
        """The day and its events after `after`, and `begin` done in the same moment: what `begin` opens to listeners
        gets every later event, and none before these.
        """

        def at_once(day: HallDay, at: datetime) -> tuple[HallDay, list[Recorded]]:
            begin()
            return day, self._kept.recorded[after:]

        return self.read(at_once)

    def catch_up(self) -> None:
        """See what other processes appended, and let the listeners know: for whoever asks a listener next."""
        self.read(lambda day, at: None)

    def listen(self, listener: Listener) -> None:
        """Be told every event of the day once and in order, whichever process appended it: as soon as this process
        knows. A listener that raises is logged and never undoes a fact.
        """
        self._listeners.append(listener)

    def tell_others_by(self, tell: Callable[[], None]) -> None:
        """Be called after each append of this process, so that other processes need not wait until they look."""
        self._tell_others = tell

    def take_rules(
        self, rules: HallRules, stands_in_the_way: Callable[[HallDay, HallRules], list[Answer]]
    ) -> list[Answer]:
        """These rules hold from the next command on, unless something of today stands in their way: then nothing
        changes, and that is what is answered. Between two commands, so that none is decided by half of each.
        """
        asked_at = next(self._moments)
        with self._turn:
            self._now()
            self._look(asked_at)
            found = stands_in_the_way(self._kept.state, rules)
            if not found:
                self._kept.take_rules(rules)
            return found

    # --- inside the turn

    def _now(self) -> datetime:
        """The hall's moment; opens the new day when the date has changed. A day is left for an earlier one only while
        it is empty: it was begun by a clock that was wrong.
        """
        at = self.clock.now()
        today = self.rules.day_of(at)
        if today > self._kept.day or (today < self._kept.day and not self._kept.recorded):
            self._publish(self._kept.open(today))
        return at

    def _look(self, asked_at: int) -> None:
        """See what other processes appended, unless somebody looked since this was asked."""
        if self._kept.log.is_shared and self._looked_at < asked_at:
            moment = next(self._moments)
            self._publish(self._kept.learn())
            self._looked_at = moment  # only now: where the log did not answer, whoever waits must look themselves

    def _close_a_forgotten_day(self) -> None:
        """The last day may have ended without us (power cut at closing): deal with its tickets now."""
        today = self.rules.day_of(self.clock.now())
        past = [day for day in self._kept.days() if day < today]
        for _ in range(TRIES_WHEN_THE_LOG_MOVES if past else 0):
            self._kept.open(past[-1])
            day = self._kept.state
            if day.is_over or day.last_at is None:
                return
            events = decide(CloseDay(id="close-forgotten-day", actor="hall"), day, day.last_at)
            try:
                self._kept.append(self._kept.try_out(events))
            except LogMoved:  # another process that starts now does the same
                continue
            logger.warning("Closed %s, which had been left open", past[-1], extra={"action": "forgotten_day_closed"})
            return

    def _lead(self, wish: _Wish) -> None:
        """Serve the batch that this wish is the first of, and wake the others. The next batch may begin before they
        have answered: the disk then works meanwhile.
        """
        batch: list[_Wish] = []
        try:
            with self._turn:
                if not wish.done:  # the leader before may have had to begin anew, and taken this one along
                    self._serve(batch)
        except BaseException:  # this greenlet was ended: one of the others leads them now
            self._pass_on(batch, wish)
            raise
        for other in batch:
            other.wake()

    def _pass_on(self, batch: list[_Wish], ended: _Wish) -> None:
        with self._joining:
            left = [one for one in [*batch, *self._wishes] if not one.done]
            others = [one for one in left if one is not ended]
            self._wishes = left if others else []
        for one in batch:
            if one.done:
                one.wake()
        if others and not any(one.leads for one in others):
            others[0].leads = True
            others[0].wake()

    def _serve(self, batch: list[_Wish]) -> None:
        """Grant or refuse every wish so far, those included that came while other processes had the turn."""
        try:
            recorded = self._decide_and_append(batch)
        except Exception as error:  # whatever failed, none of the batch is a fact, and everyone must hear of it
            batch += self._take_wishes()
            if not isinstance(error, StorageTrouble):
                logger.exception("A batch of %s commands failed", len(batch), extra={"action": "batch_failed"})
            for wish in batch:
                wish.failure = error
        else:
            self._publish(recorded)
            if recorded and self._tell_others is not None:
                self._tell_others()
            for wish in batch:
                self._answer(wish)
        for wish in batch:
            wish.done = True

    def _answer(self, wish: _Wish) -> None:
        if wish.failure is not None:
            return
        seqs = self._kept.state.seqs_of_command.get(wish.command.id, ())
        recorded = [self._kept.recorded[seq - 1] for seq in seqs]
        try:
            wish.answered = wish.answer(Handled(recorded, self._kept.state))
        except Exception as error:  # granted all the same; only this one cannot be told how
            wish.failure = error

    def _take_wishes(self) -> list[_Wish]:
        with self._joining:
            wishes, self._wishes = self._wishes, []
        return wishes

    def _decide_and_append(self, batch: list[_Wish]) -> list[Recorded]:
        for _ in range(TRIES_WHEN_THE_LOG_MOVES):
            at = self._now()
            moment = next(self._moments)
            self._publish(self._kept.take_turn())
            self._looked_at = moment
            batch += self._take_wishes()
            try:
                new = self._decide_all(batch, at)
                if new:
                    self._kept.append(new)
                else:
                    self._kept.give_up_turn()
                return new
            except LogMoved:
                self._kept.go_back()
                self._learn_why()
            except BaseException:  # memory has run ahead of the log: go back to what the log says, then let it be known
                self._kept.go_back()
                self._kept.give_up_turn()
                raise
        raise StorageTrouble("Other server processes keep writing first.", "Check how many of them run.")

    def _learn_why(self) -> None:
        """Somebody appended first. Raises StorageTrouble when the log is not the one we knew."""
        learnt = self._kept.learn()
        if learnt:
            self._publish(learnt)
        else:
            self._kept.compare()

    def _decide_all(self, batch: list[_Wish], at: datetime) -> list[Recorded]:
        new: list[Recorded] = []
        for wish in batch:
            wish.failure = None
            try:
                events = decide(wish.command, self._kept.state, at)
            except Refusal as refusal:
                wish.failure = refusal
                continue
            new += self._kept.try_out(events)
        return new

    def _publish(self, recorded: list[Recorded]) -> None:
        if not recorded:
            return
        for listener in self._listeners:
            try:
                listener(recorded, self._kept.state)
            except Exception:  # a broken screen or printer never undoes a fact; the log has the traceback
                logger.exception("A listener failed", extra={"action": "listener_failed"})
