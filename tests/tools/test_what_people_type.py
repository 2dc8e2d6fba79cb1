"""Read with goodwill where the meaning is plain; refused by name where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.guidance.tools.inputs import InputsWrong, Problem
from queue_server.guidance.tools.toolbox import TOOLS, Tool
from tests.tools.answering import TODAY, answer, problems, rules

LOAN = {"principal": "700000", "months": "360", "annual_rate": "0.026"}


@pytest.mark.parametrize(
    "typed", ["700000", "７０００００", "700,000.00", "70万", "７０万元", "¥700,000", " 70 万 ", "700000."]
)
def test_one_amount_in_many_spellings(typed: str) -> None:
    assert answer("repayment", **{**LOAN, "principal": typed}).first_payment == Decimal("2802.38")


@pytest.mark.parametrize("typed", ["360", "３６０", "30年", "360个月", "360期"])
def test_one_term_in_many_spellings(typed: str) -> None:
    assert answer("repayment", **{**LOAN, "months": typed}).months == 360


@pytest.mark.parametrize("typed", ["0.026", "2.6%", "２．６％", "0.0260"])
def test_one_rate_in_many_spellings(typed: str) -> None:
    assert answer("repayment", **{**LOAN, "annual_rate": typed}).annual_rate == Decimal("0.026")


@pytest.mark.parametrize(
    ("field", "typed", "code"),
    [
        ("principal", "", "empty"),
        ("principal", "   ", "empty"),
        ("principal", "-700000", "negative"),
        ("principal", "－５", "negative"),
        ("principal", "700000.005", "finer_than_cents"),
        ("principal", "70.0000001万", "finer_than_cents"),
        ("principal", "9" * 15, "too_large"),
        ("principal", "9" * 39, "too_large"),
        ("principal", "9" * 400, "too_long"),
        ("principal", "10亿", "too_large"),
        ("principal", "1", "too_small"),
        ("principal", "七十万", "not_money"),
        ("principal", "7,00", "not_money"),
        ("principal", "1e6", "not_money"),
        ("principal", "NaN", "not_money"),
        ("principal", "<script>", "not_money"),
        ("months", "0", "too_small"),
        ("months", "361", "too_large"),
        ("months", "12.5", "not_whole"),
        ("months", "很久", "not_months"),
        ("annual_rate", "2.6", "rate_too_large"),
        ("annual_rate", "0.02600001", "rate_too_fine"),
        ("annual_rate", "-0.01", "negative"),
        ("date", "2026-02-30", "no_such_day"),
        ("date", "2026-13-01", "no_such_day"),
        ("date", "1026-01-01", "day_out_of_range"),
        ("date", "yesterday", "not_day"),
        ("home", "third", "not_a_choice"),
        ("method", "free", "not_a_choice"),
        ("change_after_months", "360", "not_before_end"),
        ("new_annual_rate", "0.03", None),
    ],
)
def test_what_cannot_be_meant_is_told_by_the_name_of_its_field(field: str, typed: str, code: str | None) -> None:
    found = problems(
        "repayment", **{**LOAN, field: typed, **({"new_annual_rate": "0.03"} if "change" in field else {})}
    )

    assert found == ({field: code} if code else {"change_after_months": "empty"})


def test_everything_wrong_is_told_at_once() -> None:
    assert problems("repayment", principal="-1", months="x") == {"principal": "negative", "months": "not_months"}


def test_more_than_is_owed_is_answered_with_what_is_owed() -> None:
    with pytest.raises(InputsWrong) as refused:
        answer("early-repayment", **LOAN, after_months=60, amount=700000)

    (problem,) = refused.value.problems
    assert (problem.field, problem.code, problem.values["owed"]) == ("amount", "more_than_owed", Decimal("617713.40"))


def test_a_day_before_the_first_known_rate_is_not_guessed() -> None:
    assert problems("repayment", principal=100000, months=12, date="2020-01-01") == {"date": "no_rate_known"}


def test_two_steps_of_one_uplift_are_not_added_up() -> None:
    assert problems("loan-limit", family="single", price=1000000, uplifts="green_1,green_2") == {
        "uplifts": "one_of_these"
    }


def test_one_sum_is_for_a_year_at_most() -> None:
    assert problems("repayment", **LOAN, method="one_sum") == {"months": "one_sum_too_long"}


typed_things = st.one_of(st.text(max_size=50), st.integers().map(str), st.decimals(allow_nan=True).map(str))


@given(st.sampled_from(sorted(TOOLS)), st.data())
def test_whatever_is_typed_is_answered_or_refused_by_name(name, data):
    tool = TOOLS[name]
    fields = tool.fields(rules())
    raw = {
        one.name: [
            data.draw(st.sampled_from(one.choices) if one.choices and data.draw(st.booleans()) else typed_things)
        ]
        for one in fields
    }
    assert {problem.field for problem in problems_of(tool, raw)} <= {one.name for one in fields}


def problems_of(tool: Tool, raw: dict[str, list[str]]) -> Sequence[Problem]:
    try:
        tool.answer(raw, rules(), TODAY)
    except InputsWrong as refused:
        return refused.problems
    return ()
