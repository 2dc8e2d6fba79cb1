"""For whoever watches over the server, and for those who wait for it to start."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from flask import Blueprint

from queue_server.web.context import here
from queue_server.web.views import Json


def health() -> Blueprint:
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Json:
        return {"ok": True, "hall": here().hall_file.id, "version": program_version()}

    return blueprint


def program_version() -> str:
    try:
        return version("xinting")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"
