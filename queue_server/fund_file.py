"""The centre's figures for the tools: `<hall>.fund.toml` beside the hall's file, checked as loudly as that is."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from queue_server.guidance.tools.parameters import FundRules, Sourced
from queue_server.hall_file_faults import Fault, HallFileError, contradiction, not_toml, shape_wrong
from queue_server.hall_file_lines import line_of

Path_ = tuple[str | int, ...]


def fund_file_of(hall_file: Path) -> Path:
    """lanzhou.toml → lanzhou.fund.toml"""
    return hall_file.with_name(f"{hall_file.stem}.fund.toml")


def fund_text_of(path: Path) -> str | None:
    """The file's words; None when there is no such file: tools that need figures then say so."""
    if not path.exists():
        return None
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise HallFileError(path, [Fault(None, f"cannot be read: {error}")]) from error


def fund_of_text(path: Path, text: str, sources: Collection[str]) -> FundRules:
    """Raises HallFileError with all faults."""
    try:
        plain = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise HallFileError(path, [not_toml(error)]) from error
    try:
        rules = FundRules.model_validate(plain)
    except ValidationError as error:
        raise HallFileError(
            path, [shape_wrong(line_of(text, one["loc"]), dict(one)) for one in error.errors()]
        ) from error
    if wrong := [contradiction(line_of(text, loc), loc, what) for loc, what in contradictions(rules, sources)]:
        raise HallFileError(path, wrong)
    return rules


def read_fund_file(path: Path, sources: Collection[str]) -> FundRules | None:
    """The figures; None when there is no such file. Raises HallFileError with all faults."""
    text = fund_text_of(path)
    return None if text is None else fund_of_text(path, text, sources)


def contradictions(rules: FundRules, sources: Collection[str]) -> Iterator[tuple[Path_, str]]:
    """What no line shows alone: sources that nobody knows, names and first days that stand twice."""
    for loc, part in sourced_parts(rules):
        if part.source not in sources:
            yield (*loc, "source"), f"no source {part.source!r} in the catalogue; CENTRE is what the centre itself gave"
    for table, rows in (("uplifts", rules.uplifts), ("price_shares", rules.price_shares)):
        ids = [row.id for row in rows]  # type: ignore[attr-defined]
        yield from (((table, i, "id"), f"{name!r} stands twice") for i, name in enumerate(ids) if name in ids[:i])
    for table, dated in (("loan_rates", rules.loan_rates), ("loan_limits", rules.loan_limits)):
        days = [row.effective_from for row in dated]  # type: ignore[attr-defined]
        for i, day in enumerate(days):
            if day in days[:i]:
                yield (table, i, "effective_from"), f"two blocks begin on {day or 'no day'}"


def sourced_parts(part: Any, loc: Path_ = ()) -> Iterator[tuple[Path_, Sourced]]:
    """Every part of the file that has a source, with the way to it."""
    if isinstance(part, list):
        for i, one in enumerate(part):
            yield from sourced_parts(one, (*loc, i))
        return
    if isinstance(part, Sourced):
        yield loc, part
    for name in getattr(type(part), "model_fields", {}):
        value = getattr(part, name)
        if isinstance(value, list) or hasattr(type(value), "model_fields"):
            yield from sourced_parts(value, (*loc, name))
