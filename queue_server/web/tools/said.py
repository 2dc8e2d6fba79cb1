"""The words that belong to single items of a result: withdrawals, mistakes of order, what an interruption means."""

from __future__ import annotations

from queue_server.guidance.tools.interruption import Meaning
from queue_server.guidance.tools.withdrawal import OrderMistake, Withdrawal
from queue_server.web.context import here
from queue_server.web.tools.asking import Answer
from queue_server.web.views import Json, said
from queue_server.web.words import word


def with_words(told: Json, answer: Answer, language: str) -> Json:
    """Adds to the JSON of a result what people would read beside each item."""
    result = answer.result
    for view, one in zip(told.get("withdrawals", ()), getattr(result, "withdrawals", ()), strict=True):
        view |= {"name": service_name(one.service, language), "words": why_words(one, language)}
    for view, one in zip(told.get("order_mistakes", ()), getattr(result, "order_mistakes", ()), strict=True):
        view["words"] = mistake_words(one, language)
    for view, one in zip(told.get("meanings", ()), getattr(result, "meanings", ()), strict=True):
        view["words"] = meaning_words(one, language)
    return told


def service_name(service: str, language: str) -> str:
    return said(here().hall_file.catalogue.service(service).plain_name, language)


def why_words(one: Withdrawal, language: str) -> str:
    return word(f"tools.why_{one.why}", language, **one.values)


def mistake_words(one: OrderMistake, language: str) -> str:
    return word(f"tools.mistake_{one.name}", language)


def meaning_words(one: Meaning, language: str) -> str:
    return word(f"tools.meaning_{one.name}", language, **one.values)
