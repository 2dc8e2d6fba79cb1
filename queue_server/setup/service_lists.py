"""What a service's page edits as rows: papers, risks, common mistakes, online channels. Between the form and the file.

A row that was only read keeps its source; what a hall writes itself has the centre as its source.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queue_server.guidance.guide_reader import CENTRE

Flat = dict[str, str]  # a row as the form has it: texts by column
Raw = dict[str, Any]  # a row as the catalogue has it
EMPTY_ROWS = 2  # to write in; more come with every keeping


class HalfSaid(Exception):
    """Words in one language only."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    options: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ListShape:
    columns: tuple[Column, ...]
    flat: Callable[[Mapping[str, Any]], Flat]
    raw: Callable[[Flat, str], Raw]  # with a code for a new row
    said: tuple[str, ...] = ("zh", "en")  # without any of these a row is empty


def _both(raw: Mapping[str, Any], *more: str) -> Flat:
    return {name: str(raw.get(name) or "") for name in (*more, "zh", "en")}


def _words(row: Flat) -> Raw:
    return {"zh": row["zh"], "en": row["en"]}


def _paper_flat(raw: Mapping[str, Any]) -> Flat:
    when, note = raw.get("when") or {}, raw.get("note") or {}
    return {
        **{"code": str(raw.get("code", "")), "required": str(raw.get("required", "must"))},
        **{"zh": str(raw["name"].get("zh", "")), "en": str(raw["name"].get("en", ""))},
        **{"when_zh": str(when.get("zh", "")), "when_en": str(when.get("en", ""))},
        **{"note_zh": str(note.get("zh", "")), "note_en": str(note.get("en", ""))},
    }


def _paper_raw(row: Flat, code: str) -> Raw:
    extra = {name: {"zh": row[f"{name}_zh"], "en": row[f"{name}_en"]} for name in ("when", "note")}
    said = {name: words for name, words in extra.items() if any(words.values())}
    return {"code": row["code"] or f"M-OWN-{code}", "name": _words(row), "required": row["required"] or "must", **said}


LISTS: dict[str, ListShape] = {
    "materials": ListShape(
        (
            *(Column("zh"), Column("en"), Column("required", ("must", "if"))),
            *(Column("when_zh"), Column("when_en"), Column("note_zh"), Column("note_en"), Column("code", hidden=True)),
        ),
        _paper_flat,
        _paper_raw,
    ),
    "risk_notices": ListShape(
        (Column("zh"), Column("en"), Column("step", ("start", "end")), Column("code", hidden=True)),
        lambda raw: _both(raw, "code", "step"),
        lambda row, code: {
            **{"code": row["code"] or f"own-{code}", "step": row["step"] or "start"},
            **_words(row),
            "source": CENTRE,
        },
    ),
    "common_mistakes": ListShape(
        (Column("zh"), Column("en")), _both, lambda row, code: {**_words(row), "source": CENTRE}
    ),
    "channels": ListShape((Column("zh"), Column("en")), _both, lambda row, code: _words(row)),
}


def shown_rows(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The inputs of the form, by `.row.column`, with some empty rows behind."""
    shape = LISTS[name]
    flat = [shape.flat(raw) for raw in rows] + [{}] * EMPTY_ROWS
    return {
        f".{place}.{column.name}": [row.get(column.name, "")]
        for place, row in enumerate(flat)
        for column in shape.columns
    }


def read_rows(shape: ListShape, name: str, typed: Mapping[str, Sequence[str]]) -> list[Flat]:
    """As typed in the inputs `name.row.column`, without the rows that say nothing. Raises HalfSaid where one language
    lacks."""
    rows: list[Flat] = []
    place = 0
    while any(f"{name}.{place}.{column.name}" in typed for column in shape.columns):
        row = {
            column.name: " ".join((typed.get(f"{name}.{place}.{column.name}") or [""])[0].split())
            for column in shape.columns
        }
        if any(row[column] for column in shape.said):
            _check_both(row)
            rows.append(row)
        place += 1
    return rows


def _check_both(row: Flat) -> None:
    for zh in (name for name in row if name.endswith("zh")):
        if bool(row[zh]) != bool(row[f"{zh[:-2]}en"]):
            raise HalfSaid


def written_rows(name: str, rows: Sequence[Flat], known: Sequence[Raw]) -> list[Raw]:
    """As the file says it. `known`: the rows of before, of the hall and of the catalogue, which keep what they had."""
    shape = LISTS[name]
    by_look = {tuple(sorted(shape.flat(raw).items())): raw for raw in reversed(known)}
    taken = {str(raw.get("code")) for raw in known}
    written: list[Raw] = []
    for row in rows:
        same = by_look.get(tuple(sorted(row.items())))
        raw = same if same else shape.raw(row, _free_code(taken))
        written.append(without_nothing(raw))
        taken.add(str(written[-1].get("code")))
    return written


def without_nothing(raw: Mapping[str, Any]) -> Raw:
    """TOML knows no nothing."""
    return {name: value for name, value in raw.items() if value is not None}


def _free_code(taken: set[str]) -> str:
    return next(str(n) for n in range(1, 1000) if not {f"M-OWN-{n}", f"own-{n}"} & taken)
