"""A day watched again: the film's own page, and the hall's screens inside it."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, abort, render_template

from queue_server.web.context import Context
from queue_server.web.pages.supervisor.supervisor import SCREEN_WIDTH_MM
from queue_server.web.security import needs_role


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("film_page", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/supervisor/film")
    @needs_role("supervisor")
    def show_film() -> str:
        return render_template("film.html", page="film")

    @page.get("/supervisor/film/hall")
    @needs_role("supervisor")
    def show_hall_screen() -> str:
        return render_template("film_hall.html", page="hall", lang="zh")

    @page.get("/supervisor/film/wall")
    @needs_role("supervisor")
    def show_wall_screen() -> str:
        return render_template("film_wall.html", page="supervisor-wall", width_mm=SCREEN_WIDTH_MM)

    @page.get("/supervisor/film/zone/<zone>")
    @needs_role("supervisor")
    def show_zone_screen(zone: str) -> str:
        if zone not in context.hall.rules.zones:
            abort(404)
        return render_template("film_zone.html", page="zone", lang="zh", zone=zone)

    @page.get("/supervisor/film/counter/<counter>")
    @needs_role("supervisor")
    def show_counter_screen(counter: str) -> str:
        if counter not in context.hall.rules.counters:
            abort(404)
        return render_template("film_counter.html", page="counter", lang="zh", counter=counter)

    return page
