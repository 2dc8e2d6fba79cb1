"""The reasons of an explained order in the reader's words, with the hall's own time on them."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain.explain import Reason
from queue_server.domain.rules import HallRules
from queue_server.web.words import word


def reason_words(reason: Reason, language: str, rules: HallRules) -> str:
    """One sentence. Figures without needless decimals; moments as the clock in the hall shows them."""
    values = {name: value_said(name, value, rules) for name, value in reason.details.items()}
    if "class" in reason.details:
        values["class"] = word(f"order.class.{reason.details['class']}", language)
    if "rule" in reason.details:
        values["rule"] = word(f"order.rule.{reason.details['rule']}", language)
    return word(f"order.{reason.code}", language, **values)


def value_said(name: str, value: object, rules: HallRules) -> object:
    if name == "at" and isinstance(value, str):
        return rules.local(datetime.fromisoformat(value)).strftime("%H:%M")
    return f"{value:g}" if isinstance(value, float) else value
