"""What people type, read with goodwill: full-width digits, commas, 万, 年, %. What cannot be meant is told by name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Kind = Literal["money", "months", "count", "rate", "choice", "many", "day"]
LONGEST_TEXT = 40
NUMBER = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?", re.ASCII)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", re.ASCII)
MOST_MONEY = Decimal(100_000_000)
MOST_RATE = Decimal("0.15")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a tool asks. Money is in yuan, a rate a fraction of one a year (0.026), a span in months."""

    name: str
    kind: Kind
    required: bool = True
    low: Decimal | int = 0
    high: Decimal | int = MOST_MONEY
    choices: tuple[str, ...] = ()
    otherwise: Any = None  # the value when nothing is said


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a field cannot be read; `code` has its words, `values` fill them."""

    field: str
    code: str
    values: Mapping[str, Any] = made(default_factory=dict)


class InputsWrong(Exception):
    """Everything found wrong, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(", ".join(f"{problem.field}: {problem.code}" for problem in problems))


def wrong(name: str, code: str, **values: Any) -> InputsWrong:
    return InputsWrong([Problem(name, code, values)])


def money(name: str, *, low: int = 0, high: int = 100_000_000, required: bool = True) -> Field:
    return Field(name, "money", required, low, high)


def months(name: str, *, low: int = 1, high: int = 360, required: bool = True) -> Field:
    return Field(name, "months", required, low, high)


def count(name: str, *, low: int = 0, high: int, required: bool = True, otherwise: int | None = None) -> Field:
    return Field(name, "count", required, low, high, otherwise=otherwise)


def rate(name: str, *, required: bool = False) -> Field:
    return Field(name, "rate", required, 0, MOST_RATE)


def choice(name: str, *choices: str, otherwise: str | None = None) -> Field:
    return Field(name, "choice", otherwise is None, choices=choices, otherwise=otherwise)


def many(name: str, *choices: str) -> Field:
    """Any number of these, also none."""
    return Field(name, "many", required=False, choices=choices, otherwise=())


def day(name: str) -> Field:
    return Field(name, "day", required=False)


def read_inputs(fields: Sequence[Field], raw: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Every field's value by its name; what was left empty is its `otherwise`. Raises InputsWrong."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for one in fields:
        try:
            values[one.name] = read_field(one, [clean for text in raw.get(one.name, ()) if (clean := tidy(text))])
        except InputsWrong as error:
            problems += error.problems
    if problems:
        raise InputsWrong(problems)
    return values


def tidy(text: str) -> str:
    """Full-width signs become the usual ones (１２３ → 123, ，→ ,); blanks go."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def read_field(one: Field, texts: Sequence[str]) -> Any:
    if not texts:
        if one.required:
            raise wrong(one.name, "empty")
        return one.otherwise
    if one.kind == "many":
        return _many(one, texts)
    if len(texts) > 1:
        raise wrong(one.name, "twice")
    text = texts[0]
    if len(text) > LONGEST_TEXT:
        raise wrong(one.name, "too_long", longest=LONGEST_TEXT)
    return READERS[one.kind](one, text)


def _many(one: Field, texts: Sequence[str]) -> tuple[str, ...]:
    asked = [name for text in texts for name in text.split(",") if name]
    if any(name not in one.choices for name in asked):
        raise wrong(one.name, "not_a_choice", choices=", ".join(one.choices))
    return tuple(name for name in one.choices if name in asked)


def _choice(one: Field, text: str) -> str:
    if text not in one.choices:
        raise wrong(one.name, "not_a_choice", choices=", ".join(one.choices))
    return text


def _number(one: Field, text: str, code: str) -> Decimal:
    """A plain number, minus signs told apart from nonsense."""
    if text.startswith(("-", "−", "–")):
        raise wrong(one.name, "negative")
    if not (found := NUMBER.fullmatch(text.removeprefix("+"))):
        raise wrong(one.name, code)
    return Decimal(found[1].replace(",", "") + "." + (found[2] or "0"))


def _money(one: Field, text: str) -> Decimal:
    text = text.removeprefix("¥").removeprefix("¥").removesuffix("元")
    times = 1
    for unit, worth in (("万", 10_000), ("亿", 100_000_000)):
        if text.endswith(unit):
            text, times = text.removesuffix(unit), worth
    amount = _number(one, text, "not_money") * times
    if amount != amount.quantize(Decimal("0.01")) if amount < 10**20 else False:
        raise wrong(one.name, "finer_than_cents")
    return _within(one, amount)


def _months(one: Field, text: str) -> int:
    times = 1
    for unit, worth in (("个月", 1), ("月", 1), ("年", 12), ("期", 1)):
        if text.endswith(unit):
            text, times = text.removesuffix(unit), worth
            break
    return int(_within(one, _whole(one, text, "not_months") * times))


def _count(one: Field, text: str) -> int:
    return int(_within(one, _whole(one, text, "not_count")))


def _whole(one: Field, text: str, code: str) -> Decimal:
    number = _number(one, text, code)
    if number != number.to_integral_value():
        raise wrong(one.name, "not_whole")
    return number


def _rate(one: Field, text: str) -> Decimal:
    is_percent = text.endswith("%")
    number = _number(one, text.removesuffix("%"), "not_rate")
    value = number / 100 if is_percent else number
    if value > one.high:
        raise wrong(one.name, "rate_too_large", most=f"{Decimal(one.high) * 100:f}".rstrip("0").rstrip("."))
    if value != value.quantize(Decimal("0.000001")):
        raise wrong(one.name, "rate_too_fine")
    return value


def _day(one: Field, text: str) -> date:
    if not (found := DAY.fullmatch(text)):
        raise wrong(one.name, "not_day")
    year, month, number = (int(part) for part in found.groups())
    try:
        value = date(year, month, number)
    except ValueError as error:
        raise wrong(one.name, "no_such_day") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise wrong(one.name, "day_out_of_range", low=FIRST_YEAR, high=LAST_YEAR)
    return value


def _within(one: Field, value: Decimal) -> Decimal:
    if value < one.low:
        raise wrong(one.name, "too_small", low=one.low)
    if value > one.high:
        raise wrong(one.name, "too_large", high=one.high)
    return value


READERS = {"money": _money, "months": _months, "count": _count, "rate": _rate, "choice": _choice, "day": _day}
