"""The tools over HTTP: exact strings, errors by field in the reader's language, nothing stored."""

from __future__ import annotations

import pytest

from queue_server.guidance.tools.toolbox import TOOLS
from queue_server.web.api import tools_shapes as shapes
from queue_server.web.rate_limits import RateLimits
from tests.web.web_hall import WebHall

SEVENTY = "principal=700000&months=360&annual_rate=0.026"
ASKED = {
    "loan-limit": (
        "family=single&price=1500000&balance=30000&income=9000&uplifts=group,green_3",
        shapes.LoanLimitShape,
    ),
    "repayment": (f"{SEVENTY}&schedule=yes", shapes.RepaymentShape),
    "early-repayment": (f"{SEVENTY}&after_months=60&amount=100000&keep=term", shapes.EarlyRepaymentShape),
    "withdrawal": ("account=city&housing=rent&loan=none&work=left&situations=lift", shapes.WithdrawalCheckShape),
    "conversion": ("balance=700000&months=300&commercial_rate=0.035", shapes.ConversionShape),
    "monthly-offset": ("payment=2802.38&contribution=1500&balance=50000&schedule=yes", shapes.MonthlyOffsetShape),
    "interruption": ("months_missed=10&loan=running&principal=500000&months=240", shapes.InterruptionShape),
}


def get(web: WebHall, path: str):
    return web.stranger().get(f"/tools/{path}")


@pytest.mark.parametrize("name", sorted(TOOLS))
def test_every_tool_answers_in_the_documented_shape_with_its_notice_and_sources(web: WebHall, name: str):
    query, shape = ASKED[name]
    answer = get(web, f"{name}?{query}")

    assert answer.status_code == 200, answer.json
    shape.model_validate(answer.json)
    assert answer.json["notice"]["zh"] == "估算，以中心审批为准"
    assert answer.json["notice"]["en"]
    assert all(basis["title"] for basis in answer.json["basis"])
    assert "tools." not in answer.get_data(as_text=True)  # no key without its words


def test_repayment_in_strings_with_two_decimals(web: WebHall):
    told = get(web, f"repayment?{SEVENTY}&method=equal_payment").json

    assert {name: told[name] for name in ("first_payment", "last_payment", "total_interest", "total")} == {
        "first_payment": "2802.38",
        "last_payment": "2801.15",
        "total_interest": "308855.57",
        "total": "1008855.57",
    }
    assert told["quoted_total"] == "1008856.80"
    assert "schedule" not in told
    assert get(web, f"repayment?{SEVENTY}&method=equal_principal").json["first_payment"] == "3461.11"


def test_early_repayment_both_ways(web: WebHall):
    asked = f"early-repayment?{SEVENTY}&after_months=60&amount=100000"

    assert get(web, f"{asked}&keep=payment").json["interest_saved"] == "78706.10"
    told = get(web, f"{asked}&keep=term").json
    assert (told["interest_saved"], told["new_payment"]) == ("36100.65", "2348.71")
    assert told["confirmed"] is False  # Lanzhou's rules for paying early are not known


def test_a_loan_by_the_centres_own_figures_says_what_is_not_confirmed(web: WebHall):
    told = get(web, "loan-limit?family=single&price=1500000&balance=30000").json

    assert (told["loan"], told["confirmed_loan"], told["binding"]) == ("600000.00", "700000.00", "balance")
    doubtful = {basis["parameter"] for basis in told["basis"] if not basis["confirmed"]}
    assert doubtful == {"balance_multiple", "rounding"}


@pytest.mark.parametrize(
    ("lang", "principal", "says"),
    [
        ("zh", "-1", "不能是负数，请写 0 或更大的数。"),
        ("en", "-1", "It cannot be negative; write 0 or more."),
        ("zh", "1.005", "金额最多写到分（两位小数）。"),
        ("zh", "999999999999", "太大了，最多 100,000,000。"),
        ("zh", "", "请填这一项。"),
        ("zh", "%3Cscript%3E", "看不懂这个金额。请写数字，像 700000 或 70万。"),
    ],
)
def test_bad_input_is_told_by_field_and_what_to_do(web: WebHall, lang: str, principal: str, says: str):
    answer = get(web, f"repayment?principal={principal}&months=360&annual_rate=0.026&lang={lang}")

    assert answer.status_code == 422
    assert [(field["field"], field["problem"]) for field in answer.json["details"]["fields"]] == [("principal", says)]


def test_full_width_digits_and_ten_thousands_are_read(web: WebHall):
    assert get(web, "repayment?principal=７０万&months=３６０&annual_rate=２．６％").json["first_payment"] == "2802.38"


def test_a_name_nobody_knows_is_refused_so_that_typing_errors_show(web: WebHall):
    answer = get(web, f"repayment?{SEVENTY}&anual_rate=0.03")

    assert answer.status_code == 422
    assert answer.json["details"]["fields"][0]["field"] == "anual_rate"


def test_dates_that_do_not_exist(web: WebHall):
    told = get(web, "repayment?principal=100000&months=12&date=2026-02-30").json["details"]["fields"]

    assert (told[0]["field"], told[0]["code"]) == ("date", "no_such_day")


def test_nothing_is_stored_and_nothing_else_than_get_is_served(web: WebHall):
    before = web.names()
    for name, (query, _) in ASKED.items():
        get(web, f"{name}?{query}")
        assert web.stranger().post(f"/tools/{name}").status_code in {404, 405}

    assert web.names() == before


def test_asking_too_often_is_slowed_down(prepared_accounts, tmp_path):
    hall = WebHall(prepared_accounts, tmp_path, limits=RateLimits(tool_answers_per_address=3))
    try:
        answers = [get(hall, f"repayment?{SEVENTY}").status_code for _ in range(5)]
    finally:
        hall.close()

    assert answers == [200, 200, 200, 429, 429]


def test_one_question_after_the_other_leads_to_the_result(web: WebHall):
    """As the kiosk asks: an empty answer is an answer too, where the field may be left out."""
    answers: dict[str, str] = {}
    typed = {"family": "single", "price": "150万", "homes": "0", "loans_before": "0", "kind": "home"}
    for _ in range(12):
        step = get(web, "loan-limit/steps?" + "&".join(f"{name}={value}" for name, value in answers.items())).json
        shapes.StepShape.model_validate(step)
        if step["sheet"]:
            break
        assert step["step"] == len(answers) + 1
        answers[step["question"]["field"]] = typed.get(step["question"]["field"], "")

    assert list(answers) == ["family", "price", "kind", "homes", "loans_before", "balance", "income", "uplifts"]
    assert step["sheet"]["headline"]["value"] == "700,000 元"
    assert step["link"] == (
        "http://hall.test/tools/loan-limit?family=single&price=1500000&kind=home&homes=0&loans_before=0"
    )


def test_a_wrong_answer_is_asked_again_at_once_with_what_is_wrong(web: WebHall):
    step = get(web, "repayment/steps?principal=5").json

    assert (step["step"], step["question"]["field"], step["problem"]) == (1, "principal", "太小了，至少 1,000。")


def test_what_only_the_whole_shows_wrong_is_asked_again_too(web: WebHall):
    step = get(web, f"early-repayment/steps?{SEVENTY}&home=first&after_months=60&amount=690000").json

    assert step["question"]["field"] == "amount"
    assert "617,713.40" in step["problem"]


def test_who_has_the_account_elsewhere_is_asked_no_more(web: WebHall):
    step = get(web, "withdrawal/steps?account=province").json

    assert step["sheet"]["headline"]["value"].startswith("您的账户在省中心")
    assert get(web, "withdrawal?account=city").json["details"]["fields"][0]["field"] == "housing"
