"""Makes the recorded day: one whole simulated day through the real door, with a clock that jumps from act to act.

`python -m tests.days.make_day` writes `2026-11-24.jsonl` and its figures anew. Only needed when a day should hold
something it never held before: the file is there so that every later version replays it to the same figures. A day
of a released version is never written again; a new one is recorded beside it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random

from queue_server.demo.agenda import Agenda
from queue_server.demo.profile import ServiceFacts, Visitor, a_visitor, next_arrival, service_seconds
from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.refusals import Refusal
from queue_server.domain.rules import HallRules, Way
from queue_server.domain.ticket import Ticket
from queue_server.hall_file import read_hall_file
from queue_server.reports.day_file import DayFile, write_day_file
from queue_server.service.hall import Hall, Handled
from queue_server.service.timekeeper import keep_time
from queue_server.stores.memory import MemoryLog
from tests.days.figures_of_day import figures_of_day
from tests.story import MONDAY, StoppedClock

HERE = Path(__file__).parent
HALL_FILE = HERE / "hall.toml"
TUESDAY = MONDAY + timedelta(days=1)
DAY_FILE = HERE / "2026-11-24.jsonl"
FIGURES_FILE = HERE / "2026-11-24.figures.json"
SEED = 20261124
PAPER_OUT = (time(11, 10), time(11, 25))


class SimulatedDay:
    """Visitors, officers and a guide after the demo's profile. Each act plans the next; the seed decides all chance."""

    def __init__(self, rules: HallRules, seed: int, midnight: datetime = TUESDAY) -> None:
        self.rules = rules
        self.random = Random(seed)
        self.midnight = midnight
        self.clock = StoppedClock(midnight.replace(hour=8, minute=55))
        self.log = MemoryLog()
        self.hall = Hall(self.log, rules, self.clock)
        self.agenda = Agenda()
        self.visitors: dict[str, Visitor] = {}
        self.services = [ServiceFacts(one.id, one.coaching, one.minutes) for one in rules.services.values()]
        self._ids = count(1)

    def run(self) -> DayFile:
        """From before opening until the hall has closed its day by itself."""
        for counter in self.rules.counters:
            self.after(self.random.uniform(0, 300), lambda counter=counter: self.open_desk(counter))  # type: ignore[misc]
        self.plan_next_arrival()
        self.at(time(9, 0), self.watch_the_time)
        for hour in (10, 11, 14, 15, 16):
            self.at(time(hour, 20), self.guide_moves_somebody)
            self.at(time(hour, 40), self.somebody_wants_help)
        self.at(time(11, 26), self.guide_prints_again)
        self.at(time(12, 30), lambda: self.wish(c.CloseZone, "supervisor:sun", zone="smart", notice="12:30–13:00"))
        self.at(time(13, 0), lambda: self.wish(c.ReopenZone, "supervisor:sun", zone="smart"))
        while (seconds := self.agenda.seconds_until_next(self.clock.moment)) is not None:
            self.clock.moment += timedelta(seconds=max(0.0, seconds))
            while action := self.agenda.due(self.clock.moment):
                action()
        day = self.clock.moment.date()
        return DayFile(self.rules.hall, day, [one.event for one in self.log.read(self.rules.hall, day)])

    # --- time and the door

    def at(self, moment: time, action: Callable[[], object]) -> None:
        self.agenda.at(datetime.combine(self.midnight.date(), moment, self.midnight.tzinfo), action)  # type: ignore[arg-type]

    def after(self, seconds: float, action: Callable[[], object]) -> None:
        self.agenda.after(seconds, self.clock.moment, action)  # type: ignore[arg-type]

    def wish(self, kind: type[c.Command], actor: str, /, **fields: object) -> Handled | None:
        """What followed; None when the hall refused, as it may at any time."""
        try:
            return self.hall.handle(kind(id=f"{kind.__name__}-{next(self._ids)}", actor=actor, **fields))
        except Refusal:
            return None

    def ticket(self, number: str) -> Ticket:
        return self.hall.read(lambda day, _: day.tickets[number])

    def watch_the_time(self) -> None:
        keep_time(self.hall)
        if not self.hall.read(lambda day, _: day.is_over):
            self.after(60, self.watch_the_time)

    # --- visitors

    def plan_next_arrival(self) -> None:
        opening = self.midnight.replace(hour=9)
        coming = next_arrival((self.clock.moment - opening).total_seconds(), 1.0, self.random)
        if coming is not None:
            self.agenda.at(opening + timedelta(seconds=coming), self.visitor_arrives)

    def visitor_arrives(self) -> None:
        self.plan_next_arrival()
        who = a_visitor(self.services, self.random)
        way = Way.COACHING if who.coaching else Way.COUNTER
        fields = {"service": who.service, "way": way, "care": who.care, "language": who.language}
        fields |= {"services": self.further_services(who.service), "people": 2 if self.random.random() < 0.1 else 1}
        handled = self.wish(c.IssueTicket, "kiosk:K1", **fields, printer="K1")
        if handled is None:
            return
        number: str = handled.recorded[0].event.ticket  # type: ignore[attr-defined]
        self.visitors[number] = who
        self.after(3, lambda: self.paper_comes_out(number, 1))
        self.after(who.patience, lambda: self.loses_patience(number))

    def further_services(self, first: str) -> tuple[str, ...]:
        """Some came for two things at once."""
        if self.random.random() >= 0.15:
            return ()
        return (self.random.choice([service for service in self.rules.services if service != first]),)

    def paper_comes_out(self, number: str, paper: int) -> None:
        out = PAPER_OUT[0] <= self.clock.moment.time() < PAPER_OUT[1]
        problem = "paper_out" if out else None
        self.wish(c.ReportPaper, "kiosk:K1", ticket=number, paper=paper, printed=not out, problem=problem)

    def loses_patience(self, number: str) -> None:
        if self.ticket(number).is_waiting:
            self.wish(c.AbandonTicket, "visitor", ticket=number)

    # --- officers

    def open_desk(self, counter: str) -> None:
        self.wish(c.OpenDesk, f"officer:o{counter}", counter=counter, officer=f"o{counter}")
        self.at(time(12, 5 * int(counter)), lambda: self.take_a_break(counter))
        self.call_next(counter)

    def take_a_break(self, counter: str) -> None:
        if self.wish(c.PauseDesk, f"officer:o{counter}", counter=counter, reason="lunch") is None:
            return  # somebody is at the counter: no break this time
        self.after(1200, lambda: self.wish(c.OpenDesk, f"officer:o{counter}", counter=counter, officer=f"o{counter}"))

    def call_next(self, counter: str) -> None:
        called = self.call_one(counter)
        if called is None:
            if self.clock.moment.time() < time(17, 5):
                self.after(20, lambda: self.call_next(counter))
            else:
                self.wish(c.CloseDesk, f"officer:o{counter}", counter=counter)
            return
        if self.visitors[called].misses_the_call:
            self.after(70, lambda: self.call_again(counter, called))
        else:
            self.after(self.visitors[called].walk, lambda: self.start(counter, called))

    def call_one(self, counter: str) -> str | None:
        """Mostly who comes first; now and then the officer chooses somebody."""
        handled = None
        if self.random.random() < 0.03:
            mine = self.rules.counters[counter]
            waiting = self.hall.read(lambda day, _: [ticket.number for ticket in day.waiting_for(mine)])
            if waiting:
                chosen = self.random.choice(waiting)
                handled = self.wish(c.CallTicket, f"officer:o{counter}", counter=counter, ticket=chosen)
        handled = handled or self.wish(c.CallNext, f"officer:o{counter}", counter=counter)
        events = [one.event for one in handled.recorded] if handled else []
        return next((event.ticket for event in events if isinstance(event, e.TicketCalled)), None)

    def call_again(self, counter: str, number: str) -> None:
        if self.ticket(number).calls < self.rules.limits.calls_before_missed:
            self.wish(c.RecallTicket, f"officer:o{counter}", ticket=number)
            self.after(70, lambda: self.call_again(counter, number))
            return
        self.wish(c.MarkMissed, f"officer:o{counter}", ticket=number)
        if self.random.random() < 0.6:
            self.after(300, lambda: self.comes_back(number))
        self.call_next(counter)

    def comes_back(self, number: str) -> None:
        """This time the visitor stays where the call can be heard."""
        who = self.visitors[number]
        self.visitors[number] = Visitor(**{f: getattr(who, f) for f in who.__slots__} | {"misses_the_call": False})
        self.wish(c.ReturnTicket, "guide:ma", ticket=number)

    def start(self, counter: str, number: str) -> None:
        officer, chance = f"officer:o{counter}", self.random.random()
        self.wish(c.StartService, officer, ticket=number)
        seconds = service_seconds(self.rules.services[self.ticket(number).service].minutes, self.random)
        if chance < 0.05:
            self.after(seconds / 3, lambda: self.wish(c.HoldService, officer, ticket=number))
            self.after(seconds / 3 + 120, lambda: self.wish(c.ResumeService, officer, ticket=number))
            self.after(seconds + 120, lambda: self.end(counter, number))
        elif chance < 0.1:
            self.after(seconds / 3, lambda: self.park(counter, number))
        elif chance < 0.2 and self.ticket(number).zone == "smart":
            self.after(seconds / 2, lambda: self.move_to_a_counter(counter, number))
        elif chance < 0.25:
            self.after(seconds, lambda: self.call_next(counter))  # the end is forgotten
        elif chance < 0.3:
            self.after(seconds, lambda: self.end_by_a_slip(counter, number))
        else:
            self.after(seconds, lambda: self.end(counter, number))

    def end(self, counter: str, number: str) -> None:
        self.wish(c.EndService, f"officer:o{counter}", ticket=number)
        if self.ticket(number).is_at_a_counter:  # the next service of the visit has begun here
            minutes = self.rules.services[self.ticket(number).service].minutes
            self.after(service_seconds(minutes, self.random), lambda: self.end(counter, number))
            return
        if self.ticket(number).is_waiting:  # the next service of the visit is elsewhere
            self.after(15, lambda: self.call_next(counter))
            return
        if level := self.visitors[number].feedback:
            self.after(90, lambda: self.wish(c.GiveFeedback, "visitor", ticket=number, level=level))
        self.after(15, lambda: self.call_next(counter))

    def end_by_a_slip(self, counter: str, number: str) -> None:
        officer = f"officer:o{counter}"
        self.wish(c.EndService, officer, ticket=number)
        self.after(5, lambda: self.wish(c.UndoStep, officer, ticket=number))
        self.after(90, lambda: self.end(counter, number))

    def park(self, counter: str, number: str) -> None:
        self.wish(c.ParkTicket, f"officer:o{counter}", ticket=number, reason="copy", keep_for="officer")
        self.after(240, lambda: self.comes_back(number))
        self.after(15, lambda: self.call_next(counter))

    def move_to_a_counter(self, counter: str, number: str) -> None:
        self.wish(c.TransferTicket, f"officer:o{counter}", ticket=number, zone="special", reason="needs_counter")
        self.after(15, lambda: self.call_next(counter))

    # --- the floor

    def guide_moves_somebody(self) -> None:
        """One goes to the care zone; another was a slip of the finger and is taken back at once."""
        waiting = self.hall.read(lambda day, _: [ticket.number for ticket in day.waiting("special")])
        for number in waiting[:2]:
            self.wish(c.TransferTicket, "guide:ma", ticket=number, zone="care")
        for number in waiting[1:2]:
            self.after(6, lambda number=number: self.wish(c.UndoTransfer, "guide:ma", ticket=number))  # type: ignore[misc]

    def guide_prints_again(self) -> None:
        failed = self.hall.read(lambda day, _: [one.number for one in day.tickets.values() if one.paper == "failed"])
        for number in failed:
            self.wish(c.ReprintTicket, "guide:ma", ticket=number, printer="K1")
            self.after(3, lambda number=number: self.paper_comes_out(number, 2))  # type: ignore[misc]

    def somebody_wants_help(self) -> None:
        self.wish(c.AskForHelp, "kiosk:K1", place="K1")
        self.after(100, lambda: self.wish(c.AnswerHelp, "guide:ma", place="K1"))


def write_day(simulated: SimulatedDay) -> None:
    """The day and its figures, each in a file named after the date."""
    day_file = simulated.run()
    out = io.StringIO()
    write_day_file(out, day_file.hall, simulated.log.read(day_file.hall, day_file.day))
    path = HERE / f"{day_file.day}.jsonl"
    path.write_text(out.getvalue(), encoding="utf-8")
    figures = json.dumps(figures_of_day(day_file, simulated.rules), ensure_ascii=False, indent=1)
    path.with_suffix(".figures.json").write_text(figures + "\n", encoding="utf-8")
    print(f"{len(day_file.events)} events written to {path.name}")


if __name__ == "__main__":
    write_day(SimulatedDay(read_hall_file(HALL_FILE).rules, SEED))
