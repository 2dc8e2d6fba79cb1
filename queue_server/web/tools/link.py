"""The address that a result is: only what was typed, in the order of the fields, nothing empty."""

from __future__ import annotations

import re
from decimal import Decimal
from urllib.parse import urlencode

from queue_server.guidance.tools.inputs import Field, InputsWrong, read_field, tidy
from queue_server.guidance.tools.parameters import FundRules
from queue_server.guidance.tools.toolbox import Tool
from queue_server.web.tools.amounts import plain
from queue_server.web.tools.asking import Raw, fund

PLAIN_PERCENT = re.compile(r"\d{1,2}(\.\d{1,4})?")
LEAST_PERCENT = Decimal("0.2")  # nobody lends at 20 % a year, nor at 0.2 %: a bare 2.6 is meant in percent


def tidied(tool: Tool, raw: Raw, rules: FundRules | None) -> dict[str, list[str]]:
    """As people type it, made as programs write it: a bare 2.6 for a rate is 2.6%."""
    rates = {field.name for field in tool.fields(rules) if field.kind == "rate"}
    return {name: [_percent(text) if name in rates else text for text in texts] for name, texts in raw.items()}


def _percent(text: str) -> str:
    clean = tidy(text)
    if PLAIN_PERCENT.fullmatch(clean) and Decimal(clean) >= LEAST_PERCENT:
        return f"{clean}%"
    return text


def link_of(base: str, tool: Tool, raw: Raw) -> str:
    fields = tool.fields(fund())
    query = [(one.name, _shortest(one, tidy(text))) for one in fields for text in raw.get(one.name, ()) if tidy(text)]
    return f"{base}/tools/{tool.name}" + (f"?{urlencode(query)}" if query else "")


def _shortest(field: Field, text: str) -> str:
    """70万 as 700000: nothing that an address must write in three signs a letter."""
    if field.kind not in {"money", "months", "count", "rate"}:
        return text
    try:
        value = read_field(field, [text])
    except InputsWrong:
        return text
    return plain(Decimal(value))
