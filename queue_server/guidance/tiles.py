"""The tiles of the kiosk's home: few, in the visitor's words, and together leading to every service."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from queue_server.guidance.catalogue import Bilingual, Catalogue, CatalogueError, ServiceGuide
from queue_server.guidance.guide_reader import read_bilingual

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Tile:
    id: str
    title: Bilingual
    hint: Bilingual
    services: tuple[ServiceGuide, ...]  # in the order to show them


def load_usual(catalogue: Catalogue) -> tuple[ServiceGuide, ...]:
    """What people often come for, where the day itself cannot say yet. Our choice, not a count."""
    return _services(catalogue, _raw()["usual"], "usual")


def _raw() -> Any:
    return json.loads((files("queue_server.guidance") / "tiles.json").read_text(encoding="utf-8"))


def load_tiles(catalogue: Catalogue) -> tuple[Tile, ...]:
    """Raises CatalogueError when a tile names a service that the catalogue does not have."""
    raw = _raw()
    return tuple(
        Tile(
            tile["id"],
            read_bilingual(tile["title"], f"tile {tile['id']}.title"),
            read_bilingual(tile["hint"], f"tile {tile['id']}.hint"),
            _services(catalogue, tile["services"], tile["id"]),
        )
        for tile in raw["tiles"]
    )


def _services(catalogue: Catalogue, ids: list[str] | str, tile: str) -> tuple[ServiceGuide, ...]:
    if ids == EVERYTHING:
        return catalogue.services
    if unknown := [service for service in ids if service not in catalogue]:
        raise CatalogueError(f"tile {tile}: unknown service {', '.join(unknown)}")
    return tuple(catalogue.service(service) for service in ids)
