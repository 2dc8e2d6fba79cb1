"""The supervisor's figures, live."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from queue_server.domain.events import Event
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import (
    BEHIND,
    WaitingSeries,
    bounces_by_service,
    feedback_measures,
    hall_measures,
    moves_by_reason,
    overrides,
    service_measures,
    tickets_behind,
    wait_time,
    waiting_series,
    zone_measures,
)
from queue_server.domain.repairs import is_late
from queue_server.domain.ticket import Ticket
from queue_server.foresight.best_time.held import HeldTimes
from queue_server.foresight.ledger import LedgerMeasures, breaks_its_word
from queue_server.stores.base import StorageTrouble
from queue_server.web.alert_listeners import alerts_of_supervisors
from queue_server.web.alert_signs import signs_of
from queue_server.web.alert_views import alert_views
from queue_server.web.api.common import make_api
from queue_server.web.context import Context, here
from queue_server.web.figure_views import rounded, zone_figures
from queue_server.web.lease_views import to_look_at
from queue_server.web.security import needs_role, who
from queue_server.web.told_waits import Judged
from queue_server.web.views import Json, clock_view, iso

api = make_api("measures", "The day in figures")


@api.get("/measures")
@needs_role("supervisor")
def read_measures() -> Json:
    """Per zone and for the hall: waiting, waits, desks, outcomes; the day's chart; alerts by the hall's limits."""
    context = here()
    picture = context.waits.picture()
    events = [recorded.event for recorded in context.hall.events()]
    clock = clock_view(context.hall.clock, context.hall.rules)
    coming = context.coming_days()
    signs = signs_of(context)
    repairs = repairs_view(context)
    is_mine = alerts_of_supervisors(context, who())

    def measures(day: HallDay, at: datetime) -> Json:
        feedback = feedback_measures(day)
        zones = zone_measures(day, at)
        judged = context.told_waits.judged(day)
        return {
            "day": day.day.isoformat(),
            "seq": day.seq,
            "clock": clock,
            "zones": [zone_figures(zone, day, picture) for zone in zones],
            "services": [zone_figures(one, day, picture) for one in service_measures(day, at)],
            "all": zone_figures(hall_measures(day, at), day, picture),
            "feedback": {"count": feedback.count, "average": rounded(feedback.average), "low": feedback.low},
            "changes": changes_view(events, day),
            "told_waits": {
                **told_view(judged, day.rules.limits.closing_risk_percent),
                "best_times": held_view(coming.held if coming else None),
            },
            "series": series_view(waiting_series(events, day, at)),
            "ahead": context.ahead.view(day, at),
            "repairs": repairs,
            "kept_numbers_to_look_at": to_look_at(day),
            "alerts": alert_views(day, at, signs, context.person_name, is_mine),
            "alerts_of_others": sum(one.is_open and not is_mine(one) for one in day.alerts.values()),
        }

    return context.hall.read(measures)


def repairs_view(context: Context) -> Json | None:
    """How many bad experiences are being mended, how many are past a clock, and which is due next. Nothing personal;
    None while their file cannot be used, on which no other figure depends."""
    try:
        context.repair_desk.follow()
        standing, at = context.repair_desk.store.standing(), context.hall.clock.now()
    except StorageTrouble:
        return None  # the timekeeper writes it into the log
    first = standing[0] if standing else None
    return {
        "standing": len(standing),
        "late": sum(is_late(one, at) for one in standing),
        "next": {"repair": first.id, "clock": first.next_clock, "due": iso(first.next_due)} if first else None,
    }


class Behind(BaseModel):
    figure: Literal[tuple(BEHIND)]  # type: ignore[valid-type]
    zone: str = Field("", max_length=32, description="Empty: every zone")
    service: str = Field("", max_length=32, description="Empty: every service")


@api.get("/measures/tickets")
@needs_role("supervisor")
def read_tickets_behind(query: Behind) -> Json:
    """The tickets that a figure of `measures` counts, the longest wait first."""
    context = here()

    def behind(day: HallDay, at: datetime) -> Json:
        found = tickets_behind(day, at, query.figure, query.zone, query.service)
        return {"seq": day.seq, "figure": query.figure, "tickets": [behind_view(one, at) for one in found]}

    return context.hall.read(behind)


def behind_view(ticket: Ticket, at: datetime) -> Json:
    return {
        "ticket": ticket.number,
        "service": ticket.service,
        "zone": ticket.zone,
        "stage": ticket.stage.value,
        "counter": ticket.counter,
        "arrived_at": iso(ticket.first_arrival_at),
        "wait_minutes": rounded(wait_time(ticket, at)),
        "level": ticket.feedback,
    }


def changes_view(events: Sequence[Event], day: HallDay) -> Json:
    """What people decided otherwise than the hall would have by itself, the most frequent first."""
    bounces = bounces_by_service(events, day.rules).items()
    against, moves = overrides(day).items(), moves_by_reason(events).items()
    found = {
        "bounces": [{"service": service, "n": n} for service, n in bounces],
        "overrides": [{"zone": zone, "reason": reason, "n": n} for (zone, reason), n in against],
        "moves": [{"position": position, "reason": reason, "n": n} for (position, reason), n in moves],
    }
    return {name: sorted(rows, key=lambda row: -row["n"]) for name, rows in found.items()}


def series_view(series: WaitingSeries) -> Json:
    return {
        "step_minutes": series.step_minutes,
        "times": [iso(moment) for moment in series.times],
        "zones": series.zones,
    }


def told_view(judged: Judged, risk_percent: int) -> Json:
    """How the ranges that visitors were told on their paper have held, today and over the last working days."""
    spans = {"today": judged.today, "month": judged.month}
    return {
        "today": [ledger_view(one) for one in judged.today],
        "month": [ledger_view(one) for one in judged.month],
        "drifted": judged.has_drifted,
        "closing": {span: promise_view(rows[0], risk_percent) for span, rows in spans.items() if rows},
    }


def promise_view(one: LedgerMeasures, risk_percent: int) -> Json:
    """“Certain today” against the risk that the hall states."""
    return {
        "certain": one.certain,
        "broken": one.certain_broken,
        "risk_percent": risk_percent,
        "too_many": breaks_its_word(one.certain_broken, one.certain, risk_percent),
    }


def ledger_view(one: LedgerMeasures) -> Json:
    return {
        "zone": one.zone or None,
        "shown": one.shown,
        "known": one.kept,
        "error_minutes": rounded(one.error),
        "bias_minutes": rounded(one.bias),
        "p90_coverage": None if one.coverage is None else round(one.coverage, 2),
        "certain": one.certain,
        "certain_broken": one.certain_broken,
    }


def held_view(held: HeldTimes | None) -> Json | None:
    """How what was said of when to come has held; None while too little is known."""
    if held is None or held.error is None:
        return None
    return {
        "half_hours": held.half_hours,
        "visits": held.visits,
        "error_minutes": rounded(held.error),
        "bias_minutes": rounded(held.bias),
        "p90_coverage": None if held.coverage is None else round(held.coverage, 2),
        "advised_minutes": rounded(held.advised),
        "otherwise_minutes": rounded(held.otherwise),
    }
