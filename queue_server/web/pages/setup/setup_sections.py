"""What can be set up, in the order of the page's index: where it stands in the files, and what one row of it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel

from queue_server import hall_file_model as model
from queue_server.guidance.tools.parameters import FundRules
from queue_server.setup.document import Path_
from queue_server.setup.fields import Field, bare, fields_of

ALERTS = (
    *("wait_good_minutes", "wait_look_minutes", "wait_act_minutes", "waiting_per_counter", "help_within_seconds"),
    *("target_wait_minutes", "target_percent"),
    "longest_wait_minutes",
)


NONE: list[str] = []


class CoachingChange(model.Part):
    possible: bool = False
    channels: list[dict[str, Any]] | None = None
    note: model.Text | None = None


class ServiceChange(model.Part):
    """What a hall may say otherwise than the catalogue. What holds else is the catalogue's, not what stands here."""

    plain_name: model.Text | None = None
    official_name: model.Text | None = None
    hint: model.Text | None = None
    summary: model.Text | None = None
    keywords: list[str] = NONE
    typical_minutes: float | None = None
    quota: int | None = None
    time_limit: model.Text | None = None
    result: model.Text | None = None
    zone: Literal["smart", "special"] = "special"
    zone_reason: model.Text | None = None
    coaching: CoachingChange = CoachingChange()
    effective_date: date | None = None
    effective_until: date | None = None
    materials: list[dict[str, Any]] | None = None
    common_mistakes: list[dict[str, Any]] | None = None
    risk_notices: list[dict[str, Any]] | None = None
    sources: list[str] = NONE
    confirmed_by_centre: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """`path` begins with the file. `rows`: a list of parts, each on a page of its own; else one form."""

    name: str
    path: Path_
    part: type[BaseModel]
    rows: bool = False
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    role: str = ""  # rows of other people are not shown
    may_add: bool = True
    keyed: bool = False  # rows are what the program has, by name; written is only what the hall says otherwise

    def fields(self) -> list[Field]:
        found = fields_of(self.part, defaults=None if self.rows else self._defaults())
        return [
            field
            for field in found
            if field.path[0] not in self.without and (not self.only or field.path[0] in self.only)
        ]

    def default_rows(self) -> list[dict[str, Any]]:
        """What holds where the hall's file has no row at all."""
        if not self.rows or self.keyed or self.path[0] != "hall":
            return []
        holder: Any = model.HallFileModel
        for name in self.path[1:-1]:
            holder = bare(holder.model_fields[name].annotation)[0]
        info = holder.model_fields[self.path[-1]]
        rows = [] if info.is_required() else info.get_default(call_default_factory=True)
        return [one.model_dump(mode="json", exclude_defaults=True) for one in rows]

    def _defaults(self) -> Any:
        try:
            return self.part()
        except ValueError:  # some of it has no default
            return None


def _limits() -> tuple[str, ...]:
    return tuple(name for name in model.LimitsPart.model_fields if name not in ALERTS)


def _fund_sections() -> Iterator[Section]:
    """Each figure of the centre, as the fund file has them; lists of them are rows."""
    singles, withdrawals = {}, FundRules.model_fields["withdrawals"].annotation
    for name, info in FundRules.model_fields.items():
        part, is_list = _part_in(info.annotation)
        if is_list:
            yield Section(f"fund_{name}", ("fund", name), part, rows=True)
        elif part is not withdrawals:
            singles[name] = part
    for name, part in singles.items():
        yield Section(f"fund_{name}", ("fund", name), part)
    assert withdrawals is not None
    for name, info in withdrawals.model_fields.items():
        yield Section(f"fund_{name}", ("fund", "withdrawals", name), _part_in(info.annotation)[0])


def _part_in(annotation: Any) -> tuple[type[BaseModel], bool]:

    found, _ = bare(annotation)
    if getattr(found, "__origin__", None) is list:
        return bare(found.__args__[0])[0], True
    return found, False


GROUPS: dict[str, tuple[Section, ...]] = {
    "place": (
        Section("hall", ("hall", "hall"), model.HallPart, only=("name", "centre")),
        Section("zones", ("hall", "zones"), model.ZonePart, rows=True),
        Section("counters", ("hall", "counters"), model.CounterPart, rows=True),
        Section("plan", ("hall", "plan"), model.PlanPart),
        Section(
            "skills",
            ("hall", "people"),
            model.Person,
            rows=True,
            role="officer",
            may_add=False,
            only=("counter", "services", "prefers"),
        ),
    ),
    "people": (Section("accounts", ("hall", "accounts"), model.AccountsPart),),
    "days": (
        Section("hours", ("hall", "hours"), model.HoursPart, without=("closed",)),
        Section("closed", ("hall", "hours", "closed"), model.ClosedDay, rows=True),
        Section("bookings", ("hall", "bookings"), model.BookingsPart),
    ),
    "words": (
        Section("services", ("hall", "services"), ServiceChange, rows=True, may_add=False, keyed=True),
        Section("notices", ("hall", "notices"), model.Text, rows=True),
        Section("phrases", ("hall", "phrases"), model.PhrasePart, rows=True),
        Section("wording", ("hall", "wording"), model.Wording, rows=True, may_add=False, keyed=True),
        Section("seats", ("hall", "seats"), model.Text, rows=True),
        Section("other_centre", ("hall", "other_centre"), model.OtherCentre),
    ),
    "rules": (
        Section("order", ("hall", "order"), model.OrdersPart),
        Section("call_rules", ("hall", "call_rules"), model.CallRulePart, rows=True),
        Section("options", ("hall", "options"), model.OptionsPart),
        Section("limits", ("hall", "limits"), model.LimitsPart, only=_limits()),
        Section("alerts", ("hall", "limits"), model.LimitsPart, only=ALERTS),
        Section("alert_rules", ("hall", "alert_rules"), model.AlertRulePart, rows=True),
        Section("reports", ("hall", "reports"), model.ReportsPart),
    ),
    "machines": (
        Section("printers", ("hall", "printers"), model.Printer, rows=True),
        Section("displays", ("hall", "displays"), model.DisplayPart, rows=True),
        Section("screens", ("hall", "screens"), model.Screens, without=("kiosks",)),
        Section("voice", ("hall", "voice"), model.Voice, without=("loudspeakers",)),
        Section("loudspeakers", ("hall", "voice", "loudspeakers"), model.Loudspeaker, rows=True),
    ),
    "figures": tuple(_fund_sections()),
}
SECTIONS = {section.name: section for group in GROUPS.values() for section in group}
