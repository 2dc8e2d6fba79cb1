"""What the far wall shows of a day at a moment: figures of each zone and what wants a glance. Nothing personal.

It hangs where others pass, so alerts of marks, of officers and of repairs are left out, as are those of which
supervisors are not told.
"""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.hall_day import HallDay, StandingAlert
from queue_server.domain.measures import hall_measures, zone_measures
from queue_server.hall_file import HallFile
from queue_server.web.alert_listeners import IsMine
from queue_server.web.figure_views import zone_figures
from queue_server.web.views import Json, iso, notice_views, said, zone_state_view
from queue_server.web.waits import Picture
from queue_server.web.words import word

NOT_FOR_PASSERS_BY = frozenset({"bad_mark", "wants_talk", "desk_idle", "forgotten_finish", "repair_late"})


def wall_view(day: HallDay, at: datetime, hall_file: HallFile, picture: Picture | None, is_mine: IsMine) -> Json:
    """`picture`: the waits foreseen now; None of a day that is past."""
    standing = [
        one for one in day.alerts.values() if one.is_open and one.kind not in NOT_FOR_PASSERS_BY and is_mine(one)
    ]
    in_order = sorted(standing, key=lambda one: (one.level != "act", one.raised_at))
    return {
        "day": day.day.isoformat(),
        "seq": day.seq,
        "all": zone_figures(hall_measures(day, at), day, picture),
        "zones": [
            {**zone_figures(one, day, picture), **zone_state_view(one.zone, day)} for one in zone_measures(day, at)
        ],
        "alerts": [alert_view(one, hall_file) for one in in_order],
        "notices": notice_views(day),
    }


def alert_view(alert: StandingAlert, hall_file: HallFile) -> Json:
    return {
        "id": f"{alert.kind}:{iso(alert.raised_at)}",
        "kind": alert.kind,
        "level": alert.level,
        "times": alert.times,
        "sound": alert.sound,
        "taken": alert.taken_by != "",
        "text": alert_texts(alert, hall_file),
    }


SAID_OF = ("kind", "zone", "ticket", "counter", "place", "value")  # what `alert_words` wants to know of an alert


def alert_texts(alert: StandingAlert, hall_file: HallFile) -> dict[str, str]:
    return alert_words(hall_file, **{name: getattr(alert, name) for name in SAID_OF})


def alert_words(
    hall_file: HallFile,
    *,
    kind: str,
    zone: str | None,
    ticket: str | None,
    counter: str | None,
    place: str | None,
    value: float | None,
) -> dict[str, str]:
    """In both languages, without any ticket's number or anybody's name."""
    known = hall_file.zones.get(zone or "")
    return {
        language: word(
            f"alerts.{kind}",
            language,
            zone=said(known.name, language) if known else "",
            counter=counter or "",
            place="" if ticket else place or "",
            n=round(value or 0),
        )
        for language in ("zh", "en")
    }
