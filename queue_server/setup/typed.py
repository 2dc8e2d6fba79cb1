"""Between a form and the file: a value as the inputs' texts, and what was typed as a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from queue_server.setup.fields import UNSET, Field
from queue_server.setup.service_lists import LISTS, HalfSaid, read_rows, shown_rows

AS_TYPED_ELSEWHERE = str.maketrans("，、；;–—~：", ",,,,---:")


class FieldWrong(Exception):
    """What was typed cannot be read; `code` has words, as the checker's codes have."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def typed_of(field: Field, value: Any) -> dict[str, list[str]]:
    """What a form shows for a value: the inputs' names after the field's own, each with its texts."""
    if value is UNSET:
        value = None
    match field.kind:
        case "both":
            words = value if isinstance(value, Mapping) else {}
            return {".zh": [str(words.get("zh", ""))], ".en": [str(words.get("en", ""))]}
        case "lines":
            return {"": ["\n".join(value or ())]}
        case "services" | "sources" | "many" | "counters" | "people":
            everything = {".all": ["yes"]} if field.may_be_empty and value is None else {}
            return {"": [str(one) for one in value or ()], **everything}
        case "spans":
            return {"": ["，".join("–".join(span) for span in value or ())]}
        case "pairs":
            return {"": ["\n".join(f"{key} = {number}" for key, number in (value or {}).items())]}
        case "place":
            return {"": [_numbers_said(value or ())]}
        case "places":
            return {"": ["\n".join(f"{key} = {_numbers_said(place)}" for key, place in (value or {}).items())]}
        case "table":
            return shown_rows(field.path[-1], value or [])
        case "yes_no":
            return {"": ["yes" if value else "no"]}
        case _:
            return {"": ["" if value is None else f"{value:g}" if isinstance(value, float) else str(value)]}


def read_typed(field: Field, typed: Mapping[str, Sequence[str]]) -> Any:
    """The value a form means; UNSET where nothing is to be written. Raises FieldWrong."""
    texts = [text.strip() for text in typed.get(field.name, ())]
    text = texts[0] if texts else ""
    match field.kind:
        case "both":
            words = {key: (typed.get(f"{field.name}.{key}") or [""])[0].strip() for key in ("zh", "en")}
            return words if any(words.values()) or not field.may_be_empty else UNSET
        case "lines":
            return _lines(typed.get(field.name, [""])[0])
        case "sources":
            return [one for one in texts if one]
        case "services" | "many" | "counters" | "people":
            return UNSET if field.may_be_empty and typed.get(f"{field.name}.all") else [one for one in texts if one]
        case "place":
            return _numbers(text) if text else UNSET
        case "places":
            return _places(typed.get(field.name, [""])[0])
        case "table":
            return _rows(field, typed)
        case "yes_no":
            return text == "yes"
        case "spans":
            return _spans(text)
        case "pairs":
            return _pairs(typed.get(field.name, [""])[0])
    if not text and (field.may_be_empty or field.default is not UNSET):
        return UNSET
    if field.kind == "number":
        return _number(text, whole=field.whole)
    return _date(text) if field.kind == "date" else text


def _numbers_said(numbers: Sequence[float]) -> str:
    return ", ".join(f"{number:g}" for number in numbers)


def _numbers(text: str) -> list[int | float]:
    try:
        return [_number(one.strip(), whole=False) for one in text.replace("，", ",").split(",")]
    except FieldWrong as error:
        raise FieldWrong("not_places") from error


def _places(text: str) -> dict[str, list[int | float]]:
    """A line each, “special = 2, 1, 6, 4”: metres from the upper left corner."""
    places: dict[str, list[int | float]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, numbers = line.replace("＝", "=").partition("=")
        places[name.strip()] = _numbers(numbers)
    return places


def _lines(text: str) -> list[str]:
    """A word a line, or with commas between; each once."""
    for comma in "，、；;,":
        text = text.replace(comma, "\n")
    return list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in text.splitlines()))))


def _rows(field: Field, typed: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    try:
        return read_rows(LISTS[field.path[-1]], field.name, typed)
    except HalfSaid as error:
        raise FieldWrong("string_too_short") from error


def _number(text: str, *, whole: bool) -> int | float:
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise FieldWrong("not_a_number") from error
    if not number.is_finite():
        raise FieldWrong("not_a_number")
    if number == number.to_integral_value():
        return int(number)
    if whole:
        raise FieldWrong("not_whole")
    return float(number)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldWrong("not_a_date") from error


def _spans(text: str) -> list[list[str]]:
    """“09:00–12:00，13:00–17:00”, with whatever comma and dash are at hand."""
    text = text.translate(AS_TYPED_ELSEWHERE)
    spans = [[end.strip().zfill(5) for end in span.split("-")] for span in text.split(",") if span.strip()]
    for ends in spans:
        if len(ends) != 2 or not all(_is_time(end) for end in ends):
            raise FieldWrong("not_spans")
    return spans


def _is_time(text: str) -> bool:
    try:
        time.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("09:00")


def _pairs(text: str) -> dict[str, int]:
    pairs: dict[str, int] = {}
    for line in filter(None, map(str.strip, text.replace("，", "\n").replace(",", "\n").splitlines())):
        name, _, number = line.replace("＝", "=").partition("=")
        if not number.strip().isdigit():
            raise FieldWrong("not_pairs")
        pairs[name.strip()] = int(number)
    return pairs
