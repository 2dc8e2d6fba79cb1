"""The staffing plan: how many desks the days to come need, half hour by half hour."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template

from queue_server.web.context import Context
from queue_server.web.security import needs_role


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("staffing_page", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/staffing")
    @needs_role("supervisor")
    def show_staffing() -> str:
        return render_template("staffing.html", page="staffing")

    return page
