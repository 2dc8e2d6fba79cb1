"""The paper of “first in line on that day”: what is on it, and that it comes out like any other."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.job_lines import lines_of
from printers.lines import as_text
from printers.paper_promise import PaperPromise
from printers.paper_ticket import BadJob
from printers.promise_layout import lay_out_promise
from printers.raster import draw
from printers.spool import SpooledJob

JOB = {
    "job": "2026-11-23.+1.1",
    "printer": "K1",
    "reprint": False,
    "requested_at": datetime(2026, 11, 23, 8, 40, tzinfo=UTC).isoformat(),
    "promise": {
        "code": "ABCDEFGHJK",
        "hall": "兰州住房公积金 城关服务厅",
        "service": "租住商品房提取",
        "date": "11月24日 星期二",
        "time": "09:00",
        "given": "2026-11-23 16:40",
        "materials": ["本人身份证"],
        "missing": ["一类银行卡"],
        "confirmed": False,
        "language": "zh",
        "simulated": False,
    },
}


def job(**changes: object) -> dict[str, object]:
    return {**JOB, "promise": {**JOB["promise"], **changes}}


def paper(**changes: object) -> str:
    return as_text(lay_out_promise(PaperPromise.from_json(job(**changes))))


def test_the_paper_says_which_day_which_code_what_to_bring_and_what_to_do():
    assert paper() == "\n".join(
        [
            "兰州住房公积金 城关服务厅",
            "这一天您先办",
            "11月24日 星期二 09:00",
            "ABCDE FGHJK",
            "租住商品房提取",
            "----",
            "请备好：（以中心公告为准）",
            "□ 这次还缺：一类银行卡",
            "□ 本人身份证",
            "----",
            "[QR ABCDEFGHJK]",
            "到时在取号机上扫这个码，或把码告诉导办，就有号",
            "排在那天来的人前面。不记姓名，纸丢了请来问导办",
            "----",
            "2026-11-23 16:40 给出",
            "[cut]",
        ]
    )


def test_in_english_too_and_a_demo_says_so():
    text = paper(language="en", simulated=True, date="Tuesday 24 November")

    assert "First in line on" in text
    assert "SIMULATION" in text


def test_large_print_is_a_size_up():
    usual, large = (lay_out_promise(PaperPromise.from_json(job(large_print=large))) for large in (False, True))

    assert draw(large).height > draw(usual).height
    assert as_text(large) == as_text(usual)


def test_an_agent_prints_it_as_what_it_is():
    lines = lines_of(SpooledJob(str(JOB["job"]), job(), 0, 0), "K1", lambda *_: None)

    assert lines == lay_out_promise(PaperPromise.from_json(JOB))


@given(st.text(max_size=90), st.lists(st.text(max_size=80), max_size=20))
def test_whatever_a_name_holds_the_paper_keeps_its_shape(name: str, materials: list[str]):
    promise = PaperPromise.from_json(job(service=name, hall=name, materials=materials, missing=materials[:2]))

    assert draw(lay_out_promise(promise)).height < 2600


@pytest.mark.parametrize(
    "changes", [{"code": 5}, {"materials": "身份证"}, {"language": "fr"}, {"missing": [3]}, {"date": None}]
)
def test_a_job_with_a_hole_in_it_is_refused_not_half_printed(changes: dict[str, object]):
    with pytest.raises(BadJob):
        PaperPromise.from_json(job(**changes))
