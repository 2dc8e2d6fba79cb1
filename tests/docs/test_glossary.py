"""The glossary speaks of things that exist, and leaves none of the hall's commands, events and stages out."""

from __future__ import annotations

import inspect
from types import ModuleType

from queue_server.domain import calling_order, commands, events, hall_day, measures, refusals, repairs, rules, ticket
from queue_server.foresight import base
from queue_server.web import progress_link
from tests.docs.tables import DOCS, code_names, rows

GLOSSARY = DOCS / "glossary.md"
MODULES = (commands, events, ticket, rules, hall_day, calling_order, measures, refusals, repairs, base, progress_link)


def names_in_the_glossary() -> set[str]:
    return {name for cells in rows(GLOSSARY, "word") for name in code_names(cells[-1])}


def classes_of(module: ModuleType) -> set[str]:
    return {
        name for name, value in vars(module).items() if inspect.isclass(value) and value.__module__ == module.__name__
    }


def exists(dotted: str) -> bool:
    first, *rest = dotted.split(".")
    for module in MODULES:
        thing = vars(module).get(first)
        if thing is not None:
            fields = getattr(thing, "__dataclass_fields__", {})
            return all(hasattr(thing, name) or name in fields for name in rest)
    return False


def test_every_name_in_the_glossary_exists_in_the_code() -> None:
    assert {name for name in names_in_the_glossary() if not exists(name)} == set()


def test_every_command_event_and_stage_has_its_word_in_the_glossary() -> None:
    stages = {f"Stage.{stage.name}" for stage in ticket.Stage}
    wanted = classes_of(commands) | classes_of(events) | stages

    assert wanted - names_in_the_glossary() == set()


def test_a_name_that_does_not_exist_would_be_found() -> None:
    assert not exists("TicketLost")
    assert not exists("Stage.LOST")
    assert not exists("WaitRange.exact")


def test_each_word_has_its_chinese() -> None:
    assert [cells[0] for cells in rows(GLOSSARY, "word") if not any(letter >= "\u4e00" for letter in cells[2])] == []
