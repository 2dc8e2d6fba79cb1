"""The chart's next two hours: worked out beside the hall, shown while they are fresh and worth it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.foresight.ahead import Ahead, AheadJob, look_ahead
from queue_server.foresight.monte_carlo import MonteCarlo
from queue_server.web.ahead_keeper import AheadKeeper
from tests.foresight.test_what_if import habits
from tests.web.web_hall import WebHall


class Simulation:
    """In place of the process: works the job out at once."""

    def work_out(self, job: AheadJob, within_seconds: float) -> Ahead:
        return look_ahead(job)


def test_the_chart_gets_it_while_it_is_fresh_and_only_where_days_were_lived(
    web: WebHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    simulation = MonteCarlo(Simulation())  # type: ignore[arg-type]
    keeper = AheadKeeper(web.hall, simulation)
    for _ in range(12):
        web.a_visitor_takes_a_number()
    keeper.look()
    assert web.hall.read(keeper.view) == {"times": [], "zones": {}}  # the first day: who will come is unknown

    known = web.hall.read(lambda day, at: replace(habits(day), days=3, per_minute={}))
    monkeypatch.setattr(simulation, "learn", lambda day: known)
    keeper.look()
    shown = web.hall.read(keeper.view)
    assert shown["zones"]["special"]["p50"][0] == 12
    assert set(shown["zones"]) == {"special"}
    web.clock.forward(minutes=6)
    assert web.hall.read(keeper.view)["zones"] == {}
