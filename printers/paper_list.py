"""The paper of what to bring, without a number, read as strictly as a ticket's."""

from dataclasses import dataclass
from typing import Any

from printers.paper_ticket import LANGUAGES, BadJob, Reader


@dataclass(frozen=True)
class ToBring:
    """`when`: in which case it is needed, empty for everybody or where nobody can say; `note`: the way round."""

    name: str
    when: str
    optional: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class PaperList:
    """Everything that the list shows. `hours` are lines of the usual week, in the visitor's language."""

    hall: str
    service: str
    official: str
    missing: tuple[ToBring, ...]
    materials: tuple[ToBring, ...]
    confirmed: bool
    mistakes: tuple[str, ...]
    hours: tuple[str, ...]
    given: str
    language: str
    simulated: bool
    large_print: bool

    @classmethod
    def from_json(cls, job: dict[str, Any]) -> "PaperList":
        read = Reader("job", job).part("list")
        language = read.take("language", str)
        if language not in LANGUAGES:
            raise BadJob(f"list.language: expected one of {LANGUAGES}, got {language!r}")
        return cls(
            hall=read.take("hall", str),
            service=read.take("service", str),
            official=read.take("official", str),
            missing=tuple(_to_bring(part) for part in read.parts("missing")),
            materials=tuple(_to_bring(part) for part in read.parts("materials")),
            confirmed=read.take("confirmed", bool),
            mistakes=tuple(str(text) for text in read.take("mistakes", list)),
            hours=tuple(str(text) for text in read.take("hours", list)),
            given=read.take("given", str),
            language=language,
            simulated=read.take("simulated", bool),
            large_print=read.take("large_print", bool),
        )


def _to_bring(read: Reader) -> ToBring:
    return ToBring(read.take("name", str), read.take("when", str), read.take("optional", bool), read.take("note", str))
