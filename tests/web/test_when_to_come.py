"""When to come: a public page that says only what is known, and a sentence at the kiosk where it saves much waiting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug.test import TestResponse

from queue_server.foresight.base import Forecast, WaitRange
from queue_server.foresight.best_time.held import HeldTimes
from queue_server.foresight.best_time.keeper import ComingDays
from queue_server.foresight.best_time.outlook import HalfHour, Outlook
from tests.web.web_hall import WebHall

TODAY = date(2026, 11, 23)  # a Monday, half past nine
HELD = HeldTimes(120, 800, 4.2, -0.4, 0.91, 6.0, 14.0)


class Said:
    """What the keeper would say."""

    def __init__(self, days: ComingDays | None) -> None:
        self.days = days

    def said(self) -> ComingDays | None:
        return self.days


class Foretold:
    """Everybody who comes now waits so long."""

    def __init__(self, low: int) -> None:
        self.wait = WaitRange(low, low + 10, False)

    def forecast(self, day: Any, *_: object) -> Forecast:
        return Forecast(zones=dict.fromkeys(day.rules.zones, self.wait))


def coming(web: WebHall, past_days: int = 20, held: HeldTimes = HELD) -> ComingDays:
    """Five days alike but for a calm Wednesday afternoon; on Mondays after four the hall may close first."""
    rules = web.hall.rules
    days = tuple(TODAY + timedelta(days=ahead) for ahead in range(5))
    outlooks = []
    for zone in ("special", "smart"):
        for day in days:
            calm = day.weekday() == 2
            halves = [
                HalfHour(
                    begins, 5, 6.0 if calm and begins >= 900 else 18.0, 30.0, 0.3 if begins >= 990 and not calm else 0
                )
                for begins in range(540, 1020, 30)
            ]
            outlooks.append(Outlook(day, zone, frozenset(rules.services), tuple(halves)))
    return ComingDays(TODAY, days, frozenset(days), past_days, tuple(outlooks), held)


def look(web: WebHall, path: str = "/when", language: str = "zh") -> TestResponse:
    return web.app.test_client().get(f"{path}?lang={language}")


def test_everybody_may_read_when_it_is_emptiest_and_caches_may_keep_it(web: WebHall) -> None:
    web.context.best_times = Said(coming(web))  # type: ignore[assignment]

    answer = look(web)
    page = answer.get_data(as_text=True)

    assert "周三 15:00 以后" in page
    assert "大约等 6 分钟" in page
    assert "±4 分钟" in page
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers
    again = web.app.test_client().get("/when?lang=zh", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    english = look(web, "/when/TQ04", "en").get_data(as_text=True)
    assert "Wed after 15:00" in english
    assert "about 6 min wait" in english


def test_what_has_passed_today_has_no_figure_and_a_late_half_hour_is_marked(web: WebHall) -> None:
    web.context.best_times = Said(coming(web))  # type: ignore[assignment]

    page = look(web).get_data(as_text=True)

    nine, half_past_four = page.split('scope="row">9:00<')[1], page.split('scope="row">16:30<')[1]
    assert nine.split("</td>")[0].count("·") == 1
    assert "✕" in half_past_four.split("</td>")[0]


@pytest.mark.parametrize(
    ("days", "says"),
    [
        (None, "还没有算好"),
        (ComingDays(TODAY, past_days=3), "大厅的记录还太少（3 个工作日）"),
        (ComingDays(TODAY, past_days=12), "这几天还没有可以参考的记录"),
    ],
)
def test_what_is_not_known_is_not_invented(web: WebHall, days: ComingDays | None, says: str) -> None:
    web.context.best_times = Said(days)  # type: ignore[assignment]

    page = look(web).get_data(as_text=True)

    assert says in page
    assert "<table" not in page
    assert "最空：" not in page


def test_without_a_forecaster_the_page_stands_and_an_unknown_service_is_refused(web: WebHall) -> None:
    assert look(web).status_code == 200
    assert look(web, "/when/NO99").status_code == 404
    assert look(web, "/when/TQ04/qr.svg").mimetype == "image/svg+xml"


def test_few_days_are_called_rough_and_an_unchecked_figure_says_so(web: WebHall) -> None:
    web.context.best_times = Said(coming(web, past_days=6, held=HeldTimes(0, 0, *[None] * 5)))  # type: ignore[assignment]

    page = look(web).get_data(as_text=True)

    assert "只有 6 天的记录" in page
    assert "要过几天才能核对" in page


def test_the_kiosk_speaks_of_another_time_only_where_it_saves_much(web: WebHall) -> None:
    web.context.best_times = Said(coming(web))  # type: ignore[assignment]
    kiosk = web.kiosk()

    def sentence(low: int) -> str | None:
        web.context.waits._forecaster = Foretold(low)
        web.context.waits.refresh()
        answer: str | None = kiosk.get("/services/TQ04").json["better_time"]
        return answer

    assert sentence(35) == "这几天最空：周三 15:00 以后，大约等 6 分钟。"
    assert sentence(12) is None
    web.context.best_times = None
    assert sentence(35) is None


def test_the_supervisor_reads_how_it_held(web: WebHall) -> None:
    supervisor = web.signed_in("supervisor")
    assert supervisor.get("/measures").json["told_waits"]["best_times"] is None

    web.context.best_times = Said(coming(web))  # type: ignore[assignment]

    held = supervisor.get("/measures").json["told_waits"]["best_times"]
    assert (held["error_minutes"], held["advised_minutes"], held["otherwise_minutes"]) == (4.2, 6.0, 14.0)
