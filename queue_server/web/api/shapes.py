"""The shapes of answers as the OpenAPI document shows them. Tests hold the real answers against them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from queue_server.web.api.service_shapes import MaterialShape, ServiceCardShape
from queue_server.web.api.shape import Promise, Shape, WaitShape

StageName = Literal["waiting", "called", "serving", "held", "parked", "missed", "served", "abandoned", "no_show"]


class TicketShape(Shape):
    """A ticket as staff see it."""

    ticket: str
    number_on_paper: str = Field(description="Where a kiosk that was alone printed another one; else empty")
    service: str
    zone: str
    care: bool
    language: str
    channel: str
    stage: StageName
    for_counter: str | None
    counter: str | None
    calls: int
    first_arrival_at: str
    called_at: str | None
    started_at: str | None
    held_at: str | None
    ended_at: str | None
    missed_at: str | None
    outcome: str | None
    reason: str | None
    came_back: bool
    transfers: int
    bounced: bool
    undo_until: str | None
    recall_from: str | None
    asked_for_help: bool
    paper: Literal["none", "asked", "printed", "failed"]
    issue: int
    services_to_do: list[str]
    services_done: list[str]
    people: int
    statutory: bool
    slot: str | None
    promise: Promise
    for_officer: str | None
    put_first: bool
    missing: list[str] = Field(description="Codes of the materials not brought along")
    misses: int
    presence: Literal["unasked", "asked", "here"]
    step_undo_until: str | None
    on_the_way: bool
    escort: str | None
    place: str
    materials_checked: bool
    back_at: str | None


class PublicTicketShape(Shape):
    ticket: str
    zone: str
    stage: StageName
    counter: str | None
    calls: int
    called_at: str | None
    care: bool


class DeskShape(Shape):
    counter: str
    zone: str
    officer: str
    officer_name: str
    paused: bool
    pause_reason: str | None
    opened_at: str
    idle_since: str | None
    ticket: str | None


class ZoneNowShape(Shape):
    """`wait` is that of somebody who would take a number now."""

    zone: str
    waiting: int
    wait: WaitShape | None
    open_desks: int
    closed: bool
    notice: str


class ClockShape(Shape):
    now: str
    rate: int
    simulated: bool
    timezone: str


class HelpShape(Shape):
    place: str
    ticket: str | None
    question: str
    asked_at: str
    wanted: Literal["guide", "supervisor"] = "guide"
    counter: str | None = Field(None, description="An officer there calls a colleague")


class PrinterShape(Shape):
    printer: str
    state: Literal["ok", "low", "failing", "unknown"]
    problem: str | None
    advice: str = Field(description="The one thing to do, in the reader's language")
    advices: dict[str, str] = Field(description="The same, by language")
    since: str | None


class SlotShape(Shape):
    slot: str
    places: int


class SlotsShape(Shape):
    slots: list[SlotShape]


class BookingShape(Shape):
    code: str
    kind: Literal["appointment", "promise"]
    service: str
    slot: str
    care: bool
    language: str
    people: int


SLIP = "The paper's mark, by which the feed and the printer speak of it"


class PromiseShape(BookingShape):
    paper: str | None = Field(description=f"{SLIP}; null where none was asked for")


class ListAskedShape(Shape):
    paper: str = Field(description=SLIP)


class BookingTodayShape(BookingShape):
    ticket: str | None = Field(description="The number it has become")
    missed: bool


class RatingQuestionShape(Shape):
    service: str | None = Field(None, description="Which one, where the visit had several")
    reasons: dict[str, list[str]] = Field(description="Level → codes that may be given with it")


class RatedShape(Shape):
    seq: int
    low: bool = Field(description="Then: “would you like somebody to come now?”")
    next_service: str | None = Field(None, description="The next one to be asked about, where the visit had several")


class InHandShape(Shape):
    kind: Literal["ticket", "booking"]
    ticket: str | None = None
    stage: StageName | None = None
    zone: str | None = None
    counter: str | None = None
    ahead: int | None = None
    wait: WaitShape | None = None
    service: ServiceCardShape
    may_return: bool = False
    may_rate: bool = Field(False, description="Just over, and not all of it has a mark")
    rating: RatingQuestionShape | None = None
    link: str | None = None
    booking: BookingShape | None = None


class BookingsShape(Shape):
    bookings: list[BookingTodayShape]
    imported: int = 0


class ReasonShape(Shape):
    """One link of the chain, the deciding one first; `words` in the reader's language."""

    code: str
    words: str
    details: dict[str, Any]


class OrderShape(Shape):
    first: str
    second: str
    reasons: list[ReasonShape]
    as_of: str | None


class PlaceShape(Shape):
    """What a move there would do to one ticket's wait, or why it cannot be made."""

    zone: str | None
    service: str | None
    counter: str | None
    ahead: int | None
    wait: WaitShape | None
    refused: str | None
    message: str | None


class WouldWaitShape(Shape):
    ticket: str
    ahead: int | None
    wait: WaitShape | None
    places: list[PlaceShape]


class WouldWaitAllShape(Shape):
    seq: int
    tickets: list[WouldWaitShape]


class DoneShape(Shape):
    seq: int
    ticket: TicketShape | None = None


class DeskAnswer(Shape):
    seq: int
    desk: DeskShape | None
    ticket: TicketShape | None = None


class NoteShape(Shape):
    ticket: str
    words: str


class IssuedShape(Shape):
    ticket: str
    zone: str
    stage: StageName
    missing: list[str] = Field(description="Codes of the materials not brought along")
    ahead: int
    wait: WaitShape | None
    materials: list[MaterialShape]
    service: ServiceCardShape
    link: str
    qr: str
    issued_at: str
    paper: Literal["none", "asked", "printed", "failed"]
    promise: Promise
    statutory: bool
    services_to_do: list[str]
    total: WaitShape | None = Field(description="The waiting for all services of the visit; null for one service")
    seq: int


class SpeechShape(Shape):
    sound: str
    seconds: float


class RecentCallShape(Shape):
    ticket: str
    counter: str
    zone: str
    called_at: str


class MissedShape(Shape):
    ticket: str
    zone: str


class ServedShape(Shape):
    ticket: str
    counter: str


class PublicDeskShape(Shape):
    counter: str
    paused: bool


class CounterSetShape(Shape):
    id: str
    zone: str
    services: list[str] | None = Field(description="null: everything its zone does")
    reserve: bool


class CounterTodayShape(CounterSetShape):
    added: bool = Field(description="A counter for today alone")
    usually: CounterSetShape | None = Field(description="null: not changed today")


class ArrangementShape(Shape):
    closes: str | None
    usually: str | None
    counters: list[CounterTodayShape]


class NoticeShape(Shape):
    """A supervisor's word to everybody in the hall."""

    notice: str
    zh: str
    en: str
    speak: bool
    emergency: bool
    put_up_at: str
    until: str


class NoticesShape(Shape):
    seq: int
    notices: list[NoticeShape]


class BoardShape(Shape):
    day: str
    seq: int
    clock: ClockShape
    calls: list[PublicTicketShape]
    recent: list[RecentCallShape]
    missed: list[MissedShape]
    zones: list[ZoneNowShape]
    next: dict[str, list[str]] = Field(description="Per zone the tickets that come next, in calling order")
    serving: list[ServedShape]
    desks: list[PublicDeskShape] = Field(description="Open counters")
    notices: list[NoticeShape] = Field(description="Put up by a supervisor: emergencies, then the newest first")
    error_minutes: float | None = Field(description="By how much the waits told have been off; null: too few to say")
    error_of: str = Field(description="today | month: of which ranges")


class AheadShape(Shape):
    """`total`: of a visit of several services, the waiting for all of them together."""

    ahead: int
    wait: WaitShape | None
    total: WaitShape | None = None


class MarksShape(Shape):
    """Whole weeks, from `begins` to the day before `ends`. All null while there are too few marks."""

    begins: str
    ends: str
    count: int | None
    average: float | None
    levels: dict[str, int] | None


class OwnMarksShape(Shape):
    least: int
    now: MarksShape
    before: MarksShape


class WouldCallShape(Shape):
    ticket: str
    rule: str


class FloorShape(Shape):
    day: str
    seq: int
    clock: ClockShape
    tickets: list[TicketShape]
    desks: list[DeskShape]
    queues: dict[str, list[str]]
    waits: dict[str, AheadShape]
    calls: dict[str, WouldCallShape] = Field(description="By open desk whom it would call now, and by which rule")
    reserves: list[str] = Field(description="Reserve counters that a supervisor has opened")
    day_over: bool
    zones: list[ZoneNowShape]
    help: list[HelpShape]
    notices: list[NoticeShape] = Field(description="Put up by a supervisor: emergencies, then the newest first")
    guides: dict[str, str] = Field(description="Names of those who go along with visitors, by id")
    printers: list[PrinterShape]


class DeskDayShape(Shape):
    served: int
    average_service_minutes: float | None
    average_wait_minutes: float | None
    longest_wait_minutes: float | None


class DueShape(Shape):
    """How many have booked this for then and are not here yet."""

    slot: str
    service: str
    bookings: int


class DeskPageShape(Shape):
    seq: int
    desk: DeskShape | None
    ticket: TicketShape | None
    next: list[TicketShape]
    parked: list[TicketShape]
    missed: list[TicketShape]
    due: list[DueShape]
    day: DeskDayShape


class FeedMessageShape(BaseModel):
    """One event, with its own fields beside these; see docs/feed.md."""

    model_config = ConfigDict(extra="allow")
    seq: int
    day: str
    name: str
    at: str
    after: dict[str, Any]


class EventsShape(Shape):
    day: str
    seq: int
    events: list[FeedMessageShape]


class SimulationShape(Shape):
    running: bool
    speed: Literal[1, 10, 60]


class DemoShape(SimulationShape):
    clock: ClockShape


class ElsewhereShape(Shape):
    id: str
    browser: str
    counter: str | None
    since: str


class SessionShape(Shape):
    elsewhere: list[ElsewhereShape]
    person: str
    name: str
    role: Literal["officer", "guide", "supervisor", "administrator"]
    roles: list[Literal["officer", "guide", "supervisor", "administrator"]]
    counter: str | None
    csrf: str
