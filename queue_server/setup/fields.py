"""The fields of a part of the setup, found in its model: what kind each is, its default, what may be written in it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from queue_server.guidance.tools.parameters import Words
from queue_server.hall_file_model import Text
from queue_server.setup.service_lists import LISTS, HalfSaid, read_rows, shown_rows

NAMES = {"zone": "zone", "counter": "counter", "counters": "counters"}
AS_TYPED_ELSEWHERE = str.maketrans("，、；;–—~：", ",,,,---:")
SERVICES = {"services", "prefers", "not_asked_for"}
UNSET = object()  # nothing is written: the default holds


class FieldWrong(Exception):
    """What was typed cannot be read; `code` has words, as the checker's codes have."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: both | text | words | number | yes_no | choice | many | date | spans | pairs | table | services | zone |
    counter | counters. `path` lies within the part. `may_be_empty`: nothing is a value of its own (None), not a gap."""

    path: tuple[str, ...]
    kind: str
    default: Any = UNSET
    options: tuple[str, ...] = ()
    may_be_empty: bool = False
    whole: bool = False  # a number without a fraction

    @property
    def name(self) -> str:
        return ".".join(self.path)


def fields_of(model: type[BaseModel], prefix: tuple[str, ...] = (), defaults: Any = None) -> Iterator[Field]:
    """Those a form can show, parts within the part taken apart. Lists of parts are rows of their own, not fields."""
    for name, info in model.model_fields.items():
        annotation, may_be_empty = bare(info.annotation)
        default = UNSET if info.is_required() else info.default
        if defaults is not None:
            default = getattr(defaults, name, default)
        path = (*prefix, name)
        if inspect.isclass(annotation) and issubclass(annotation, BaseModel) and annotation not in (Text, Words):
            yield from fields_of(annotation, path, default if isinstance(default, BaseModel) else None)
        elif kind := _kind(name, annotation):
            yield Field(path, kind, plain(default), _options(annotation), may_be_empty, annotation is int)


def plain(value: Any) -> Any:
    """A default as a file would say it."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return list(value) if isinstance(value, tuple) else value


def bare(annotation: Any) -> tuple[Any, bool]:
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (UnionType, Union):
        inner = next(one for one in get_args(annotation) if one is not NoneType)
        return bare(inner)[0], True
    return annotation, False


def _kind(name: str, annotation: Any) -> str | None:
    if name in LISTS:
        return "table"
    inner = bare(get_args(annotation)[0])[0] if get_origin(annotation) is list else None
    if annotation in (Text, Words):
        return "both"
    if annotation is bool:
        return "yes_no"
    if annotation in (int, float, Decimal):
        return "number"
    if annotation is date:
        return "date"
    if get_origin(annotation) is Literal or (inspect.isclass(annotation) and issubclass(annotation, StrEnum)):
        return "choice"
    if annotation is str and name in ("zh", "en"):
        return "words"
    if annotation is str:
        return NAMES.get(name, "text")
    if inner is str:
        return "services" if name in SERVICES else NAMES.get(name)
    if get_origin(inner) is Literal:
        return "many"
    if get_origin(inner) is tuple:
        return "spans"
    return "pairs" if name == "of_service" else None


def _options(annotation: Any) -> tuple[str, ...]:
    inner = get_args(annotation)[0] if get_origin(annotation) is list else annotation
    if get_origin(inner) is Literal:
        return get_args(inner)
    is_enum = inspect.isclass(annotation) and issubclass(annotation, StrEnum)
    return tuple(one.value for one in annotation) if is_enum else ()


# --- between a form and the file


def typed_of(field: Field, value: Any) -> dict[str, list[str]]:
    """What a form shows for a value: the inputs' names after the field's own, each with its texts."""
    if value is UNSET:
        value = None
    match field.kind:
        case "both":
            words = value if isinstance(value, Mapping) else {}
            return {".zh": [str(words.get("zh", ""))], ".en": [str(words.get("en", ""))]}
        case "services" | "many" | "counters":
            everything = {".all": ["yes"]} if field.may_be_empty and value is None else {}
            return {"": [str(one) for one in value or ()], **everything}
        case "spans":
            return {"": ["，".join("–".join(span) for span in value or ())]}
        case "pairs":
            return {"": ["\n".join(f"{key} = {number}" for key, number in (value or {}).items())]}
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
        case "services" | "many" | "counters":
            return UNSET if field.may_be_empty and typed.get(f"{field.name}.all") else [one for one in texts if one]
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


def _rows(field: Field, typed: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    try:
        return read_rows(field.path[-1], typed)
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
