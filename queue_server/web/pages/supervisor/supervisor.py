"""The supervisor's wall: the hall now, the day so far, and what wants a glance or a hand."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template, request

from queue_server.web.context import Context
from queue_server.web.security import known, needs_device, needs_role

SCREEN_WIDTH_MM = 1210  # a picture of 55 inches, 16 : 9; another by ?width_mm=


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("supervisor", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/supervisor")
    @needs_role("supervisor")
    def show_supervisor() -> str:
        return render_template("supervisor.html", page="supervisor")

    @page.get("/supervisor/wall")
    @needs_role("supervisor")
    @needs_device("wall")
    def show_wall() -> str:
        """Read from five metres by whoever passes; nothing on it has to be touched. A screen let in as a wall needs
        nobody to be signed in."""
        someone = known()
        device = someone.role if someone and not someone.is_staff else ""
        width = request.args.get("width_mm", "")
        width_mm = int(width) if width.isdigit() and 300 <= int(width) <= 6000 else SCREEN_WIDTH_MM
        return render_template("supervisor_wall.html", page="supervisor-wall", device=device, width_mm=width_mm)

    return page
