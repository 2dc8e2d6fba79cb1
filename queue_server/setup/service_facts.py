"""What a form says of a service must hold together before it goes into the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from queue_server.setup.fields import UNSET

MAY_BE_NONE = frozenset({"effective_date", "effective_until", "coaching.note"})


def facts_wrong(wanted: Mapping[str, Any], defaults: Mapping[str, Any], confirming: Collection[str]) -> dict[str, str]:
    """The code of what is wrong, by field. `confirming`: the sources that can confirm a service; `defaults`: what the
    catalogue says where `wanted` is UNSET."""
    said = {name: defaults.get(name) if value is UNSET else value for name, value in wanted.items()}
    wrong = {name: "string_too_short" for name, value in said.items() if _is_half(value)}
    if said["coaching.possible"] and not said["coaching.channels"]:
        wrong["coaching.channels"] = "no_channel"
    since, until = said["effective_date"], said["effective_until"]
    if since and until and until < since:
        wrong["effective_until"] = "until_before"
    sources = said["sources"]
    if not sources:
        wrong["sources"] = "no_source"
    elif (
        said["confirmed_by_centre"] and set(sources) != set(defaults["sources"]) and not set(sources) & set(confirming)
    ):
        wrong["confirmed_by_centre"] = "cannot_confirm"
    return wrong


def _is_half(value: Any) -> bool:
    """Words in one language only."""
    return isinstance(value, Mapping) and set(value) == {"zh", "en"} and not (value["zh"] and value["en"])
