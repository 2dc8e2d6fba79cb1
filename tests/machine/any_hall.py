"""A hall with every rule there is, with limits so near that a short day meets them; and what may be drawn of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from queue_server.domain import commands as c
from queue_server.domain.rules import CallRule, Counter, Limits, Officer, OrderClass, Way
from tests.story import RULES as STORY_RULES

RULES = replace(
    STORY_RULES,
    counters={
        **STORY_RULES.counters,
        "4": replace(STORY_RULES.counters["4"], prefers=frozenset({"loan"})),
        "5": Counter("5", "special", reserve=True),
    },
    services={**STORY_RULES.services, "print": replace(STORY_RULES.services["print"], quota=6)},
    officers={"of-3": Officer("of-3", frozenset({"rent", "print"}))},
    call_rules=(CallRule("special", frozenset({"1"}), more_than_waiting=3),),
    limits=Limits(
        calls_before_missed=2,
        longest_wait_minutes=45,
        priority_one_in=2,
        priority_delay_minutes=15,
        tickets_per_phone=2,
        presence_after_minutes=5,
        lease_from=6,
    ),
    statutory=OrderClass(credit_seconds=900.0),
)
# where the delay limit is far, the budget is what holds priority back
OWN_FIRST = replace(RULES.call_rules[0], own_first=True)
HALLS = (
    RULES,
    replace(
        RULES,
        limits=replace(RULES.limits, priority_delay_minutes=60, longest_wait_minutes=90),
        call_rules=(OWN_FIRST,),
    ),
)
COUNTERS = st.sampled_from(sorted(RULES.counters))
OFFICERS = st.sampled_from(["of-3", "of-4", "of-5"])
ZONES = st.sampled_from([None, *sorted(RULES.zones)])
SERVICES = st.sampled_from(sorted(RULES.services))
TICKETS = st.integers(min_value=0, max_value=8)
BOOKINGS = st.sampled_from(["A", "B", "C"])
PREFIXES = st.sampled_from(["W", "T", "D", "C", "A"])
# near enough to those that the hall gives by itself to meet them
NUMBERS = st.builds(lambda prefix, number: f"{prefix}{number:04d}", PREFIXES, st.integers(1, 12))
GUIDES = st.sampled_from(["ma", "he"])
SEATS = st.sampled_from(["", "窗边"])
PLACES = st.sampled_from(["K1", "K2"])
ON_A_TICKET = st.sampled_from(
    [
        *(c.RecallTicket, c.StartService, c.HoldService, c.ResumeService, c.EndService, c.ParkTicket, c.MarkMissed),
        *(c.ReturnTicket, c.ReturnTicket, c.AbandonTicket, c.UndoTransfer, c.UndoTransfer, c.UndoStep, c.UndoStep),
        *(c.MarkNoShow, c.AskPresence, c.ConfirmPresence, c.CheckMaterials),
        *(c.AskForMinutes, c.AskForMinutes, c.SayOnTheWay, c.AskForSupervisor, c.AnswerSupervisorCall),
    ]
)
AT_A_COUNTER = st.sampled_from([c.StartService, c.HoldService, c.ResumeService, c.EndService, c.RecallTicket])
VISITORS = st.fixed_dictionaries(
    {
        "service": SERVICES,
        "services": st.just(()) | st.lists(SERVICES, max_size=2).map(tuple),
        "way": st.sampled_from([Way.COUNTER, Way.COUNTER, Way.COACHING]),
        "holder": st.none() | st.sampled_from(["phone-a", "phone-b"]),
        "printer": st.none() | st.just("K1"),
        "missing": st.sampled_from([(), (), ("M-ID",)]),
        "to_fetch": st.sampled_from([False, False, False, True]),
    }
)
NEEDS = st.sampled_from([{}, {}, {}, {"care": True}, {"statutory": True}])
