"""Papers without a number: what an agent is given to print. Pure but for the hall's file, which the caller hands in."""

from __future__ import annotations

from datetime import date, datetime, time
from itertools import groupby
from typing import TYPE_CHECKING

from queue_server.domain import events as e
from queue_server.domain.rules import Hours
from queue_server.guidance.catalogue import Material
from queue_server.guidance.notices import is_confirmed
from queue_server.web.papers import PaperJob
from queue_server.web.views import Json, said

if TYPE_CHECKING:
    from queue_server.web.context import Context

WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MISTAKES_ON_PAPER = 3


def slip_job_view(job: PaperJob, context: Context) -> Json:
    match job.slip:
        case e.TomorrowPromised() as promise:
            content = {"promise": _promise(promise, job.asked_at, context)}
        case e.ListAsked() as asked:
            content = {"list": _list(asked, job.asked_at, context)}
        case None:
            raise AssertionError(f"{job.id} has a number")
    return {
        "job": job.id,
        "printer": job.printer,
        "reprint": False,
        "requested_at": job.asked_at.isoformat(),
        **content,
    }


def _promise(promise: e.TomorrowPromised, asked_at: datetime, context: Context) -> Json:
    file, language = context.hall_file, promise.language
    guide = file.catalogue.service(promise.service)
    rules = context.hall.rules
    needed = [one for one in guide.materials if one.is_always_needed]
    day = date.fromisoformat(promise.day)
    spans = rules.hours.of(day)
    return {
        "code": promise.booking,
        "hall": f"{said(file.centre, language)} {said(file.name, language)}",
        "service": said(guide.official_name, language),
        "date": written_date(day, language),
        "time": f"{spans[0][0]:%H:%M}" if spans else "",
        "given": _moment(rules.local(asked_at)),
        "materials": [said(one.name, language) for one in needed if one.code not in promise.missing],
        "missing": [said(one.name, language) for one in guide.materials if one.code in promise.missing],
        "confirmed": is_confirmed(guide),
        "language": language,
        "simulated": context.settings.demo,
        "large_print": promise.large_print,
    }


def _list(asked: e.ListAsked, asked_at: datetime, context: Context) -> Json:
    file, language = context.hall_file, asked.language
    guide = file.catalogue.service(asked.service)
    rest = [one for one in guide.materials if one.code not in asked.missing]
    in_order = [*(one for one in rest if one.is_always_needed), *(one for one in rest if not one.is_always_needed)]
    return {
        "hall": f"{said(file.centre, language)} {said(file.name, language)}",
        "service": said(guide.plain_name, language),
        "official": said(guide.official_name, language),
        "missing": [_to_bring(one, language) for one in guide.materials if one.code in asked.missing],
        "materials": [_to_bring(one, language) for one in in_order],
        "confirmed": is_confirmed(guide),
        "mistakes": [said(one.text, language) for one in guide.common_mistakes][:MISTAKES_ON_PAPER],
        "hours": written_week(context.hall.rules.hours, language),
        "given": _moment(context.hall.rules.local(asked_at)),
        "language": language,
        "simulated": context.settings.demo,
        "large_print": asked.large_print,
    }


def _to_bring(material: Material, language: str) -> Json:
    """`when` empty: everybody needs it."""
    return {
        "name": said(material.name, language),
        "when": said(material.when, language) if material.when else "",
        "optional": not material.is_always_needed,
        "note": said(material.note, language) if material.note else "",
    }


def written_date(day: date, language: str) -> str:
    """As people say it, with the weekday: 11月24日 星期二, Tuesday 24 November."""
    weekday = WEEKDAYS[language][day.weekday()]
    return f"{weekday} {day.day} {day:%B}" if language == "en" else f"{day.month}月{day.day}日 {weekday}"


def written_week(hours: Hours, language: str) -> list[str]:
    """The usual week, neighbouring days with the same hours together: 星期一至星期五 09:00–12:00、14:00–17:00."""
    names = WEEKDAYS[language]
    to, between = ("–", ", ") if language == "en" else ("至", "、")
    lines = []
    for spans, days in groupby(range(7), key=lambda weekday: tuple(hours.weekly.get(weekday, ()))):
        first, *others = list(days)
        if spans:
            name = names[first] + (f"{to}{names[others[-1]]}" if others else "")
            lines.append(f"{name} {between.join(_span(*span) for span in spans)}")
    return lines


def _span(opens: time, closes: time) -> str:
    return f"{opens:%H:%M}–{closes:%H:%M}"


def _moment(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}"
