"""What is written on a ticket's paper."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_jobs import LINK, paper_job

from printers import wording
from printers.job_lines import lines_of
from printers.lines import Qr, Role, Text, as_text
from printers.paper_ticket import BadJob, PaperTicket
from printers.spool import SpooledJob
from printers.ticket_layout import lay_out


def paper(**changes: object) -> str:
    return as_text(lay_out(PaperTicket.from_json(paper_job(**changes))))


def test_the_chinese_ticket_says_everything_a_visitor_needs():
    assert paper() == "\n".join(
        [
            "兰州住房公积金 城关服务厅",
            "T0023",
            "■ 特殊业务受理区",
            "进门右手边",
            "购买自住住房提取",
            "----",
            "前面 5 人 | 约等 14–22 分 | 取号 09:31",
            "----",
            "请备好：（以中心公告为准）",
            "□ 本人身份证",
            "□ 购房合同",
            "□ 一类银行卡",
            "□ 看情况：婚姻关系证明（结婚证/离婚证等）",
            f"[QR {LINK}]",
            LINK.removeprefix("http://"),
            "扫码看进度，也可以不扫，听叫号、看大屏",
            "过号不用重排：10 个号内或 30 分钟内到导办台续上，排在前 2 位后面",
            "----",
            "办完想听您一句话：顺，还是不顺？",
            "扫同一个码，或投进出口的意见盒",
            "2026-11-23 · T0023",
            "[cut]",
        ]
    )


def test_a_visit_of_several_services_says_what_follows_and_how_long_all_takes():
    text = paper(then="退休取钱、还贷取钱", total={"low": 30, "high": 55, "rough": True})

    assert "办完接着办，不用再取号：退休取钱、还贷取钱\n几件合起来约等 30–55 分（粗略）" in text
    assert "几件合起来" not in paper(then="退休取钱")  # nobody knows


def test_by_how_much_the_waits_have_been_off_stands_below_the_wait_where_it_is_known():
    assert "前面 5 人 | 约等 14–22 分 | 取号 09:31\n今天预计误差约 ±4 分钟\n" in paper(
        wait_error=4, wait_error_of="today"
    )
    assert "近四周预计误差约 ±6 分钟" in paper(wait_error=6, wait_error_of="month")
    for changes in ({"wait_error": None}, {"wait_error": 4, "wait": None}, {"wait_error": 4, "fetching": True}):
        assert "误差" not in paper(**changes)


def test_the_english_ticket_keeps_the_names_and_says_the_rest_in_english():
    text = paper(language="en")

    assert "■ 特殊业务受理区" in text
    assert "Ahead of you 5 | Wait about 14–22 min | Taken at 09:31" in text
    assert "Have ready: (the centre's notice prevails)" in text
    assert "□ If it applies: 婚姻关系证明" in text
    assert "Scan to follow your number, or simply listen for the call" in text
    assert "Within 10 numbers or 30 minutes come to the guide desk" in text
    assert "One word afterwards: smooth, or not?" in text


@pytest.mark.parametrize(("language", "words"), [("zh", "【重打 · 号码不变】"), ("en", "【REPRINT · same number】")])
def test_a_reprint_says_so_and_a_first_print_does_not(language, words):
    assert words in paper(reprint=True, language=language)
    assert words not in paper(language=language)


def test_a_ticket_of_the_simulation_says_so():
    assert "【模拟" in paper(simulated=True)
    assert "模拟" not in paper()


def test_a_wait_nobody_can_tell_is_not_made_up():
    assert "约等 暂时估不准" in paper(wait=None)


def test_a_rough_wait_is_called_rough():
    assert "约等（粗略） 14–22 分" in paper(wait={"low": 14, "high": 22, "rough": True})


def test_a_wait_of_one_value_is_no_range():
    assert "约等 3 分" in paper(wait={"low": 3, "high": 3, "rough": False})


def test_a_free_counter_is_neither_a_range_nor_a_guess():
    assert "约等 不到 1 分" in paper(wait={"low": 0, "high": 1, "rough": True})


def test_confirmed_materials_carry_no_doubt():
    assert "以中心公告为准" not in paper(confirmed=True)


def test_a_service_without_materials_has_no_empty_list():
    assert "请备好" not in paper(materials=[])


def test_a_very_long_list_is_cut_and_says_how_many_are_missing():
    text = paper(materials=[{"name": f"材料{n}", "optional": False} for n in range(30)])

    assert text.count("□") == 9
    assert "还有 21 样，请问导办或扫码看" in text


@pytest.mark.parametrize("link", ["", "http://hall/p/心厅", "http://hall/p/a b", "http://hall/p/" + "x" * 300])
def test_a_link_that_makes_no_usable_code_is_left_out_whole(link):
    lines = lay_out(PaperTicket.from_json(paper_job(link=link)))

    assert not any(isinstance(line, Qr) for line in lines)
    assert "扫" not in as_text(lines)
    assert "请听叫号、看大屏" in as_text(lines)


def test_rare_characters_of_names_stay():
    assert "䶮𠮷" in paper(hall="䶮𠮷服务厅")


def test_control_and_direction_characters_do_not_reach_the_paper():
    assert "购买自住 住房提取" in paper(service="购买\x00自住\n住房\u202e提取\x1b")


dirt = st.text(st.characters(exclude_categories=()), max_size=200)


@given(hall=dirt, name=dirt, shape=dirt, way=dirt, service=dirt, number=dirt, material=dirt, link=dirt, time=dirt)
def test_no_text_breaks_the_layout(hall, name, shape, way, service, number, material, link, time):
    job = paper_job(
        ticket=number,
        hall=hall,
        zone={"id": "special", "name": name, "shape": shape, "way": way},
        service=service,
        issued_at=time,
        day=time,
        materials=[{"name": material, "optional": True}],
        link=link,
    )

    lines = lay_out(PaperTicket.from_json(job))

    texts = [line.lead + line.text for line in lines if isinstance(line, Text)]
    assert all(0 < len(text) <= 320 for text in texts)
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for text in texts for character in text)
    as_text(lines).encode("utf-8")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ahead": "5"}, "job.ticket.ahead"),
        ({"ahead": True}, "job.ticket.ahead"),
        ({"wait": {"low": 1, "rough": False}}, "job.ticket.wait.high"),
        ({"zone": "special"}, "job.ticket.zone"),
        ({"materials": [{"name": "身份证"}]}, r"job.ticket.materials\[0\].optional"),
        ({"language": "fr"}, "ticket.language"),
        ({"link": None}, "job.ticket.link"),
    ],
)
def test_a_job_with_a_fault_is_refused_and_the_field_named(changes, field):
    with pytest.raises(BadJob, match=field):
        PaperTicket.from_json(paper_job(**changes))


def test_a_job_with_a_missing_field_is_refused():
    job = paper_job()
    del job["ticket"]["hall"]

    with pytest.raises(BadJob, match=r"job\.ticket\.hall is missing"):
        PaperTicket.from_json(job)


def test_fields_of_a_newer_server_are_left_alone():
    job = paper_job()
    job["ticket"]["colour"] = "green"

    assert PaperTicket.from_json(job).ticket == "T0023"


def test_what_is_missing_comes_first_and_the_number_is_kept_meanwhile():
    materials = [{"name": "身份证", "optional": False}, {"name": "银行卡", "optional": False, "missing": True}]
    text = paper(materials=materials, fetching=True)

    assert text.index("□ 还缺：银行卡") < text.index("□ 身份证")
    assert "号给您留着" in text
    assert "排在前 2 位后面，不用重新排队" in text
    assert "约等" not in text


def test_each_zone_says_what_to_do_there_and_its_name_in_the_other_language():
    zone = {"id": "c", "name": "爱心服务区", "shape": "♥", "way": "直走", "purpose": "care", "other_name": "Care Zone"}
    text = paper(zone=zone, other_service="Withdrawal for buying a home")

    assert "请先坐下，有人来陪您" in text
    assert "Care Zone" in text
    assert "Withdrawal for buying a home" in text


def test_large_print_says_the_same_a_size_up():
    def words(**changes: object) -> set[str]:
        return set(paper(**changes).replace(" | ", "\n").splitlines())

    assert words(large_print=True) == words()
    roles = {
        line.role for line in lay_out(PaperTicket.from_json(paper_job(large_print=True))) if isinstance(line, Text)
    }
    assert Role.SMALL not in roles


def test_the_job_of_an_older_server_is_printed_as_it_used_to_be():
    job = paper_job()
    for new in ("return_within_minutes", "return_behind", "other_service", "fetching", "large_print"):
        del job["ticket"][new]

    assert "过号不用重排：10 个号内到导办台续上" in as_text(lay_out(PaperTicket.from_json(job)))


@pytest.mark.parametrize(
    "broken", [None, "words", {"zh": "words"}, {"zh": {"ahead_value": "{nobody} 人"}}, {"zh": {"ahead": 3}}]
)
def test_a_job_may_bring_the_halls_own_words_and_broken_ones_do_no_harm(broken):
    usual = as_text(lines_of(SpooledJob("j", paper_job(), 0, 0), "K1", lambda *_: None))

    own = as_text(
        lines_of(SpooledJob("j", paper_job() | {"words": {"zh": {"ahead": "您前面"}}}, 0, 0), "K1", lambda *_: None)
    )
    still = as_text(lines_of(SpooledJob("j", paper_job() | {"words": broken}, 0, 0), "K1", lambda *_: None))

    assert own == usual.replace("前面 5 人", "您前面 5 人")
    assert still == usual


@pytest.mark.parametrize("own", ["{printer.first}", "{printer[first]}", "{printer:%H}", "{ahead}", "{0}", "{"])
def test_words_of_a_hall_that_do_not_fit_the_paper_give_way_to_the_programs(own):
    with wording.said_as({"en": {"asked_at": own}}):
        assert wording.say("en", "asked_at", printer="K1") == wording.words("en")["asked_at"].format(printer="K1")
