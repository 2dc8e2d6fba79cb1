"""The supervisor's wall: the hall now, the day so far, and what wants a glance or a hand."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template

from queue_server.web.context import Context
from queue_server.web.security import needs_role


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("supervisor", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/supervisor")
    @needs_role("supervisor")
    def show_supervisor() -> str:
        return render_template("supervisor.html", page="supervisor")

    return page
