"""Which of the published versions holds, from when on, and what a running hall does to take it."""

from __future__ import annotations

import logging
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from queue_server.accounts.staff import Staff
from queue_server.domain.changeover import Obstacle, stands_in_the_way
from queue_server.domain.rules import HallRules, Purpose, Zone
from queue_server.fund_file import fund_file_of, fund_text_of
from queue_server.guidance.catalogue import Catalogue, load_catalogue
from queue_server.hall_file import Fault, HallFile, HallFileError, hall_of_texts, hall_text_of
from queue_server.hall_file_model import Person
from queue_server.service.hall import Hall
from queue_server.setup.staff import with_staff
from queue_server.setup.versions import FROM_FILE, Texts, Version, Versions

logger = logging.getLogger(__name__)

OF_THE_FILE = 0  # nothing published yet: what holds is the hall's file


class HallSetup:
    """`path` is the hall's file, from which every hall begins."""

    def __init__(self, path: Path, versions: Versions) -> None:
        self.path = path
        self.versions = versions
        self.obstacles: list[Obstacle] = []  # why what is due does not hold yet
        self._rules: dict[int, HallRules] = {}
        self.held = OF_THE_FILE  # the version that this process works by
        self.may_sign_in: Callable[[str], bool] = lambda _: True  # where there are accounts they know
        self.staff: Staff | None = None  # what administrators said of people since, where there are accounts
        self._staff_held = 0
        self._without_staff: HallFile | None = None  # what holds, as the version itself says it

    # --- what holds

    def in_force(self) -> Texts:
        """Raises HallFileError when it is the file that holds and it cannot be read."""
        version = self.versions.in_force()
        return version.texts if version else self.file_texts()

    def file_texts(self) -> Texts:
        return Texts(hall_text_of(self.path), fund_text_of(fund_file_of(self.path)))

    def read(self, texts: Texts) -> HallFile:
        """Checked as the file is, with the people as they are now. Raises HallFileError with every fault."""
        return self.with_staff(self._read(texts))

    def with_staff(self, hall_file: HallFile) -> HallFile:
        return with_staff(hall_file, self.staff.all()) if self.staff else hall_file

    def file_people(self) -> list[Person]:
        """Those whom the version in force names."""
        if self._without_staff is None:
            self.hall_file()
        assert self._without_staff is not None
        return self._without_staff.people

    def with_people_of(self, staff: Staff, hall_file: HallFile) -> HallFile:
        """From now on what is said there of people counts, and is followed."""
        self.staff, self._staff_held = staff, staff.mark()
        return self.with_staff(hall_file)

    def _read(self, texts: Texts) -> HallFile:
        hall_file = hall_of_texts(self.path, texts.hall, texts.fund)
        former = self._former_zones(hall_file.rules.zones)
        return replace(hall_file, rules=replace(hall_file.rules, former_zones=former)) if former else hall_file

    def hall_file(self) -> HallFile:
        """What holds now, for a process that starts. Raises HallFileError."""
        version = self.versions.in_force()
        self.held = version.number if version else OF_THE_FILE
        if version and self._file_has_changed():
            said = "%s has changed, but version %s holds: see “Who wins” in docs/operations.md"
            logger.warning(said, self.path, version.number, extra={"action": "hall_file_passed_over"})
        self._without_staff = self._read(version.texts if version else self.file_texts())
        return self.with_staff(self._without_staff)

    def rules_on(self, day: date, otherwise: HallRules) -> HallRules:
        """What held at the end of that day: the counters and officers its log speaks of."""
        started = [version for version in self.versions.all() if version.started_at is not None]
        if not started:
            return otherwise
        then = [one for one in started if one.started_at and otherwise.day_of(one.started_at) <= day]
        version = max(then, key=lambda one: (one.started_at, one.number)) if then else started[-1]
        if version.number not in self._rules:
            self._rules[version.number] = self.read(version.texts).rules
        return self._rules[version.number]

    def _file_has_changed(self) -> bool:
        try:
            now = self.file_texts()
        except HallFileError:
            return False  # the file is not needed any more
        return all(now != version.texts for version in self.versions.all())

    def _former_zones(self, zones: Mapping[str, Zone]) -> dict[str, Zone]:
        """Zones of earlier versions: the log of those days names them, and their figures must stay what they were."""
        former: dict[str, Zone] = {}
        for version in self.versions.all():
            if version.started_at is not None:
                rows = tomllib.loads(version.texts.hall)["zones"]
                earlier = [Zone(row["id"], Purpose(row["purpose"]), row.get("prefix", "")) for row in rows]
                former = {**{zone.id: zone for zone in earlier if zone.id not in zones}, **former}
        return former

    @cached_property
    def catalogue(self) -> Catalogue:
        """The services as the program knows them, before any hall has said otherwise."""
        return load_catalogue()

    # --- publishing

    def publish(
        self, texts: Texts, *, author: str, note: str, at: datetime, due_at: datetime, returned_to: int | None = None
    ) -> int:
        """Its number; `follow` lets it begin. Raises HallFileError or AnotherIsAwaited."""
        before = self.in_force()
        if fault := self.lacks_administrator(texts):
            raise HallFileError(self.path, [fault])
        self.versions.begin_with(before, at)
        return self.versions.publish(texts, author=author, note=note, at=at, due_at=due_at, returned_to=returned_to)

    def lacks_administrator(self, texts: Texts) -> Fault | None:
        """With these words nobody could sign in and set the hall up any more, though somebody can now. Raises
        HallFileError with other faults."""
        then = self._administrators(texts)
        if any(map(self.may_sign_in, then)):
            return None
        if then and not any(map(self.may_sign_in, self._administrators(self.in_force()))):
            return None  # a new hall: nobody has a password yet
        sentence = "nobody could administer the hall: keep an administrator here, or make somebody one at /setup/people"
        return Fault(None, f"people: {sentence}", ("people",), "no_administrator")

    def _administrators(self, texts: Texts) -> list[str]:
        return [one.id for one in self.read(texts).people if "administrator" in one.roles]

    def follow(self, hall: Hall, take: Callable[[HallFile], None]) -> bool:
        """Let begin what is due, and work by what began elsewhere; whether something changed. `take` is told.

        Several processes may do this at once. What today forbids is tried again the next time.
        """
        new_people = self._follow_staff(hall, take)
        if not self.versions.exist():
            return new_people
        now = hall.clock.now()
        awaited = self.versions.awaited()
        due = awaited if awaited and awaited.is_due(now) else None
        wanted = due or self.versions.in_force()
        if self.held == OF_THE_FILE and wanted and wanted.author == FROM_FILE and wanted.returned_to is None:
            self.held = wanted.number  # kept at the first publishing: the very words that hold already
        if wanted is None or wanted.number == self.held:
            self.obstacles = []
            return new_people
        return self._take(wanted, hall, take, now)

    def _follow_staff(self, hall: Hall, take: Callable[[HallFile], None]) -> bool:
        """Somebody was invited, changed or removed: here, by another process or by the command line."""
        mark = self.staff.mark() if self.staff else 0
        if mark == self._staff_held:
            return False
        if self._without_staff is None:
            self.hall_file()
        assert self._without_staff is not None
        hall_file = self.with_staff(self._without_staff)
        if hall.take_rules(hall_file.rules, lambda day, rules: []):
            return False
        self._staff_held = mark
        take(hall_file)
        logger.info("The hall's people are others now", extra={"action": "people_taken"})
        return True

    def _take(self, version: Version, hall: Hall, take: Callable[[HallFile], None], now: datetime) -> bool:
        without_staff = self._read(version.texts)
        hall_file = self.with_staff(without_staff)
        found = hall.take_rules(hall_file.rules, stands_in_the_way)
        if found:
            if found != self.obstacles:
                said = ", ".join(f"{one.code} {one.what}" for one in found)
                logger.warning("Version %s waits: %s", version.number, said, extra={"action": "setup_waits"})
            self.obstacles = found
            return False
        self.versions.start(version.number, now)
        self.held, self.obstacles = version.number, []
        self._without_staff = without_staff
        take(hall_file)
        logger.info("Version %s holds now", version.number, extra={"action": "setup_taken"})
        return True
