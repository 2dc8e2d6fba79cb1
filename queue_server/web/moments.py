"""Moments as staff read them: in the hall's own time."""

from __future__ import annotations

from datetime import datetime

from queue_server.web.context import here


def moment_said(moment: datetime, *, language: str) -> str:
    """With the day where it is not today's."""
    local = here().hall.rules.local(moment)
    return f"{local:%H:%M}" if local.date() == here().today() else f"{local:%Y-%m-%d %H:%M}"
