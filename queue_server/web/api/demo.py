"""The demo's switch: simulated visitors and officers, and how fast the hall's clock runs."""

from __future__ import annotations

from typing import Literal

from queue_server.web.api.common import Wish, make_api
from queue_server.web.api.shapes import DemoShape
from queue_server.web.context import here
from queue_server.web.errors import ApiError
from queue_server.web.security import address, limit, open_to_all, with_csrf
from queue_server.web.views import Json, clock_view

api = make_api("demo", "The living demo (demo mode only)")


class Switch(Wish):
    running: bool
    speed: Literal[1, 10, 60] = 1


def _only_in_demo_mode() -> None:
    if not here().settings.demo:
        raise ApiError(404, "not_found")


def _view() -> Json:
    context = here()
    return {**context.demo.view(), "clock": clock_view(context.hall.clock, context.hall.rules)}


@api.get("/demo", responses={200: DemoShape})
@open_to_all
def read_demo() -> Json:
    """Whether the simulation runs, and how fast."""
    _only_in_demo_mode()
    return _view()


@api.post("/demo", responses={200: DemoShape})
@open_to_all
@with_csrf
def switch_demo(body: Switch) -> Json:
    """Turn the simulation on or off. Needs no sign-in: it exists in demo mode only."""
    _only_in_demo_mode()
    context = here()
    limit("demo", address(), context.limits.demo_switch)
    context.demo.turn(body.running, body.speed, context.hall.clock)
    context.feed.tell_clock()
    return _view()
