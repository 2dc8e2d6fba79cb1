"""What a hall has decided about itself, as the rules need it: zones, services, counters, hours, order, limits.

Read from the hall's configuration file by `queue_server.hall_file`; the domain only sees these plain values.
Durations are seconds or minutes as the name says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from queue_server.domain.alert_rules import DEFAULT_ALERT_RULES, AlertRule


class Purpose(StrEnum):
    """What a zone is for. Zones are data; the purposes are what the rules know about them."""

    COACHING = "coaching"  # smart-online: an offer, never a duty
    COUNTER = "counter"  # special-business: the staffed counter
    CARE = "care"  # accompanied service: belongs to a person, never to a service


class Way(StrEnum):
    """How the visitor would like to be served, where both are possible."""

    COACHING = "coaching"
    COUNTER = "counter"


@dataclass(frozen=True, slots=True)
class Zone:
    id: str
    purpose: Purpose
    prefix: str = ""  # letter of tickets issued here; empty: the service's own letter


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    prefix: str
    coaching: bool  # may be done online with a coach beside the visitor
    minutes: float  # usual service time; an estimate until the hall has measured its own
    quota: int | None = None  # numbers a day; None: as many as come


@dataclass(frozen=True, slots=True)
class Counter:
    id: str
    zone: str
    services: frozenset[str] | None = None  # None: everything its zone serves
    prefers: frozenset[str] = frozenset()  # called earlier here by `preference_minutes` of credit
    reserve: bool = False  # stays shut until a supervisor opens it


@dataclass(frozen=True, slots=True)
class Officer:
    """What an officer can do, wherever they sit. An officer the hall says nothing about can do everything."""

    id: str
    services: frozenset[str] | None = None
    prefers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CallRule:
    """WHEN a zone has more than so many waiting, or somebody waits longer, THEN these counters also call from it.

    Either limit alone is enough; one left out is not asked. `services` narrows both what is counted and what is called.
    """

    zone: str
    counters: frozenset[str]
    services: frozenset[str] | None = None
    more_than_waiting: int | None = None
    longer_than_minutes: float | None = None
    own_first: bool = False  # they call from it only while nobody of their own zone waits whom they may call


@dataclass(frozen=True, slots=True)
class OrderClass:
    """How fast a waiting ticket earns credit: `credit_seconds + rate * seconds waited`.

    Rate 1 and no credit: first come, first served; credit alone: a head start; a higher rate: accumulating priority;
    a credit longer than any day: strict precedence.
    """

    rate: float = 1.0
    credit_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Defaults and their reasons: docs/settings.md."""

    recall_after_seconds: int = 45
    care_recall_extra_seconds: int = 15
    calls_before_missed: int = 3
    return_within_numbers: int = 10
    return_within_minutes: int = 30
    return_behind: int = 2
    undo_within_seconds: int = 10
    wait_good_minutes: int = 10
    wait_look_minutes: int = 15
    wait_act_minutes: int = 30
    waiting_per_counter: int = 10
    target_wait_minutes: int = 15
    target_percent: int = 80
    wait_rough_below_services: int = 30
    help_within_seconds: int = 120
    day_closes_after_minutes: int = 120
    longest_wait_minutes: int = 60
    priority_one_in: int = 3
    priority_delay_minutes: int = 10
    preference_minutes: int = 5
    services_per_visit: int = 5
    people_per_ticket: int = 9
    misses_before_no_show: int = 2
    infer_end_after_seconds: int = 60
    presence_places: int = 3
    presence_after_minutes: int = 10
    more_minutes: int = 5
    more_minutes_times: int = 2
    marks_before_shown: int = 10
    tickets_per_phone: int = 1
    tickets_by_phone: int = 40
    same_kiosk_seconds: int = 0
    tickets_before_opening_minutes: int = 0
    booking_early_minutes: int = 180
    booking_late_minutes: int = 30
    closing_risk_percent: int = 5
    lease_minutes: int = 60
    lease_least: int = 10
    lease_from: int = 901
    repair_contact_days: int = 1
    repair_fix_days: int = 5
    repair_follow_up_days: int = 15
    repair_kept_days: int = 30


@dataclass(frozen=True, slots=True)
class Options:
    """Ways of working that a hall turns on or off."""

    call_on_finish: bool = False  # ending a service calls the next visitor at once
    continue_at_counter: bool = True  # the next service of a visit begins at once where the same counter can do it
    shortest_first: bool = True  # of several services the one with the least work before it comes first


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours by weekday (Monday 0) as (from, until) in the hall's own time, and the days it is closed."""

    weekly: Mapping[int, tuple[tuple[time, time], ...]]
    closed_days: Mapping[date, str] = field(default_factory=dict)
    other_days: Mapping[date, tuple[tuple[time, time], ...]] = field(default_factory=dict)  # decided for that day alone

    def of(self, day: date) -> tuple[tuple[time, time], ...]:
        """When the hall is open on that day; nothing on a closed one."""
        if day in self.other_days:
            return self.other_days[day]
        return () if day in self.closed_days else self.weekly.get(day.weekday(), ())

    def is_open(self, local: datetime) -> bool:
        return any(opens <= local.time() < closes for opens, closes in self.of(local.date()))

    def spans_of(self, day: date, timezone: tzinfo) -> list[tuple[datetime, datetime]]:
        """The opening hours of that day; none on a closed one."""
        return [
            (datetime.combine(day, opens, tzinfo=timezone), datetime.combine(day, closes, tzinfo=timezone))
            for opens, closes in self.of(day)
        ]

    def closing_time(self, day: date) -> time | None:
        """When the last span of that day ends; None on a day the hall does not open."""
        spans = self.of(day)
        return spans[-1][1] if spans else None

    def next_opening(self, local: datetime) -> datetime | None:
        """The next moment the hall opens at or after `local` (same time zone); None if not within a month."""
        for ahead in range(32):
            day = local.date() + timedelta(days=ahead)
            for opens, _ in self.of(day):
                moment = datetime.combine(day, opens, tzinfo=local.tzinfo)
                if moment >= local:
                    return moment
        return None


@dataclass(frozen=True, slots=True)
class BookingRules:
    """How many visitors may book a half hour of one service, and how far ahead. 0 offers none."""

    per_half_hour: int = 0
    of_service: Mapping[str, int] = field(default_factory=dict)
    days_ahead: int = 14

    @property
    def offered(self) -> bool:
        return self.per_half_hour > 0 or any(self.of_service.values())

    def places(self, service: str) -> int:
        return self.of_service.get(service, self.per_half_hour)


@dataclass(frozen=True, slots=True)
class HallRules:
    hall: str
    timezone: ZoneInfo
    zones: Mapping[str, Zone]
    services: Mapping[str, Service]
    counters: Mapping[str, Counter]
    hours: Hours
    limits: Limits = Limits()
    ordinary: OrderClass = OrderClass()
    care: OrderClass = OrderClass(rate=2.0)
    appointment: OrderClass = OrderClass(credit_seconds=600.0)  # counted from the booked time
    statutory: OrderClass = OrderClass(rate=2.0)  # those whom a law gives precedence
    transferred: OrderClass = OrderClass()
    officers: Mapping[str, Officer] = field(default_factory=dict)
    call_rules: tuple[CallRule, ...] = ()
    alert_rules: tuple[AlertRule, ...] = DEFAULT_ALERT_RULES
    options: Options = Options()
    bookings: BookingRules = BookingRules()
    former_zones: Mapping[str, Zone] = field(default_factory=dict)  # that the hall once had: past days still name them

    def purpose_of(self, zone: str) -> Purpose | None:
        """Also of a zone that the hall has given up since; None for one that nobody remembers."""
        known = self.zones.get(zone) or self.former_zones.get(zone)
        return known.purpose if known else None

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.timezone)

    def day_of(self, at: datetime) -> date:
        """The working day a moment belongs to: the hall's own date, never UTC's."""
        return self.local(at).date()

    def zone_for(self, purpose: Purpose) -> Zone | None:
        for zone in self.zones.values():
            if zone.purpose is purpose:
                return zone
        return None

    def counters_of(self, zone: str) -> list[Counter]:
        return [counter for counter in self.counters.values() if counter.zone == zone]
