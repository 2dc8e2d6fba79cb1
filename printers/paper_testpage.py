"""The job of a test page, read as strictly as a ticket's."""

from dataclasses import dataclass
from typing import Any

from printers.paper_ticket import LANGUAGES, BadJob, Reader


@dataclass(frozen=True)
class PaperTest:
    """`code` is what the QR code says; `day` when the page was asked for, written out."""

    code: str
    day: str
    language: str

    @classmethod
    def from_json(cls, job: dict[str, Any]) -> "PaperTest":
        read = Reader("job", job).part("test")
        language, code = read.take("language", str), read.take("code", str)
        if language not in LANGUAGES:
            raise BadJob(f"test.language: expected one of {LANGUAGES}, got {language!r}")
        if not (code.isascii() and code.isprintable() and 0 < len(code) <= 60):
            raise BadJob("test.code: expected up to 60 characters of ASCII")
        return cls(code=code, day=read.take("day", str), language=language)
