"""The paper of a promise: what an agent is given to print. Pure but for the hall's file, which the caller hands in."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from queue_server.guidance.notices import is_confirmed
from queue_server.web.papers import PaperJob
from queue_server.web.views import Json, said

if TYPE_CHECKING:
    from queue_server.web.context import Context

WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def promise_job_view(job: PaperJob, context: Context) -> Json:
    promise = job.promise
    assert promise is not None
    file, language = context.hall_file, promise.language
    guide = file.catalogue.service(promise.service)
    rules = context.hall.rules
    needed = [one for one in guide.materials if one.is_always_needed]
    day = date.fromisoformat(promise.day)
    spans = rules.hours.weekly.get(day.weekday(), ())
    return {
        "job": job.id,
        "printer": job.printer,
        "reprint": False,
        "requested_at": job.asked_at.isoformat(),
        "promise": {
            "code": promise.booking,
            "hall": f"{said(file.centre, language)} {said(file.name, language)}",
            "service": said(guide.official_name, language),
            "date": written_date(day, language),
            "time": f"{spans[0][0]:%H:%M}" if spans else "",
            "given": _moment(rules.local(job.asked_at)),
            "materials": [said(one.name, language) for one in needed if one.code not in promise.missing],
            "missing": [said(one.name, language) for one in guide.materials if one.code in promise.missing],
            "confirmed": is_confirmed(guide),
            "language": language,
            "simulated": context.settings.demo,
            "large_print": promise.large_print,
        },
    }


def written_date(day: date, language: str) -> str:
    """As people say it, with the weekday: 11月24日 星期二, Tuesday 24 November."""
    weekday = WEEKDAYS[language][day.weekday()]
    return f"{weekday} {day.day} {day:%B}" if language == "en" else f"{day.month}月{day.day}日 {weekday}"


def _moment(local: datetime) -> str:
    return f"{local:%Y-%m-%d %H:%M}"
