"""The administrators' pages: what the hall decides about itself, as draft, what would change, publishing and return.

Drawn on the server; works by keyboard and without script. See decision 0030.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint

from queue_server.web.context import Context
from queue_server.web.pages.setup import (
    setup_devices,
    setup_parts,
    setup_people,
    setup_printers,
    setup_publish,
    setup_screen_files,
)

HERE = Path(__file__).parent


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("setup", __name__, template_folder=str(HERE))
    setup_publish.add_to(page)
    setup_devices.add_to(page)
    setup_screen_files.add_to(page)
    setup_printers.add_to(page)
    setup_people.add_to(page)
    setup_parts.add_to(page)
    return page
