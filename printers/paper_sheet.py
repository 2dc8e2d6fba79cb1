"""What a print job says of a worked-out result, read as strictly as a ticket."""

from dataclasses import dataclass
from typing import Any

from printers.paper_ticket import LANGUAGES, BadJob, Reader


@dataclass(frozen=True)
class SheetLine:
    """`doubt`: the centre has not confirmed what it rests on."""

    label: str
    value: str
    doubt: bool


@dataclass(frozen=True, kw_only=True)
class PaperSheet:
    """Everything that the paper of one result shows."""

    hall: str
    title: str
    headline: SheetLine
    estimate: str
    lines: tuple[SheetLine, ...]
    texts: tuple[str, ...]
    given: tuple[SheetLine, ...]
    doubts: tuple[str, ...]
    link: str
    day: str
    language: str
    simulated: bool

    @classmethod
    def from_json(cls, job: dict[str, Any]) -> "PaperSheet":
        read = Reader("job", job).part("sheet")
        language = read.take("language", str)
        if language not in LANGUAGES:
            raise BadJob(f"sheet.language: expected one of {LANGUAGES}, got {language!r}")
        return cls(
            hall=read.take("hall", str),
            title=read.take("title", str),
            headline=_line(read.part("headline")),
            estimate=read.take("estimate", str),
            lines=tuple(_line(part) for part in read.parts("lines")),
            texts=tuple(str(text) for text in read.take("texts", list)),
            given=tuple(_line(part) for part in read.parts("given")),
            doubts=tuple(str(text) for text in read.take("doubts", list)),
            link=read.take("link", str),
            day=read.take("day", str),
            language=language,
            simulated=read.take("simulated", bool),
        )


def _line(read: Reader) -> SheetLine:
    return SheetLine(read.take("label", str), read.take("value", str), read.take("doubt", bool))
