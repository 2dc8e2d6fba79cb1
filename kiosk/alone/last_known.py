"""The hall's last answers, told again without what is no longer known; and a plain search in them."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def without_waits(guide: Json) -> Json:
    """A service's page from before: how long each way takes now nobody knows."""
    choices = [choice | {"wait": None} for choice in guide.get("choices", [])]
    return guide | {"choices": choices, "left_today": None, "better_time": None}


def found_in(services: list[Json], query: str) -> list[Json]:
    """Services whose names hold most of the characters that were asked for. The hall's own search knows far more."""
    wanted = set(query.lower()) - set(" ，。？的了我要")
    scored = [(_share(one, wanted), place, one) for place, one in enumerate(services)]
    return [one for share, _, one in sorted(scored, key=lambda found: (-found[0], found[1])) if share >= 0.5][:8]


def _share(service: Json, wanted: set[str]) -> float:
    names = f"{service.get('plain_name', '')}{service.get('official_name', '')}{service.get('hint', '')}".lower()
    return len(wanted & set(names)) / len(wanted) if wanted else 0.0
