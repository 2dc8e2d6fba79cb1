"""The shape of the hall's configuration file, field by field. docs/settings.md is made from these descriptions."""

from __future__ import annotations

from datetime import date as Date
from datetime import time
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, field_validator

from queue_server.domain.alert_rules import DEFAULT_ALERT_RULES
from queue_server.domain.rules import Limits, Purpose
from queue_server.guidance.catalogue import Bilingual
from queue_server.guidance.counter_guide import load_phrases
from queue_server.hall_file_faults import Said

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]
Language = Literal["zh", "en"]
NUMBER_LIMITS = {name: field.default for name, field in Limits.__dataclass_fields__.items()}


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Part):
    """The same words in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def bilingual(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


class HallPart(Part):
    id: Annotated[Id, Field(description="Short name used in the log and in links; never change it")]
    timezone: Annotated[str, Field(description="The hall's time zone; its working day ends at midnight there")]
    name: Text
    centre: Text

    @field_validator("timezone")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError(f"no time zone {value!r}; for China write Asia/Shanghai")
        ZoneInfo(value)
        return value


class ZonePart(Part):
    id: Id
    purpose: Annotated[Purpose, Field(description="coaching, counter or care: what the rules know about the zone")]
    prefix: Annotated[
        str, Field(pattern=r"^[A-Z]?$", description="Letter of numbers issued here; empty: the service's")
    ] = ""
    shape: Annotated[str, Field(min_length=1, max_length=2)]
    tone: Literal["smart", "special", "care"]
    name: Text
    way: Annotated[Text, Field(description="How to get there from the door")]


class CounterPart(Part):
    id: Annotated[str, Field(pattern=r"^[0-9]{1,2}$", description="The number above the counter")]
    zone: str
    services: Annotated[list[str] | None, Field(description="Left out: everything its zone serves")] = None
    prefers: Annotated[list[str], Field(description="Called here a little earlier than elsewhere")] = []
    reserve: Annotated[bool, Field(description="Stays shut until a supervisor opens it")] = False


RoleName = Literal["officer", "guide", "supervisor", "administrator"]


class Person(Part):
    id: Id
    name: str
    role: Annotated[RoleName, Field(description="Which page opens after signing in, and what the person may do")]
    also: Annotated[list[RoleName], Field(description="Further roles: what any of them may, this person may")] = []
    counter: Annotated[str | None, Field(description="The counter an officer usually sits at")] = None
    services: Annotated[list[str] | None, Field(description="What an officer can do; left out: everything")] = None
    prefers: Annotated[list[str], Field(description="Called a little earlier wherever this officer sits")] = []

    @property
    def roles(self) -> frozenset[str]:
        return frozenset((self.role, *self.also))


class IdlePart(Part):
    """Minutes without any act after which somebody is signed out; 0: only after the twelve hours of a session."""

    officer: Annotated[int, Field(ge=0, le=720)] = 240
    guide: Annotated[int, Field(ge=0, le=720)] = 240
    supervisor: Annotated[int, Field(ge=0, le=720)] = 0
    administrator: Annotated[int, Field(ge=0, le=720)] = 60


class AccountsPart(Part):
    """How people sign in."""

    link_hours: Annotated[int, Field(ge=1, le=336, description="A link to set a password is good for so long")] = 72
    idle_minutes: IdlePart = IdlePart()
    audit_days: Annotated[int, Field(ge=180, le=3650, description="So long it is kept who did what")] = 730
    code_for: Annotated[
        list[RoleName],
        Field(description="Who must sign in with a code of the phone, too; for all others it is an option"),
    ] = []


class ReportsPart(Part):
    """Which numbers the history takes for nobody. 0 turns a rule off."""

    phantom_left_seconds: Annotated[
        int, Field(ge=0, le=600, description="Left uncalled within so long: nobody was there")
    ] = 60
    phantom_double_seconds: Annotated[
        int, Field(ge=0, le=300, description="Not used, and taken so soon after another of the same service")
    ] = 20
    phantom_ended_seconds: Annotated[
        int, Field(ge=0, le=120, description="Service ended within so long: nobody was served")
    ] = 15
    phantom_no_shows: Annotated[bool, Field(description="Take everybody who did not come to the call for nobody")] = (
        False
    )


class Printer(Part):
    id: Id
    device: Annotated[
        str,
        Field(
            pattern=r"^(tcp|usb|serial|cups|file|dummy):",
            description="tcp://host:9100, usb://04b8:0e15, serial:///dev/ttyUSB0, cups://queue, file:///path or dummy:",
        ),
    ]
    writing: Annotated[Literal["raster", "native"], Field(description="Drawn, or the printer's own GB18030 font")] = (
        "raster"
    )
    width_mm: Annotated[Literal["80", "58"], Field(description="The roll's width")] = "80"
    cutter: Annotated[bool, Field(description="Cuts the paper; without, it is fed to the tear-off edge")] = True
    instead: Annotated[str | None, Field(description="The printer that prints while this one cannot")] = None

    @property
    def address(self) -> str:
        """The device with how it is written on, as a print agent opens it. What the device says itself goes before."""
        said = {"writing": self.writing, "width": self.width_mm, "cutter": "yes" if self.cutter else "no"}
        usual = {"writing": "raster", "width": "80", "cutter": "yes"}
        more = [f"{name}={value}" for name, value in said.items() if value != usual[name]]
        more = [one for one in more if f"{one.split('=')[0]}=" not in self.device]
        return self.device + ("&" if "?" in self.device else "?") + "&".join(more) if more else self.device


TimeOfDay = Annotated[str, Field(pattern=r"^(|([01][0-9]|2[0-3]):[0-5][0-9])$")]


class DisplayPart(Part):
    """One screen, by the name it is enrolled as. What is left out, and every screen not named, keeps the defaults."""

    id: Id
    distance_m: Annotated[
        float, Field(ge=0, le=60, description="From the furthest seat; digits get 0.7 degrees of view. 0: not set")
    ] = 0.0
    height_mm: Annotated[int, Field(ge=0, le=10000, description="Height of the picture as it hangs; 0: not set")] = 0
    layout: Annotated[
        Literal["calls_and_zones", "calls_and_pictures", "calls_only"],
        Field(description="What stands beside the calls"),
    ] = "calls_and_zones"
    most_calls: Annotated[int, Field(ge=0, le=6, description="Large calls at most; 0: as many as fit")] = 0
    contrast: Annotated[Literal["house", "strong"], Field(description="strong: black and white")] = "house"
    evening_from: Annotated[TimeOfDay, Field(description="Darker colours from, as 17:30; empty: never")] = ""
    evening_until: Annotated[TimeOfDay, Field(description="until, as 08:00")] = ""
    playlist: Annotated[
        str,
        Field(
            pattern=r"^(|\*|[A-Za-z0-9_.\-]+( *[,，] *[A-Za-z0-9_.\-]+)*)$",
            description="Files shown in a corner of a hall or zone screen, parted by commas; *: all; empty: none",
        ),
    ] = ""
    clip_seconds: Annotated[int, Field(ge=5, le=600, description="A picture stays; a video plays to its end")] = 15
    silent: Annotated[bool, Field(description="No voice from here; a call flashes instead, calmly")] = False


class ClosedDay(Part):
    date: Date
    reason: Text


Span = tuple[str, str]


def in_order(spans: list[Span]) -> list[Span]:
    times = [time.fromisoformat(text) for span in spans for text in span]
    if times != sorted(set(times)):
        sentence = "hours must follow each other without overlapping, as [['09:00', '12:00'], ['13:00', '17:00']]"
        raise ValueError(Said("hours_overlap", sentence))
    return spans


class HoursPart(Part):
    """Opening spans a weekday, as [["09:00", "12:00"], ["13:00", "17:00"]]; a day left out is closed."""

    confirmed_by_centre: bool = False
    monday: list[Span] = []
    tuesday: list[Span] = []
    wednesday: list[Span] = []
    thursday: list[Span] = []
    friday: list[Span] = []
    saturday: list[Span] = []
    sunday: list[Span] = []
    closed: list[ClosedDay] = []

    @field_validator("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    @classmethod
    def _in_order(cls, spans: list[Span]) -> list[Span]:
        return in_order(spans)


class OrderPart(Part):
    rate: Annotated[float, Field(ge=0, le=100, description="Credit earned a minute waited")] = 1.0
    credit_minutes: Annotated[float, Field(ge=0, le=600, description="Head start in minutes")] = 0.0


class OrdersPart(Part):
    ordinary: OrderPart = OrderPart()
    care: OrderPart = OrderPart(rate=2.0)
    appointment: OrderPart = OrderPart(credit_minutes=10.0)
    statutory: OrderPart = OrderPart(rate=2.0)
    transferred: OrderPart = OrderPart()


class CallRulePart(Part):
    """WHEN the zone has too many waiting or somebody waits too long, THEN these counters also call from it."""

    zone: str
    counters: Annotated[list[str], Field(min_length=1)]
    services: Annotated[list[str] | None, Field(description="Left out: all that wait in the zone")] = None
    more_than_waiting: Annotated[int | None, Field(ge=0, le=1000)] = None
    longer_than_minutes: Annotated[float | None, Field(ge=0, le=480)] = None
    own_first: Annotated[bool, Field(description="Only while nobody of their own zone waits for them")] = False


class AlertRulePart(Part):
    """WHEN something happens or a limit is passed, THEN these are told, loudly or not, and what is proposed."""

    on: Annotated[
        Literal[
            *("longest_wait", "too_many_waiting", "nobody_serves", "desk_idle", "forgotten_finish", "help", "bad_mark"),
            *("wants_talk", "printer", "kiosk_down", "display_down", "voice_down", "voice_mute", "clock_off"),
            *("misses_closing", "waits_drifted", "repair_late"),
        ],
        Field(description="What is looked at"),
    ]
    level: Annotated[Literal["look", "act"], Field(description="Worth a glance, or wants a hand")] = "look"
    above: Annotated[
        float | None,
        Field(ge=0, le=1000, description="Minutes, people for each desk, times the usual; left out: the limits say"),
    ] = None
    zone: Annotated[str | None, Field(description="Left out: every zone")] = None
    for_minutes: Annotated[float, Field(ge=0, le=240, description="So long without a break before it is told")] = 0.0
    tells: Annotated[
        list[Literal["supervisor", "guide", "officer", "administrator"]],
        Field(description="Who is told; an officer of what is so at their counter, or in its zone"),
    ] = ["supervisor"]
    people: Annotated[list[str], Field(description="Persons who are told besides, by their sign-in names")] = []
    sound: Annotated[bool, Field(description="A soft sound, once, on the page of whoever is told")] = False
    webhook: Annotated[bool, Field(description="Also to the centre's own system")] = False
    propose: Annotated[Text | None, Field(description="What to do; left out: what the program proposes")] = None


def _default_alert_rules() -> list[AlertRulePart]:
    names = ("on", "level", "above", "zone", "for_minutes", "sound", "webhook")
    return [
        AlertRulePart(**{name: getattr(rule, name) for name in names}, tells=list(rule.tells))
        for rule in DEFAULT_ALERT_RULES
    ]


class OptionsPart(Part):
    call_on_finish: Annotated[bool, Field(description="Ending a service calls the next visitor at once")] = False
    continue_at_counter: Annotated[bool, Field(description="The next service of a visit goes on where it can")] = True
    shortest_first: Annotated[bool, Field(description="Of several services, the one with the shortest queue")] = True


class BookingsPart(Part):
    per_half_hour: Annotated[int, Field(ge=0, le=100, description="Places of one service; 0 offers none")] = 0
    of_service: Annotated[dict[str, Annotated[int, Field(ge=0, le=100)]], Field(description="Where it differs")] = {}
    days_ahead: Annotated[int, Field(ge=1, le=90)] = 14


class LimitsPart(Part):
    """Numbers the rules use; docs/settings.md gives the source of each default."""

    recall_after_seconds: Annotated[int, Field(ge=0, le=600)] = NUMBER_LIMITS["recall_after_seconds"]
    care_recall_extra_seconds: Annotated[int, Field(ge=0, le=600)] = NUMBER_LIMITS["care_recall_extra_seconds"]
    calls_before_missed: Annotated[int, Field(ge=1, le=10)] = NUMBER_LIMITS["calls_before_missed"]
    return_within_numbers: Annotated[int, Field(ge=0, le=100)] = NUMBER_LIMITS["return_within_numbers"]
    return_within_minutes: Annotated[int, Field(ge=0, le=480)] = NUMBER_LIMITS["return_within_minutes"]
    return_behind: Annotated[int, Field(ge=0, le=10)] = NUMBER_LIMITS["return_behind"]
    undo_within_seconds: Annotated[int, Field(ge=0, le=120)] = NUMBER_LIMITS["undo_within_seconds"]
    wait_good_minutes: Annotated[int, Field(ge=1, le=240)] = NUMBER_LIMITS["wait_good_minutes"]
    wait_look_minutes: Annotated[int, Field(ge=1, le=240)] = NUMBER_LIMITS["wait_look_minutes"]
    wait_act_minutes: Annotated[int, Field(ge=1, le=240)] = NUMBER_LIMITS["wait_act_minutes"]
    target_wait_minutes: Annotated[int, Field(ge=1, le=240)] = NUMBER_LIMITS["target_wait_minutes"]
    target_percent: Annotated[int, Field(ge=1, le=100)] = NUMBER_LIMITS["target_percent"]
    waiting_per_counter: Annotated[int, Field(ge=1, le=200)] = NUMBER_LIMITS["waiting_per_counter"]
    wait_rough_below_services: Annotated[int, Field(ge=0, le=1000)] = NUMBER_LIMITS["wait_rough_below_services"]
    help_within_seconds: Annotated[int, Field(ge=10, le=3600)] = NUMBER_LIMITS["help_within_seconds"]
    day_closes_after_minutes: Annotated[int, Field(ge=0, le=600)] = NUMBER_LIMITS["day_closes_after_minutes"]
    longest_wait_minutes: Annotated[int, Field(ge=0, le=480)] = NUMBER_LIMITS["longest_wait_minutes"]
    priority_one_in: Annotated[int, Field(ge=0, le=100)] = NUMBER_LIMITS["priority_one_in"]
    priority_delay_minutes: Annotated[int, Field(ge=0, le=240)] = NUMBER_LIMITS["priority_delay_minutes"]
    preference_minutes: Annotated[int, Field(ge=0, le=240)] = NUMBER_LIMITS["preference_minutes"]
    services_per_visit: Annotated[int, Field(ge=1, le=20)] = NUMBER_LIMITS["services_per_visit"]
    people_per_ticket: Annotated[int, Field(ge=1, le=50)] = NUMBER_LIMITS["people_per_ticket"]
    misses_before_no_show: Annotated[int, Field(ge=1, le=10)] = NUMBER_LIMITS["misses_before_no_show"]
    infer_end_after_seconds: Annotated[int, Field(ge=10, le=3600)] = NUMBER_LIMITS["infer_end_after_seconds"]
    presence_places: Annotated[int, Field(ge=0, le=20)] = NUMBER_LIMITS["presence_places"]
    more_minutes: Annotated[int, Field(ge=1, le=60)] = NUMBER_LIMITS["more_minutes"]
    more_minutes_times: Annotated[int, Field(ge=0, le=20)] = NUMBER_LIMITS["more_minutes_times"]
    marks_before_shown: Annotated[int, Field(ge=5, le=1000)] = NUMBER_LIMITS["marks_before_shown"]
    tickets_by_phone: Annotated[int, Field(ge=0, le=2000)] = NUMBER_LIMITS["tickets_by_phone"]
    tickets_per_phone: Annotated[int, Field(ge=0, le=20)] = NUMBER_LIMITS["tickets_per_phone"]
    same_kiosk_seconds: Annotated[int, Field(ge=0, le=600)] = NUMBER_LIMITS["same_kiosk_seconds"]
    tickets_before_opening_minutes: Annotated[int, Field(ge=0, le=240)] = NUMBER_LIMITS[
        "tickets_before_opening_minutes"
    ]
    booking_early_minutes: Annotated[int, Field(ge=0, le=480)] = NUMBER_LIMITS["booking_early_minutes"]
    booking_late_minutes: Annotated[int, Field(ge=0, le=480)] = NUMBER_LIMITS["booking_late_minutes"]
    closing_risk_percent: Annotated[int, Field(ge=1, le=50)] = NUMBER_LIMITS["closing_risk_percent"]
    lease_minutes: Annotated[int, Field(ge=5, le=480)] = NUMBER_LIMITS["lease_minutes"]
    lease_least: Annotated[int, Field(ge=1, le=100)] = NUMBER_LIMITS["lease_least"]
    lease_from: Annotated[int, Field(ge=2, le=9000)] = NUMBER_LIMITS["lease_from"]
    repair_contact_days: Annotated[int, Field(ge=1, le=30)] = NUMBER_LIMITS["repair_contact_days"]
    repair_fix_days: Annotated[int, Field(ge=1, le=60)] = NUMBER_LIMITS["repair_fix_days"]
    repair_follow_up_days: Annotated[int, Field(ge=1, le=90)] = NUMBER_LIMITS["repair_follow_up_days"]
    repair_kept_days: Annotated[int, Field(ge=0, le=365)] = NUMBER_LIMITS["repair_kept_days"]


Percent = Annotated[int, Field(ge=10, le=100)]
Noise = Literal["calm", "usual", "loud"]


class Loudspeaker(Part):
    """One `xinting voice --loudspeaker ID`; what it leaves out is as for the whole hall, but for its own chime."""

    id: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,20}$")]
    zone: Annotated[str | None, Field(description="It says this zone's calls only; left out: all")] = None
    languages: list[Language] = []
    repeats: Annotated[int | None, Field(ge=1, le=4)] = None
    chime: bool = True
    volume_percent: Percent | None = None
    noise: Noise | None = None


class Voice(Part):
    languages: Annotated[list[Language], Field(min_length=1)] = ["zh"]
    repeats: Annotated[int, Field(ge=1, le=4)] = 2
    pause_seconds: Annotated[float, Field(ge=0.2, le=5)] = 1.0
    stale_after_seconds: Annotated[int, Field(ge=5, le=600, description="An older call is no longer announced")] = 30
    chime: bool = True
    volume_percent: Percent = 100
    noise: Annotated[Noise, Field(description="How loud the hall itself is")] = "usual"
    quiet_times: Annotated[list[Span], Field(description="Spans of the day with a lower volume")] = []
    quiet_volume_percent: Percent = 60
    loudspeakers: list[Loudspeaker] = []

    @field_validator("quiet_times")
    @classmethod
    def _in_order(cls, spans: list[Span]) -> list[Span]:
        return in_order(spans)


class KioskMeasures(Part):
    long_side_mm: Annotated[int, Field(ge=100, le=3000, description="The longer side of the screen's picture")] = 598
    lower_edge_mm: Annotated[int, Field(ge=0, le=2000, description="Its lower edge above the floor")] = 850


Place = tuple[Annotated[float, Field(ge=0)], Annotated[float, Field(ge=0)]]
Box = tuple[
    Annotated[float, Field(ge=0)],
    Annotated[float, Field(ge=0)],
    Annotated[float, Field(gt=0)],
    Annotated[float, Field(gt=0)],
]


class PlanPart(Part):
    """The hall from above, in metres from its upper left corner, as phones draw it."""

    confirmed_by_centre: Annotated[bool, Field(description="no: phones call it a sketch")] = False
    width: Annotated[float, Field(gt=1, le=500)]
    height: Annotated[float, Field(gt=1, le=500)]
    door: Annotated[Place | None, Field(description="Middle of the door: [x, y]")] = None
    zones: Annotated[dict[str, Box], Field(description="[x, y, width, height] of each zone")] = {}
    counters: Annotated[dict[str, Place], Field(description="[x, y] of each counter")] = {}


class Screens(Part):
    kiosk: Annotated[KioskMeasures, Field(description="For the low layout: what a seated hand reaches")] = (
        KioskMeasures()
    )
    kiosks: Annotated[dict[Id, KioskMeasures], Field(description="Kiosks that are built otherwise, by their id")] = {}
    kiosk_idle_seconds: Annotated[int, Field(ge=10, le=600)] = 60
    kiosk_warning_seconds: Annotated[int, Field(ge=20, le=120, description="EN 301 549: at least 20 s")] = 20
    call_dwell_seconds: Annotated[int, Field(ge=1, le=60, description="Least time a call stays on screen")] = 5
    care_dwell_extra_seconds: Annotated[int, Field(ge=0, le=60, description="A care call stays longer by so much")] = 5
    stale_after_seconds: Annotated[int, Field(ge=6, le=120, description="A screen that heard nothing says so")] = 12


class OtherCentre(Part):
    """A second centre in the same city: whoever has the account there would wait here for nothing."""

    name: Text
    short: Annotated[Text, Field(description="As people call it: 省中心")]
    own_short: Annotated[Text, Field(description="As people call this one: 市中心")]
    who: Annotated[Text, Field(description="Whose accounts it holds")]
    what_then: Annotated[Text, Field(description="What somebody does whose account is there")]
    how_to_tell: Annotated[list[Text], Field(description="Ways to find out which centre it is, the easiest first")] = []
    not_asked_for: Annotated[list[str], Field(description="Services for which it does not matter")] = []


class PhrasePart(Part):
    """What an officer may say where it is hard for the visitor."""

    when: Annotated[
        Literal["long_wait", "papers_missing", "not_eligible", "these_services"],
        Field(
            description="After a long wait, where a paper lacks, where it cannot be done, or always with the services"
        ),
    ]
    services: Annotated[list[str], Field(description="With these_services: with which")] = []
    words: Text


def _default_phrases() -> list[PhrasePart]:
    return [
        PhrasePart(when=one.when, services=list(one.services), words=Text(zh=one.words.zh, en=one.words.en))
        for one in load_phrases()
    ]


class Wording(Part):
    """One sentence of the visitors' screens as this hall says it; a language left out stays the program's."""

    zh: Annotated[str | None, Field(min_length=1)] = None
    en: Annotated[str | None, Field(min_length=1)] = None


class HallFileModel(Part):
    hall: HallPart
    zones: Annotated[list[ZonePart], Field(min_length=1)]
    counters: Annotated[list[CounterPart], Field(min_length=1)]
    people: list[Person] = []
    accounts: AccountsPart = AccountsPart()
    reports: ReportsPart = ReportsPart()
    printers: list[Printer] = []
    displays: list[DisplayPart] = []
    hours: HoursPart
    order: OrdersPart = OrdersPart()
    call_rules: list[CallRulePart] = []
    alert_rules: Annotated[list[AlertRulePart], Field(default_factory=_default_alert_rules)]
    options: OptionsPart = OptionsPart()
    bookings: BookingsPart = BookingsPart()
    limits: LimitsPart = LimitsPart()
    voice: Voice = Voice()
    screens: Screens = Screens()
    plan: PlanPart | None = None
    notices: list[Text] = []
    seats: Annotated[list[Text], Field(description="Words for where visitors sit; staff alone see them")] = [
        Text(zh="窗边", en="by the window"),
        Text(zh="门口", en="by the door"),
        Text(zh="取号机旁", en="near the kiosk"),
        Text(zh="窗口前", en="before the counters"),
        Text(zh="轮椅位", en="wheelchair place"),
    ]
    phrases: Annotated[list[PhrasePart], Field(default_factory=_default_phrases)]
    wording: Annotated[
        dict[str, Wording], Field(description="Sentences of the visitors' screens in the hall's own words, by key")
    ] = {}
    other_centre: OtherCentre | None = None
    services: Annotated[dict[str, dict[str, Any]], Field(description="What this hall changes in the catalogue")] = {}
