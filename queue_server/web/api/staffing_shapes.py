"""The shapes of answers about staffing, as the OpenAPI document shows them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from queue_server.web.api.shape import Shape


class BreakShape(Shape):
    """Minutes from now."""

    begins_in: int
    ends_in: int


class CounterOptionShape(Shape):
    counter: str
    zone: str
    open: bool
    reserve: bool
    services: list[str] | None
    break_: BreakShape | None = Field(alias="break", description="The usual break that is still to come")


class OptionsShape(Shape):
    at: str
    counters: list[CounterOptionShape]


class GroupWaitsShape(Shape):
    """Minutes from arrival to call of those who wait now and those who come soon; null: not called any more today."""

    median: int | None
    p90: int | None
    longest: int | None = Field(description="The middle one of all lives")
    longest_low: int | None = Field(description="P10 of all lives")
    longest_high: int | None = Field(description="P90 of all lives")


class DifferenceShape(Shape):
    """After less before, life by life: mean, P10 and P90. `beyond_chance`: more than chance alone would make."""

    mean: float
    low: float
    high: float
    beyond_chance: bool


class GroupShape(Shape):
    zone: str | None
    category: str | None
    people: int
    before: GroupWaitsShape
    after: GroupWaitsShape
    longest_change: DifferenceShape
    average_change: DifferenceShape


class RangeShape(Shape):
    mean: int
    low: int
    high: int


class BeforeAfterShape(Shape):
    before: RangeShape
    after: RangeShape


class LeftOverShape(BeforeAfterShape):
    change: DifferenceShape


class DeedShape(Shape):
    kind: Literal["open_reserve"]
    counter: str


class WhatIfShape(Shape):
    at: str
    looks_ahead_minutes: int
    closes_in_minutes: int | None
    repetitions: int = Field(description="Lives of the hall that were compared")
    rough: bool = Field(description="Fewer lives than usual: there was no time for more")
    measured_services: int = Field(description="Services that the hall has measured; with few, estimates speak")
    verdict: Literal["helps", "harms", "mixed", "no_difference"]
    hours_saved: DifferenceShape = Field(description="Hours of waiting of all people together; above 0: saved")
    groups: list[GroupShape]
    called_today: BeforeAfterShape
    left_over: LeftOverShape
    deed: DeedShape | None = Field(description="The command that does it, where one exists")


class ActShape(Shape):
    kind: Literal["open", "close", "serve", "move_break", "add_people"]
    counter: str
    zone: str
    services: list[str] | None
    minutes: int
    people: int
    category: str | None = Field(description="Of the services, for words")


class ToldWaitsShape(Shape):
    people: int
    median: int | None
    p90: int | None
    longest: int | None


class PromisedShape(Shape):
    """As it was told when it was advised, of those it is about."""

    before: ToldWaitsShape
    after: ToldWaitsShape
    longest_low: int = Field(description="Change of the longest wait: P10 of all lives")
    longest_high: int
    hours_saved: float
    left_before: int = Field(description="People of the whole hall who would not be called before closing")
    left_after: int
    repetitions: int
    measured_services: int


class HappenedShape(Shape):
    """Of the same people: those who waited then or came within two hours. Minutes."""

    people: int
    average: int | None
    p90: int | None
    longest: int | None
    not_called: int


class AdviceShape(Shape):
    id: str
    at: str
    trouble: Literal["long_wait", "left_over"]
    zone: str | None
    category: str | None
    act: ActShape
    promised: PromisedShape
    state: Literal["open", "accepted", "declined", "lapsed"]
    reason: str
    decided_at: str | None
    made: bool | None = Field(description="Whether it was seen to be done; null: not yet, or it cannot be seen")
    happened: HappenedShape | None = Field(description="Null: not known yet")
    deed: DeedShape | None


class AdvicesShape(Shape):
    state: Literal["watching", "away", "without"]
    open: AdviceShape | None
    earlier: list[AdviceShape] = Field(description="Today's, the latest first")


class PlanDeskShape(Shape):
    """Of one kind of desk in one half hour."""

    needed: int
    usual: int
    short: bool = Field(description="The usual roster has too few of this kind, and its people miss the target")


class PlanDeskKindShape(Shape):
    title: str
    services: list[str] | None = Field(description="null: everything in the zone")
    counters: int = Field(description="That the zone has")


class PlanRowShape(Shape):
    """One half hour. Waits in minutes, by when people come; null: nobody is expected; never: not called that day."""

    from_: str = Field(alias="from", description="By the hall's clock, as 09:30")
    arrivals: float
    needed: int
    usual: int = Field(description="Counters open by the roster that is usual")
    short: bool = Field(description="The usual roster has too few, and misses the target")
    p50: int | Literal["never"] | None = Field(description="With as many as needed")
    p90: int | Literal["never"] | None
    usual_p50: int | Literal["never"] | None
    usual_p90: int | Literal["never"] | None
    usual_late_percent: int | None
    desks: list[PlanDeskShape] = Field(description="The same desks by kind, in the order of the zone's desk_kinds")


class PlanZoneShape(Shape):
    zone: str
    counters: int
    desk_kinds: list[PlanDeskKindShape] = Field(description="Everything first, then those for some services alone")
    rows: list[PlanRowShape]


class PlanLeftShape(Shape):
    planned: float
    usual: float


class PlanShape(Shape):
    day: str
    days: list[str] = Field(description="The working days that can be planned")
    wait_minutes: int
    late_percent: int
    learnt_days: int
    learnt_of_weekday: int
    least_days: int
    enough: bool = Field(description="False: too few days are known, and nothing is planned")
    holds: bool = Field(description="Whether the plan held the target in every half hour when it was lived through")
    left_over: PlanLeftShape | None = Field(description="People a day who are not called before closing")
    zones: list[PlanZoneShape]
