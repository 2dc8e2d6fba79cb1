"""The hall's people as they are now: those of its file, and what administrators said since (decision 0040)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from queue_server.accounts.staff import Said
from queue_server.domain.rules import Officer
from queue_server.hall_file import HallFile
from queue_server.hall_file_model import Person


def with_staff(hall_file: HallFile, said: Iterable[Said]) -> HallFile:
    """What was said goes before the file; who was removed is not there; who sits at a counter that is gone sits at
    none, and what is no service any more is not done."""
    words = {one.id: one for one in said}
    if not words:
        return hall_file
    counters, services = hall_file.rules.counters, hall_file.rules.services
    people = list(_joined(hall_file.people, words))
    people = [
        person.model_copy(
            update={
                "counter": person.counter if person.counter in counters else None,
                "services": None if person.services is None else [one for one in person.services if one in services],
                "prefers": [one for one in person.prefers if one in services],
            }
        )
        for person in people
    ]
    return replace(hall_file, people=people, rules=replace(hall_file.rules, officers=officers_of(people)))


def officers_of(people: Iterable[Person]) -> dict[str, Officer]:
    return {
        one.id: Officer(one.id, None if one.services is None else frozenset(one.services), frozenset(one.prefers))
        for one in people
        if "officer" in one.roles
    }


def _joined(people: Iterable[Person], words: dict[str, Said]) -> Iterator[Person]:
    in_file = set()
    for person in people:
        in_file.add(person.id)
        said = words.get(person.id)
        if said is None:
            yield person
        elif not said.removed:
            also = None if said.also is None else list(said.also)
            changed = {"name": said.name, "role": said.role, "also": also, "counter": said.counter}
            yield person.model_copy(update={name: value for name, value in changed.items() if value is not None})
    for said in words.values():
        if said.id not in in_file and said.role and not said.removed:
            yield Person.model_validate(
                {
                    **{"id": said.id, "name": said.name or said.id, "role": said.role, "counter": said.counter or None},
                    "also": list(said.also or ()),
                    **{"services": said.services, "prefers": list(said.prefers)},
                }
            )
