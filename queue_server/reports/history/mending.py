"""How bad experiences of a span were mended, read from the repairs' own file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from queue_server.domain.repairs import RepairFigures, repair_figures
from queue_server.stores.repairs import FILE, Repairs


def mended_between(data: Path, hall: str, first: date, last: date, at: datetime) -> RepairFigures | None:
    """None where no server has kept any yet."""
    if not (data / FILE).exists():
        return None
    repairs = Repairs(data / FILE, hall)
    try:
        return repair_figures(repairs.between(first, last), at)
    finally:
        repairs.close()
