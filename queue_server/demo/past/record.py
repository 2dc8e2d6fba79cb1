"""A past for the demo hall: what learns from days gone by has some to learn from, and history has something to show.

Made up, as everything in the demo; but nothing stands in the log that the hall's own rules did not decide.
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from random import Random

from queue_server.data_folder import alone_in
from queue_server.demo.past.demo_day import PastDemoDay
from queue_server.demo.past.lived_day import WEEKDAYS
from queue_server.demo.profile import VISITS_A_DAY
from queue_server.demo.start_time import demo_start
from queue_server.domain.hall_day import HallDay
from queue_server.domain.rules import HallRules
from queue_server.foresight.queue_work import QueueWork
from queue_server.hall_file import HallFile, read_hall_file
from queue_server.reports.wait_ledger import FILE as WAITS_FILE
from queue_server.reports.wait_ledger import WaitLedger
from queue_server.settings import Settings
from queue_server.stores.opening import open_log

LOOK_BACK = timedelta(days=60)


def give_a_past(settings: Settings, days: int, now: datetime | None = None) -> int:
    """Live the `days` open days before the demo's first one, if its folder holds no day yet; how many were lived.

    The same days give the same past. Raises HallFileError, StorageTrouble.
    """
    hall_file = read_hall_file(settings.hall_file)
    rules = hall_file.rules
    with alone_in(settings.data), closing(open_log(settings.data, "")) as log:
        if log.days(rules.hall):
            return 0
        first = rules.day_of(demo_start(rules, now or datetime.now(UTC), None, None))
        with closing(WaitLedger(settings.data / WAITS_FILE)) as ledger:
            lived = _lived(rules, open_days_before(rules, first, days), _officers(hall_file))
            for day in lived:
                log.append(rules.hall, day.state.day, day.events, after=0)
                for shown in day.told:
                    ledger.note(shown)
    return len(lived)


def open_days_before(rules: HallRules, day: date, many: int) -> list[date]:
    """The last `many` days before `day` on which the hall was open, the first one first."""
    found: list[date] = []
    earlier = day
    while len(found) < many and day - earlier < LOOK_BACK:
        earlier -= timedelta(days=1)
        if rules.hours.of(earlier):
            found.append(earlier)
    return found[::-1]


def _lived(rules: HallRules, days: list[date], officers: dict[str, str]) -> list[PastDemoDay]:
    lived: list[PastDemoDay] = []
    past: list[HallDay] = []
    forecaster = QueueWork(lambda _: past)
    for day in days:
        one = PastDemoDay(rules, day, Random(f"past/{day}"), officers, forecaster)
        one.lived(VISITS_A_DAY * WEEKDAYS[day.weekday() % len(WEEKDAYS)])
        lived.append(one)
        past.append(one.state)
    return lived


def _officers(hall_file: HallFile) -> dict[str, str]:
    return {one.counter: one.id for one in hall_file.people if one.counter}
