"""The officer's desk: who is at my counter, what can be done, who is next."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template

from queue_server.web.context import Context
from queue_server.web.security import needs_role


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("desk", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/desk")
    @needs_role("officer")
    def show_desk() -> str:
        return render_template("desk.html", page="desk")

    return page
