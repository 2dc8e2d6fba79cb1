"""The start page of a demo: what there is to see and how to try it. Elsewhere `/` leads to one's own page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response

from queue_server.demo.password import DEMO_PASSWORD
from queue_server.demo.profile import LEFT_FREE
from queue_server.domain.hall_day import HallDay
from queue_server.domain.measures import hall_measures
from queue_server.web.context import Context, here
from queue_server.web.errors import ApiError
from queue_server.web.pages.start.start_papers import PAPER_NAME, newest_papers
from queue_server.web.pages.start.start_screens import counter_screen, more_pages, screens, zone_screens
from queue_server.web.security import known, open_to_all
from queue_server.web.static_files import send
from queue_server.web.views import Json, clock_view, said
from queue_server.web.words import reader_language

SPEEDS = (1, 10, 60)
HOME = {"officer": "/desk", "guide": "/guide", "supervisor": "/supervisor", "administrator": "/supervisor"}


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("start", __name__, template_folder=str(Path(__file__).parent))
    page.get("/")(open_to_all(show_start))
    if context.settings.demo:
        page.get("/demo/now")(open_to_all(read_now))
        page.get("/demo/paper/<name>")(open_to_all(show_paper))
    return page


def show_start() -> str | Response:
    context = here()
    if not context.settings.demo:
        someone = known()
        return redirect(HOME.get(someone.role, "/sign-in") if someone else "/sign-in")
    language = reader_language()
    today = context.today()
    return render_template(
        "start.html",
        page="start",
        text=lambda both: said(both, language),
        now=demo_now(context),
        hall_time=context.hall.rules.local(context.hall.clock.now()).strftime("%H:%M"),
        speeds=SPEEDS,
        screens=screens(context),
        zones=[(context.hall_file.zones[zone], address) for zone, address in zone_screens(context)],
        counter=counter_screen(context),
        more=more_pages(),
        past_days=sum(day < today for day in context.hall.days()),
        people=context.hall_file.people,
        free_counter=LEFT_FREE,
        password=DEMO_PASSWORD,
    )


def read_now() -> Json:
    """The few living numbers of the start page."""
    return demo_now(here())


def demo_now(context: Context) -> Json:
    def figures(day: HallDay, at: datetime) -> Json:
        newest = next(reversed(day.tickets), None)
        link = context.progress_links.link(day.day, newest) if newest else None
        sums = hall_measures(day, at)
        return {
            "waiting": sums.waiting,
            "served": sums.served,
            "open_desks": sums.open_desks,
            "counters": sums.counters,
            "newest": {"ticket": newest, "address": f"/p/{link}"} if newest else None,
        }

    return {
        **context.hall.read(figures),
        **context.demo.view(),
        "clock": clock_view(context.hall.clock, context.hall.rules),
        "papers": newest_papers(paper_folder(context)),
    }


def paper_folder(context: Context) -> Path:
    return (context.settings.data / "paper").resolve()


def show_paper(name: str) -> Response:
    if not PAPER_NAME.fullmatch(name):
        raise ApiError(404, "not_found")
    return send(paper_folder(here()), name)
