"""Results as JSON: amounts as strings with two decimals, rates as plain fractions, all figures used with sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queue_server.guidance.tools.parameters import Basis
from queue_server.web.context import here
from queue_server.web.tools.amounts import plain
from queue_server.web.tools.asking import Answer
from queue_server.web.views import Json
from queue_server.web.words import LANGUAGES, word

LEFT_OUT = frozenset({"basis", "schedule"})


def answer_json(answer: Answer, *, with_schedule: bool) -> Json:
    result = answer.result
    told = {one.name: _json(one.name, getattr(result, one.name)) for one in fields(result) if one.name not in LEFT_OUT}
    told["notice"] = {language: word("tools.estimate", language) for language in LANGUAGES}
    told["confirmed"] = all(basis.confirmed for basis in result.basis)
    told["basis"] = basis_json(result.basis)
    if with_schedule and hasattr(result, "schedule"):
        told["schedule"] = [_json("", row) for row in result.schedule]
    return told


def basis_json(basis: Sequence[Basis]) -> list[Json]:
    return [_basis(one) for one in basis]


def _basis(basis: Basis) -> Json:
    source = here().hall_file.catalogue.sources.get(basis.source)
    return {
        "parameter": basis.parameter,
        "source": basis.source,
        "title": source.title if source else basis.source,
        "confirmed": basis.confirmed,
        "effective_from": basis.effective_from.isoformat() if basis.effective_from else None,
        "effective_until": basis.effective_until.isoformat() if basis.effective_until else None,
    }


def _json(name: str, value: Any) -> Any:
    match value:
        case Basis():
            return _basis(value)
        case Decimal():
            return plain(value) if name.endswith("_rate") else f"{value:.2f}"
        case date():
            return value.isoformat()
        case tuple() if hasattr(value, "_asdict"):
            return {key: _json(key, part) for key, part in value._asdict().items()}
        case tuple() | list():
            return [_json("", part) for part in value]
        case dict():
            return {key: _json(key, part) for key, part in value.items()}
    if is_dataclass(value):
        return {one.name: _json(one.name, getattr(value, one.name)) for one in fields(value)}
    return value
