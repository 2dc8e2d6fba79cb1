"""Every setting the code knows, with its default as docs/settings.md writes it."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel

from queue_server.guidance.tools.parameters import FundRules, Sourced, Words
from queue_server.hall_file_model import HallFileModel, Text
from queue_server.settings import DEPLOY, Settings

REQUIRED = "required"


def environment_settings() -> dict[str, str]:
    """XINTING_NAME → default."""
    return {f"XINTING_{name.upper()}": written(field.default) for name, field in Settings.model_fields.items()}


def hall_file_settings() -> dict[str, str]:
    """`limits.recall_after_seconds` → default; lists of tables as `counters[].id`."""
    return dict(_fields_of(HallFileModel, HallFileModel.model_construct(), ""))


def fund_file_settings() -> dict[str, str]:
    """The same for the centre's figures, without what every part of theirs has; a part with no figure of its own by its
    name."""
    found: dict[str, str] = {}
    for name, default in _fields_of(FundRules, None, ""):
        part, _, own = name.rpartition(".")
        if own in Sourced.model_fields:
            found.setdefault(part, REQUIRED)
        else:
            found[name] = default
    with_figures = {name.rpartition(".")[0] for name in found}
    return {name: default for name, default in found.items() if name not in with_figures}


def _fields_of(model: type[BaseModel], default: object, prefix: str) -> list[tuple[str, str]]:
    found = []
    for name, field in model.model_fields.items():
        part, is_list = _part_in(field.annotation)
        here = REQUIRED if field.is_required() else written(getattr(default, name, field.default))
        if part is None or part in (Text, Words):
            found.append((f"{prefix}{name}{'[]' if part and is_list else ''}", here))
        elif is_list:
            found += _fields_of(part, None, f"{prefix}{name}[].")
        else:
            inner = None if field.is_required() else getattr(default, name, field.default)
            found += _fields_of(part, inner, f"{prefix}{name}.")
    return found


def _part_in(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The part of the file that a field holds, and whether it holds a list of them."""
    if get_origin(annotation) is Annotated:
        return _part_in(get_args(annotation)[0])
    if get_origin(annotation) is list:
        return _part_in(get_args(annotation)[0])[0], True
    if isinstance(annotation, UnionType):
        return _part_in(next(one for one in get_args(annotation) if one is not NoneType))
    is_part = inspect.isclass(annotation) and issubclass(annotation, BaseModel)
    return (annotation if is_part else None), False


def written(value: object) -> str:
    """As the page shows a default."""
    match value:
        case None | "" | [] | {}:
            return "empty"
        case bool():
            return "yes" if value else "no"
        case Path() if value.is_relative_to(DEPLOY):
            return f"`deploy/{value.relative_to(DEPLOY)}`"
        case str() | Path():
            return f"`{value}`"
        case list():
            return ", ".join(f"`{one}`" for one in value)
        case float() if value.is_integer():
            return str(int(value))
    return str(value)
