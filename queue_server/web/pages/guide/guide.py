"""The guide's tablet: everyone in the hall, and where each should go."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template

from queue_server.web.context import Context
from queue_server.web.security import needs_role


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("guide", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/guide")
    @needs_role("guide", "supervisor")
    def show_guide() -> str:
        return render_template("guide.html", page="guide")

    return page
