"""The paper of a promise, “first in line on that day”, read as strictly as a ticket's."""

from dataclasses import dataclass, fields
from typing import Any

from printers.paper_ticket import LANGUAGES, BadJob


@dataclass(frozen=True, kw_only=True)
class PaperPromise:
    """Everything that one promise's paper shows. `date` and `time` are written out, in the visitor's language."""

    code: str
    hall: str
    service: str
    date: str
    time: str
    given: str  # day and time on which it was given
    materials: list[str]
    missing: list[str]  # of the materials those that the visitor had not brought
    confirmed: bool
    language: str
    simulated: bool
    large_print: bool = False

    @classmethod
    def from_json(cls, job: dict[str, Any]) -> "PaperPromise":
        content = job.get("promise")
        if not isinstance(content, dict):
            raise BadJob("job.promise: expected an object")
        for field in fields(cls):
            kind = field.type if field.type in (str, bool) else list
            if not isinstance(content.get(field.name, field.default), kind):  # type: ignore[arg-type]
                raise BadJob(f"job.promise.{field.name} is missing or of the wrong kind")
        texts = [*content["materials"], *content["missing"]]
        if content["language"] not in LANGUAGES or not all(isinstance(text, str) for text in texts):
            raise BadJob("job.promise: language or materials cannot be read")
        return cls(**{field.name: content[field.name] for field in fields(cls) if field.name in content})
