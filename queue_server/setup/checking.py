"""Everything that is wrong with a draft, each with the file it stands in. The same checks as at a server's start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from queue_server.fund_file import fund_of_text
from queue_server.hall_file import Fault, HallFileError, hall_of_texts
from queue_server.setup.versions import Texts


@dataclass(frozen=True, slots=True)
class Found:
    where: str  # hall | fund
    fault: Fault

    @property
    def path(self) -> tuple[str | int, ...]:
        return (self.where, *self.fault.loc)


def faults(texts: Texts, name: Path) -> list[Found]:
    """Of both files: the fund file is looked at only when the hall's own is sound, since it needs its catalogue."""
    try:
        hall_file = hall_of_texts(name, texts.hall, None)
    except HallFileError as error:
        return [Found("hall", fault) for fault in error.faults]
    try:
        if texts.fund is not None:
            fund_of_text(name, texts.fund, hall_file.catalogue.sources)
    except HallFileError as error:
        return [Found("fund", fault) for fault in error.faults]
    return []
