"""What a print job says must be on paper, read strictly: a job with a hole in it is refused, not half printed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

LANGUAGES = ("zh", "en")


class BadJob(ValueError):
    """The job's JSON is not a print job; the message names the field."""


@dataclass(frozen=True)
class Zone:
    id: str
    name: str
    shape: str
    way: str
    purpose: str = ""  # coaching | counter | care: what the visitor is told to do there
    other_name: str = ""  # in the other language, for whoever helps


@dataclass(frozen=True)
class WaitRange:
    """Minutes until the call; `rough` when the forecast has little to go by."""

    low: int
    high: int
    rough: bool


@dataclass(frozen=True)
class Material:
    """`optional` things are needed in some cases only; `missing` ones the visitor does not have along."""

    name: str
    optional: bool
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class PaperTicket:
    """Everything that one ticket's paper shows."""

    ticket: str
    hall: str
    zone: Zone
    service: str
    ahead: int
    wait: WaitRange | None
    issued_at: str
    day: str
    materials: tuple[Material, ...]
    confirmed: bool
    link: str
    language: str
    return_within_numbers: int
    simulated: bool
    reprint: bool
    return_within_minutes: int = 0
    return_behind: int = 0
    other_service: str = ""  # its name in the other language
    fetching: bool = False  # the number is kept while the visitor fetches what is missing
    large_print: bool = False
    then: str = ""  # what follows on the same number
    total: WaitRange | None = None  # the waiting for all of it
    wait_error: int | None = None  # minutes by which the waits told have been off; None: too few to say
    wait_error_of: str = "today"  # today | month
    asked_at: str = ""  # the kiosk where it was asked for, when it comes out at another one
    alone: bool = False  # given by a kiosk that could not reach the hall: nobody knows who is ahead

    @classmethod
    def from_json(cls, job: dict[str, Any]) -> "PaperTicket":
        """Reads a whole job. Fields it does not know are left alone: the server may be newer than the kiosk."""
        read = Reader("job", job)
        ticket = read.part("ticket")
        language = ticket.take("language", str)
        if language not in LANGUAGES:
            raise BadJob(f"ticket.language: expected one of {LANGUAGES}, got {language!r}")
        return cls(
            ticket=ticket.take("ticket", str),
            hall=ticket.take("hall", str),
            zone=_zone(ticket.part("zone")),
            service=ticket.take("service", str),
            ahead=ticket.take("ahead", int),
            wait=_wait(ticket.part("wait")) if ticket.take("wait", (dict, type(None))) is not None else None,
            issued_at=ticket.take("issued_at", str),
            day=ticket.take("day", str),
            materials=tuple(_material(part) for part in ticket.parts("materials")),
            confirmed=ticket.take("confirmed", bool),
            link=ticket.take("link", str),
            language=language,
            return_within_numbers=ticket.take("return_within_numbers", int),
            simulated=ticket.take("simulated", bool),
            reprint=read.take("reprint", bool),
            asked_at=read.maybe("asked_at", str, ""),
            return_within_minutes=ticket.maybe("return_within_minutes", int, 0),
            return_behind=ticket.maybe("return_behind", int, 0),
            other_service=ticket.maybe("other_service", str, ""),
            fetching=ticket.maybe("fetching", bool, False),
            large_print=ticket.maybe("large_print", bool, False),
            then=ticket.maybe("then", str, ""),
            alone=ticket.maybe("alone", bool, False),
            total=_wait(ticket.part("total")) if ticket.maybe("total", (dict, type(None)), None) is not None else None,
            wait_error=ticket.maybe("wait_error", (int, type(None)), None),
            wait_error_of=ticket.maybe("wait_error_of", str, "today"),
        )


@dataclass(frozen=True)
class JobHeader:
    """The job's own fields, which the spool needs and the paper does not show."""

    job: str
    printer: str
    requested_at: datetime

    @classmethod
    def from_json(cls, job: dict[str, Any]) -> "JobHeader":
        read = Reader("job", job)
        text = read.take("requested_at", str)
        try:
            requested_at = datetime.fromisoformat(text)
        except ValueError as error:
            raise BadJob(f"job.requested_at: {error}") from error
        if requested_at.tzinfo is None:
            raise BadJob(f"job.requested_at: {text!r} has no time zone")
        return cls(read.take("job", str), read.take("printer", str), requested_at)


def _zone(read: "Reader") -> Zone:
    return Zone(
        read.take("id", str),
        read.take("name", str),
        read.take("shape", str),
        read.take("way", str),
        read.maybe("purpose", str, ""),
        read.maybe("other_name", str, ""),
    )


def _wait(read: "Reader") -> WaitRange:
    return WaitRange(read.take("low", int), read.take("high", int), read.take("rough", bool))


def _material(read: "Reader") -> Material:
    return Material(read.take("name", str), read.take("optional", bool), read.maybe("missing", bool, False))


class Reader:
    """One JSON object and the path to it, for messages that point at the fault."""

    def __init__(self, path: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise BadJob(f"{path}: expected an object, got {type(value).__name__}")
        self.path = path
        self.value = value

    def take(self, key: str, kind: Any) -> Any:
        if key not in self.value:
            raise BadJob(f"{self.path}.{key} is missing")
        value = self.value[key]
        # JSON's true is an int to Python, but no number of people.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise BadJob(f"{self.path}.{key}: unexpected {type(value).__name__}")
        return value

    def maybe(self, key: str, kind: Any, otherwise: Any) -> Any:
        """What a server older than this kiosk does not say."""
        return self.take(key, kind) if key in self.value else otherwise

    def part(self, key: str) -> "Reader":
        return Reader(f"{self.path}.{key}", self.take(key, (dict, type(None))))

    def parts(self, key: str) -> list["Reader"]:
        return [Reader(f"{self.path}.{key}[{n}]", item) for n, item in enumerate(self.take(key, list))]
