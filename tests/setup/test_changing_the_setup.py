"""A hall changes its own setup while it works: what holds from when on, what is refused, what stays as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from queue_server.domain.changeover import Obstacle
from queue_server.domain.commands import CloseDesk, IssueTicket, OpenDesk
from queue_server.domain.measures import bounces_by_service
from queue_server.domain.rules import Way
from queue_server.hall_file import HallFile, HallFileError
from queue_server.service.hall import Hall
from queue_server.settings import DEPLOY
from queue_server.setup.changes import changes
from queue_server.setup.document import Document
from queue_server.setup.hall_setup import HallSetup
from queue_server.setup.versions import AnotherIsAwaited, Texts, Versions
from queue_server.stores.memory import MemoryLog
from tests.web.web_hall import MONDAY_NINE, StoppedClock

LANZHOU = DEPLOY / "halls" / "lanzhou.toml"


class SetUpHall:
    """A hall at work, its setup, and one administrator."""

    def __init__(self, folder: Path, log: MemoryLog | None = None) -> None:
        self.setup = HallSetup(LANZHOU, Versions(folder / "setup.sqlite"))
        self.clock = StoppedClock(MONDAY_NINE)
        self.taken: list[HallFile] = []
        self.log = log or MemoryLog()
        self.hall = Hall(self.log, self.setup.hall_file().rules, self.clock)

    def changed(self, change: Callable[[Document], object]) -> Texts:
        texts = self.setup.in_force()
        document = Document(texts.hall)
        change(document)
        return Texts(document.text, texts.fund)

    def publish(self, change: Callable[[Document], object], in_minutes: float = 0) -> int:
        self.clock.forward(seconds=1)
        now = self.clock.moment
        due_at = now + (self.clock.moment - now if not in_minutes else _minutes(in_minutes))
        return self.setup.publish(self.changed(change), author="admin", note="", at=now, due_at=due_at)

    def follow(self) -> bool:
        return self.setup.follow(self.hall, self.taken.append)

    def visitor(self, service: str = "TQ04", **wish: object) -> str:
        command = IssueTicket(id=f"visitor-{len(self.hall.events())}", actor="kiosk:K1", service=service, **wish)
        return str(self.hall.handle(command).recorded[0].event.ticket)


def _minutes(many: float):
    from datetime import timedelta

    return timedelta(minutes=many)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[SetUpHall]:
    made = SetUpHall(tmp_path)
    yield made
    made.setup.versions.close()


def without_counter(number: str) -> Callable[[Document], None]:
    def change(document: Document) -> None:
        counters = document.plain(("counters",))
        place = next(i for i, one in enumerate(counters) if one["id"] == number)
        document.take_out(("counters", place))
        for person, one in enumerate(document.plain(("people",))):
            if one.get("counter") == number:
                document.take_out(("people", person, "counter"))
        document.take_out(("plan", "counters", number))
        rules = document.plain(("call_rules",))
        for i, rule in enumerate(rules):
            document.put(("call_rules", i, "counters"), [one for one in rule["counters"] if one != number])

    return change


def test_a_hall_that_never_publishes_reads_its_file_and_writes_nothing(hall: SetUpHall, tmp_path: Path) -> None:
    assert not hall.follow()
    assert hall.setup.versions.all() == []
    assert list(tmp_path.iterdir()) == []


def test_what_is_published_holds_from_the_next_command_on_and_the_file_can_be_returned_to(hall: SetUpHall) -> None:
    first = hall.visitor()
    hall.publish(lambda document: document.put(("limits", "calls_before_missed"), 5))

    assert hall.follow()

    assert hall.hall.rules.limits.calls_before_missed == 5
    assert hall.hall.read(lambda day, at: (day.rules.limits.calls_before_missed, list(day.tickets))) == (5, [first])
    assert not hall.follow(), "nothing is taken twice"
    _, from_file = hall.setup.versions.all()
    assert from_file.author == "file"
    assert from_file.texts == hall.setup.file_texts()

    hall.clock.forward(seconds=1)
    now = hall.clock.moment
    hall.setup.publish(from_file.texts, author="admin", note="", at=now, due_at=now, returned_to=1)
    assert hall.follow()
    assert hall.hall.rules.limits.calls_before_missed == 3
    assert [version.returned_to for version in hall.setup.versions.all()] == [1, None, None]


def test_what_is_published_for_later_waits_for_its_time_and_a_restart_in_between(
    hall: SetUpHall, tmp_path: Path
) -> None:
    hall.publish(lambda document: document.put(("limits", "return_behind"), 4), in_minutes=30)

    assert not hall.follow()
    with pytest.raises(AnotherIsAwaited):
        hall.publish(lambda document: document.put(("limits", "return_behind"), 5))
    restarted = SetUpHall(tmp_path, hall.log)
    assert restarted.hall.rules.limits.return_behind == 2

    restarted.clock.moment = hall.clock.moment
    restarted.clock.forward(minutes=30)
    assert restarted.follow()
    assert restarted.hall.rules.limits.return_behind == 4
    assert hall.follow(), "another process works by it as soon as it looks"
    assert hall.hall.rules.limits.return_behind == 4
    assert SetUpHall(tmp_path, hall.log).hall.rules.limits.return_behind == 4
    restarted.setup.versions.close()


def test_what_was_withdrawn_never_begins(hall: SetUpHall) -> None:
    number = hall.publish(lambda document: document.put(("limits", "return_behind"), 4), in_minutes=30)

    assert hall.setup.versions.withdraw(number, hall.clock.moment)
    hall.clock.forward(hours=1)

    assert not hall.follow()
    assert hall.hall.rules.limits.return_behind == 2
    assert not hall.setup.versions.withdraw(number, hall.clock.moment)


def test_a_contradiction_is_never_published(hall: SetUpHall) -> None:
    def nobody_serves_loans(document: Document) -> None:
        for place, counter in enumerate(document.plain(("counters",))):
            if counter["zone"] == "special":
                document.put(("counters", place, "services"), ["TQ01"])

    with pytest.raises(HallFileError, match="no staffed counter serves") as refused:
        hall.publish(nobody_serves_loans)

    assert refused.value.faults[0].code == "unserved"
    assert hall.setup.versions.all() == []


def test_a_counter_with_an_open_desk_stays_until_the_desk_closes(hall: SetUpHall) -> None:
    hall.hall.handle(OpenDesk(id="open", actor="officer:liu", counter="5", officer="liu"))
    hall.publish(without_counter("5"))

    assert not hall.follow()
    assert hall.setup.obstacles == [Obstacle("counter_is_open", "5")]
    assert "5" in hall.hall.rules.counters

    hall.hall.handle(CloseDesk(id="close", actor="officer:liu", counter="5"))
    assert hall.follow()
    assert hall.setup.obstacles == []
    assert "5" not in hall.hall.rules.counters


def test_a_zone_with_people_in_it_stays_and_a_past_day_keeps_its_figures(hall: SetUpHall, tmp_path: Path) -> None:
    def without_coaching(document: Document) -> None:
        without_counter("1")(document)
        without_counter("2")(document)
        document.take_out(("zones", 0))
        document.take_out(("plan", "zones", "smart"))

    from queue_server.domain.commands import TransferTicket

    ticket = hall.visitor(way=Way.COACHING)
    hall.publish(without_coaching)
    assert not hall.follow()
    assert hall.setup.obstacles == [Obstacle("zone_has_tickets", "smart")]

    move = TransferTicket(id="back", actor="guide:ma", ticket=ticket, service="TQ04", zone="special")
    hall.hall.handle(move)
    before = bounces_by_service([one.event for one in hall.hall.events()], hall.hall.rules)
    assert hall.follow()

    events = [one.event for one in hall.hall.events()]
    assert before == {"TQ04": 1} == bounces_by_service(events, hall.hall.rules)
    assert hall.hall.read(lambda day, at: day.tickets[ticket].bounced)
    restarted = SetUpHall(tmp_path, hall.log)
    assert restarted.hall.read(lambda day, at: day.tickets[ticket].bounced)
    assert "smart" in restarted.setup.rules_on(MONDAY_NINE.date().replace(day=20), restarted.hall.rules).zones
    restarted.setup.versions.close()


def test_another_halls_file_is_never_taken(hall: SetUpHall) -> None:
    hall.publish(lambda document: document.put(("hall", "id"), "elsewhere"))

    assert not hall.follow()
    assert [one.code for one in hall.setup.obstacles] == ["another_hall"]


def test_editing_keeps_comments_and_says_what_would_change(hall: SetUpHall) -> None:
    def change(document: Document) -> None:
        document.put(("limits", "calls_before_missed"), 4)
        document.put(("limits", "people_per_ticket"), 6)
        document.put(("services", "DK01", "quota"), 20)
        document.add_row(("hours", "closed"), {"date": "2027-01-01", "reason": {"zh": "元旦", "en": "New Year"}})
        document.take_out(("limits", "recall_after_seconds"))

    before, after = hall.setup.in_force(), hall.changed(change)

    assert "# shut until a supervisor opens it" in after.hall
    assert hall.setup.read(after).rules.limits.calls_before_missed == 4
    said = {(".".join(one.path), one.kind) for one in changes(before, after)}
    assert said == {
        ("hall.limits.calls_before_missed", "changed"),
        ("hall.limits.people_per_ticket", "added"),
        ("hall.limits.recall_after_seconds", "removed"),
        ("hall.services.DK01", "added"),
        ("hall.hours.closed.2027-01-01", "added"),
    }
