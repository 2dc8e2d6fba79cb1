"""Rules for alerts as a hall writes them: what is looked at, from when on who is told, how, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queue_server.domain.rules import Limits

KINDS = (
    *("longest_wait", "too_many_waiting", "nobody_serves", "desk_idle", "forgotten_finish", "help", "bad_mark"),
    *("wants_talk", "printer", "kiosk_down", "display_down", "voice_down", "voice_mute", "clock_off"),
    *("misses_closing", "waits_drifted", "repair_late"),
)
# These are so or are not: no number has to be passed.
FACTS = frozenset({"help", "bad_mark", "wants_talk", "printer", "waits_drifted"})
# Of these one look says it: a queue may shrink and grow again in a minute, a desk that has opened is open.
SETTLE_AT_ONCE = FACTS | {"nobody_serves", "desk_idle", "forgotten_finish", "repair_late"}


FOR_SUPERVISORS = ("supervisor",)
WHO_MAY_MEND_IT = ("supervisor", "guide")  # a cable, a plug, a loudspeaker
# Of marks and of bad experiences only those hear who mend them, whatever a rule says.
OF_MARKS = frozenset({"bad_mark", "wants_talk", "repair_late"})
# What happens in a zone or at a counter: only of these an officer can be told.
OF_ZONES = frozenset(
    {"longest_wait", "too_many_waiting", "nobody_serves", "desk_idle", "forgotten_finish", "misses_closing"}
)


@dataclass(frozen=True, slots=True)
class AlertRule:
    """`above`: minutes, people for each open desk, or times the usual length; None: the hall's own limit.
    `tells` names roles, an officer's of what happens at their own counter or in its zone; `people` persons by ids."""

    on: str
    level: str = "look"  # look | act
    above: float | None = None
    zone: str | None = None  # None: every zone
    for_minutes: float = 0.0  # so long without a break before anybody is told
    sound: bool = False
    webhook: bool = False
    propose: tuple[str, str] | None = None  # zh, en; None: what the program proposes
    tells: tuple[str, ...] = FOR_SUPERVISORS
    people: tuple[str, ...] = ()

    def concerns(self, kind: str, zone: str | None) -> bool:
        return self.on == kind and self.zone in (None, zone)


DEFAULT_ALERT_RULES = (
    AlertRule("longest_wait", "look"),
    AlertRule("longest_wait", "act", sound=True),
    AlertRule("too_many_waiting", "look", for_minutes=2),
    AlertRule("nobody_serves", "act", sound=True),
    AlertRule("desk_idle", "look"),
    AlertRule("forgotten_finish", "look"),
    AlertRule("help", "look"),
    AlertRule("help", "act", sound=True),
    AlertRule("bad_mark", "act", sound=True),
    AlertRule("wants_talk", "act", sound=True),
    AlertRule("printer", "act", sound=True),
    AlertRule("kiosk_down", "act", sound=True, tells=WHO_MAY_MEND_IT),
    AlertRule("display_down", "look", tells=WHO_MAY_MEND_IT),
    AlertRule("voice_down", "act", sound=True, tells=WHO_MAY_MEND_IT),
    AlertRule("voice_mute", "act", sound=True, tells=WHO_MAY_MEND_IT),
    AlertRule("clock_off", "look"),
    AlertRule("misses_closing", "look", for_minutes=5),
    AlertRule("waits_drifted", "look"),
    AlertRule("repair_late", "act", sound=True),
)


def limit_of(rule: AlertRule, limits: Limits) -> float | None:
    """What must be passed; None where the fact alone is told."""
    if rule.above is not None:
        return rule.above
    match rule.on, rule.level:
        case "longest_wait", "act":
            return limits.wait_act_minutes
        case "longest_wait", _:
            return limits.wait_look_minutes
        case "too_many_waiting", _:
            return limits.waiting_per_counter
        case "help", "act":
            return limits.help_within_seconds / 60
    return USUAL_LIMITS.get(rule.on)


# Proposals, not sourced facts: each can be set by rule.
USUAL_LIMITS = {
    "nobody_serves": 0.0,  # people
    "desk_idle": 3.0,  # minutes
    "forgotten_finish": 3.0,  # times the usual length of the service
    "kiosk_down": 3.0,  # minutes
    "display_down": 3.0,
    "voice_down": 3.0,
    "voice_mute": 1.0,
    "clock_off": 1.0,  # minutes
    "misses_closing": 10.0,  # minutes after closing until the last one is called
    "repair_late": 0.0,  # hours after a clock of a repair ran out
}
