"""A zone's, a service's or the hall's figures as screens get them."""

from __future__ import annotations

import math

from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import ZoneMeasures, percentile
from queue_server.web.views import Json
from queue_server.web.waits import Picture


def zone_figures(figures: ZoneMeasures, day: HallDay, picture: Picture | None) -> Json:
    return {
        "zone": figures.zone or None,
        "service": figures.service or None,
        "waiting": figures.waiting,
        "longest_wait_minutes": rounded(figures.longest_wait),
        "average_wait_minutes": rounded(figures.average_wait),
        "p50_wait_minutes": rounded(figures.p50_wait),
        "p90_wait_minutes": rounded(figures.p90_wait),
        "within_target": None if figures.within_target is None else round(figures.within_target, 3),
        "open_desks": figures.open_desks,
        "counters": figures.counters,
        "served": figures.served,
        "missed": figures.missed,
        "abandoned": figures.abandoned,
        "no_show": figures.no_show,
        "bounced": figures.bounced,
        "p90_forecast_minutes": forecast_p90(figures.zone, figures.service, day, picture),
        "load": load(figures, day),
    }


def forecast_p90(zone: str, service: str, day: HallDay, picture: Picture | None) -> float | None:
    """P90 of the upper ends of what those waiting now are told; None when nobody is told anything."""
    if picture is None:
        return None
    highs = [
        float(forecast.wait.high)
        for number, forecast in picture.forecast.tickets.items()
        if forecast.wait
        and (ticket := day.tickets.get(number))
        and zone in ("", ticket.zone)
        and service in ("", ticket.service)
    ]
    return percentile(highs, 0.9)


def load(figures: ZoneMeasures, day: HallDay) -> float:
    """How full the waiting is: 1 when each open desk has as many waiting as the hall's limit."""
    if not figures.waiting:
        return 0.0
    room = figures.open_desks * day.rules.limits.waiting_per_counter
    return round(min(1.0, figures.waiting / room), 2) if room else 1.0


def rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, 1)
