"""The paper of what to bring: what is on it in either language and size, as text, as picture and in native writing."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printers.devices import open_device
from printers.job_lines import lines_of
from printers.lines import as_text
from printers.list_layout import lay_out_list
from printers.paper_list import PaperList
from printers.paper_ticket import BadJob
from printers.raster import draw
from printers.spool import SpooledJob
from printers.standin.decoder import Decoder, TextLine
from printers.strips import WIDTH_DOTS

JOB = {
    "job": "2026-11-23.+L1.1",
    "printer": "K1",
    "reprint": False,
    "requested_at": datetime(2026, 11, 23, 2, 40, tzinfo=UTC).isoformat(),
    "list": {
        "hall": "兰州住房公积金 城关服务厅",
        "service": "租房取钱",
        "official": "租住商品房提取",
        "missing": [{"name": "本人一类储蓄卡", "when": "", "optional": False, "note": "二类、三类卡有限额"}],
        "materials": [
            {"name": "本人身份证", "when": "", "optional": False, "note": "过期了，先问临时的行不行"},
            {"name": "结婚证", "when": "已婚的", "optional": True, "note": ""},
            {"name": "租房合同", "when": "", "optional": True, "note": ""},
        ],
        "confirmed": False,
        "mistakes": ["配偶名下有房，也算有房。"],
        "hours": ["星期一至星期五 09:00–17:00"],
        "given": "2026-11-23 10:40",
        "language": "zh",
        "simulated": False,
        "large_print": False,
    },
}


def job(**changes: object) -> dict[str, object]:
    return {**JOB, "list": {**JOB["list"], **changes}}


def laid(**changes: object):
    return lay_out_list(PaperList.from_json(job(**changes)))


def test_what_is_missing_stands_first_with_the_way_round_it():
    assert as_text(laid()) == "\n".join(
        [
            "兰州住房公积金 城关服务厅",
            "要带的东西",
            "租房取钱",
            "租住商品房提取",
            "这张不是号票，不用等叫号",
            "----",
            "今天还缺：",
            "□ 本人一类储蓄卡",
            "二类、三类卡有限额",
            "----",
            "也要带上：（以中心公告为准）",
            "□ 本人身份证",
            "□ 结婚证（已婚的）",
            "□ 看情况：租房合同",
            "----",
            "容易弄错的：",
            "· 配偶名下有房，也算有房。",
            "----",
            "拿齐了再来，开门的日子都行。把这张给导办看，就知道您差什么",
            "拿不准、补不到的，先打 12329 问，或请导办看看，别白跑",
            "开门：星期一至星期五 09:00–17:00",
            "----",
            "2026-11-23 10:40 打印，以中心公告为准",
            "[cut]",
        ]
    )


def test_large_print_says_the_same_a_size_up():
    usual, large = laid(), laid(large_print=True)

    assert draw(large).height > draw(usual).height
    assert as_text(large) == as_text(usual)


@pytest.mark.parametrize("changes", [{}, {"language": "en"}, {"large_print": True}])
def test_the_printers_own_font_writes_the_same_words(changes: dict[str, object]):
    device = open_device("dummy:?writing=native")
    device.print_lines(laid(**changes))
    printed = "".join(one.text for one in Decoder().feed(device.papers[0]) if isinstance(one, TextLine))  # type: ignore[attr-defined]

    bare = [text for text in as_text(laid(**changes)).splitlines() if text not in ("----", "[cut]")]
    letters = "".join("".join(bare).split()).replace("□", "")
    assert "".join(printed.split()).replace("□", "").replace("-", "") == letters.replace("-", "")


def test_an_agent_prints_it_as_what_it_is():
    assert lines_of(SpooledJob(str(JOB["job"]), job(), 0, 0), "K1", lambda *_: None) == laid()


def test_a_demo_says_so_and_nothing_missing_is_a_plain_list():
    text = as_text(laid(simulated=True, missing=[]))

    assert "【模拟 · 演示用票】" in text
    assert "请备好：" in text
    assert "今天还缺" not in text


texts = st.text(max_size=90)
things = st.fixed_dictionaries({"name": texts, "when": texts, "optional": st.booleans(), "note": texts})


@given(texts, st.lists(things, max_size=20), st.booleans())
def test_whatever_a_name_holds_the_paper_keeps_its_shape(name: str, known: list[dict[str, object]], large: bool):
    lines = laid(
        service=name, official=name, missing=known[:4], materials=known, mistakes=[name] * 9, large_print=large
    )
    picture = draw(lines)

    assert picture.width == WIDTH_DOTS
    assert picture.height < 6000


@pytest.mark.parametrize("changes", [{"missing": "卡"}, {"language": "fr"}, {"given": None}, {"materials": [{}]}])
def test_a_job_with_a_hole_in_it_is_refused_not_half_printed(changes: dict[str, object]):
    with pytest.raises(BadJob):
        PaperList.from_json(job(**changes))
