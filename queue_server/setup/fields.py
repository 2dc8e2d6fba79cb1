"""The fields of a part of the setup, found in its model: what kind each is, its default, what may be written in it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from queue_server.guidance.tools.parameters import Words
from queue_server.hall_file_model import Text
from queue_server.setup.service_lists import LISTS

NAMES = {
    "zone": "zone",
    "counter": "counter",
    "counters": "counters",
    "people": "people",
    "keywords": "lines",
    "sources": "sources",
}
SERVICES = {"services", "prefers", "not_asked_for"}
UNSET = object()  # nothing is written: the default holds


@dataclass(frozen=True, slots=True)
class Field:
    """`kind`: both | text | words | lines | number | yes_no | choice | many | date | spans | pairs | place | places |
    table | services | sources | zone | counter | counters | people. `path` lies within the part. `may_be_empty`:
    nothing is a value of its own (None), not a gap."""

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
    if get_origin(annotation) is tuple:
        return "place"
    if get_origin(annotation) is dict and get_origin(bare(get_args(annotation)[1])[0]) is tuple:
        return "places"
    return "pairs" if name == "of_service" else None


def _options(annotation: Any) -> tuple[str, ...]:
    inner = get_args(annotation)[0] if get_origin(annotation) is list else annotation
    if get_origin(inner) is Literal:
        return get_args(inner)
    is_enum = inspect.isclass(annotation) and issubclass(annotation, StrEnum)
    return tuple(one.value for one in annotation) if is_enum else ()
