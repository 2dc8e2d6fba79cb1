"""The page behind the ticket's QR code: what a visitor reads, and what the forms do, without any script."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from queue_server.web.rate_limits import RateLimits
from queue_server.web.waits import Waits
from tests.pages.visitor_hall import Phone, VisitorHall

PAGES = Path(__file__).parents[2] / "queue_server" / "web" / "pages"
COMMON = PAGES.parent / "common"


def test_the_page_says_number_zone_way_people_ahead_and_what_to_have_ready(web):
    web.visitor()
    text = web.visitor("TQ01").text()

    for said in ("T0002", "特殊业务受理区", "进门右手边", "排在您前面", "本人身份证", "以中心公告为准"):
        assert said in text
    assert re.search(r'data-field="ahead">1<', text)


def test_a_number_taken_this_very_second_knows_already_who_is_ahead(web):
    web.visitor()
    web.context.waits = Waits(web.hall, web.context.forecaster, least_seconds=60)
    web.context.waits.picture()
    phone = web.visitor()

    assert phone.get("/state").json["ahead"] == 1


def test_an_estimate_that_nobody_can_give_is_admitted(web):
    assert "暂时估不准" in web.visitor().text()


def test_the_page_refreshes_itself_only_where_there_is_no_script_and_only_until_it_is_over(web):
    refresh = '<noscript><meta http-equiv="refresh" content="15"></noscript>'

    assert "http-equiv" not in web.served_visitor().text()
    assert refresh in web.visitor().text()


def test_a_called_visitor_reads_the_counter_and_the_title_says_it_too(web):
    phone = web.visitor()
    web.an_officer_calls(web.officer())
    text = phone.text()

    assert "叫到您了" in text
    assert '<strong class="number">3</strong>' in text
    assert "<title>【叫到您了】3 号窗口 · T0001</title>" in text


def test_a_recall_says_the_how_manieth_it_is(web):
    phone = web.visitor()
    officer = web.officer()
    web.an_officer_calls(officer)
    web.clock.forward(minutes=1)
    officer.post(f"/tickets/{phone.number}/recall")

    assert "第 2 次叫您" in phone.text()


def test_a_missed_visitor_learns_the_rule_and_what_to_do(web):
    phone = web.visitor()
    officer = web.officer()
    web.an_officer_calls(officer)
    for verb in ("recall", "recall", "missed"):
        web.clock.forward(minutes=1)
        assert officer.post(f"/tickets/{phone.number}/{verb}").status_code == 200

    assert "不用重排。30 分钟内，或再叫 10 个号以内，到导办台说一声就续上。" in phone.text()


def test_a_parked_visitor_reads_what_to_do_meanwhile(web):
    phone = web.visitor()
    officer = web.officer()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{phone.number}/park", {"reason": "copy"})

    assert "请先去复印" in phone.text()


def test_a_moved_visitor_reads_the_new_zone_and_that_the_time_stays(web):
    phone = web.visitor()
    web.signed_in("guide").post(f"/tickets/{phone.number}/transfer", {"zone": "care"})

    assert "已帮您换到爱心服务区。先来的时间不变" in phone.text()


def test_a_closed_zone_says_why_and_that_this_number_is_still_called(web):
    phone = web.visitor()
    web.signed_in("supervisor").post("/zones/special/close", {"notice": "系统维护"})

    assert "这个区暂停取号（系统维护）。您的号照常叫。" in phone.text()


def test_leaving_is_asked_once_more_on_a_page_of_its_own(web):
    phone = web.visitor()

    assert "真的不办了吗" in phone.text("/leave")
    answer = phone.send("leave")
    assert answer.status_code == 303
    assert "已按您的意思取消" in phone.text()


def test_who_is_being_served_cannot_leave_and_is_told_so(web):
    phone = web.visitor()
    officer = web.officer()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{phone.number}/start")
    answer = phone.send("leave")

    assert answer.status_code == 303
    assert "现在是“办理中”" in web.app.test_client().get(answer.location).get_data(as_text=True)
    assert "TicketAbandoned" not in web.names()


def test_asking_for_help_twice_calls_one_person_and_the_page_says_that_somebody_comes(web):
    phone = web.visitor()
    phone.send("help")
    phone.send("help")

    assert web.names().count("HelpAsked") == 1
    assert web.hall.read(lambda day, at: list(day.help_calls)) == [phone.number]
    assert "马上来" in phone.text()


# --- how was it


def test_feedback_is_kept_with_the_reasons_of_its_level_and_the_words_apart_from_the_log(web):
    phone = web.served_visitor()
    answer = phone.send("feedback", level="2", reasons=["208", "517"], words="等太久 😀 <b>𠮷</b>")
    given = web.hall.events()[-1]

    assert answer.status_code == 303
    assert (given.event.level, given.event.reasons, given.event.with_words) == (2, ("208",), True)
    assert web.words.of(given.day, phone.number) == "等太久 😀 <b>𠮷</b>"
    assert "大厅主管今天就会看" in phone.text()


def test_feedback_can_be_left_out(web):
    phone = web.served_visitor()

    assert "好的，谢谢您来" in phone.text("?feedback=skipped")
    assert "FeedbackGiven" not in web.names()


def test_no_level_is_chosen_beforehand(web):
    assert not re.search(r'name="level"[^>]*checked', web.served_visitor().text())


def test_feedback_is_given_once(web):
    phone = web.served_visitor()
    phone.send("feedback", level="5")
    answer = phone.send("feedback", level="1")

    assert web.hall.read(lambda day, at: day.tickets[phone.number].feedback) == 5
    assert "您已经评价过了" in web.app.test_client().get(answer.location).get_data(as_text=True)


def test_feedback_before_the_service_is_over_is_refused_and_leaves_nothing(web):
    phone = web.visitor()
    answer = phone.send("feedback", level="5", words="太好了")

    assert "trouble=feedback_too_soon" in answer.location
    assert web.words.of_day(web.hall.read(lambda day, at: day.day)) == {}


@pytest.mark.parametrize("level", ["", "0", "6", "５", "fünf", "5.0"])
def test_a_level_that_is_none_is_not_guessed(web, level):
    phone = web.served_visitor()

    assert "trouble=feedback_not_understood" in phone.send("feedback", level=level).location
    assert "FeedbackGiven" not in web.names()


def test_words_beyond_five_hundred_are_cut(web):
    phone = web.served_visitor()
    phone.send("feedback", level="4", words="长" * 900)

    assert len(web.words.of(web.hall.events()[-1].day, phone.number) or "") == 500


# --- the link is the only key


@pytest.mark.parametrize("rest", ["", "/leave"])
def test_wrong_expired_and_invented_links_get_one_and_the_same_calm_page(web, rest):
    phone = web.visitor()
    day = web.hall.read(lambda day, at: day.day)
    yesterday = web.context.progress_links.link(day.replace(day=day.day - 1), phone.number)
    never_issued = web.context.progress_links.link(day, "T0999")
    wrong = phone.path.removeprefix("/p/")[:-1] + ("A" if phone.path[-1] != "A" else "B")
    answers = [web.app.test_client().get(f"/p/{link}{rest}") for link in (yesterday, never_issued, wrong, "x", "🀄")]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert "没有找到这个号" in answers[0].get_data(as_text=True)


@pytest.mark.parametrize("what", ["leave", "help", "feedback"])
def test_a_wrong_link_changes_nothing(web, what):
    phone = web.visitor()
    before = web.names()
    phone.path = phone.path[:-3] + "AAA"

    assert phone.send(what, level="1").status_code == 404
    assert web.names() == before


def test_programs_get_the_refusal_as_json(web):
    answer = web.app.test_client().get("/p/nobody/state", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["code"]) == (404, "unknown_link")


def test_a_phone_gets_no_cookie(web):
    assert "Set-Cookie" not in web.visitor().get().headers


def test_the_state_says_only_what_the_visitor_may_know(web):
    state = web.visitor().get("/state").json

    assert {"ticket", "zone", "stage", "counter", "ahead", "wait", "clock", "day", "seq"} <= state.keys()
    assert not {"service", "actor", "channel", "link"} & state.keys()


def test_a_flood_from_one_address_is_slowed_down(prepared_accounts, tmp_path):
    hall = VisitorHall(prepared_accounts, tmp_path, limits=RateLimits(public_posts_per_address=3))
    phone = Phone(hall, hall.a_visitor_takes_a_number())
    answers = [phone.send("help").status_code for _ in range(4)]
    hall.close()

    assert answers == [303, 303, 303, 429]


# --- language and weight


def test_the_page_speaks_the_ticket_s_language_and_the_other_on_request(web):
    phone = web.visitor(language="en")

    assert "ahead of you" in phone.text() or "nobody ahead of you" in phone.text()
    assert "排在您前面" in phone.text("?lang=zh") or "前面没有人了" in phone.text("?lang=zh")


def test_nothing_of_the_english_page_is_chinese_but_the_language_link(web):
    text = web.visitor("TQ01", language="en").text()
    body = text.split("<body>")[1].replace("中文", "")

    assert re.findall(r"[\u4e00-\u9fff]+", re.sub(r"<[^>]*>", "", body)) == []


def test_page_and_styles_stay_below_30_kb_and_the_own_script_below_20_kb_packed(web):
    page = len(web.visitor("TQ01").get().data)
    styles = [COMMON / "tokens.css", COMMON / "base.css", COMMON / "zones.css", PAGES / "progress" / "progress.css"]
    scripts = [*(PAGES / "progress").glob("*.js"), *(COMMON / f"{name}.js" for name in SCRIPTS_AT_ONCE)]

    assert page + sum(path.stat().st_size for path in styles) < 30_000
    assert sum(len(gzip.compress(path.read_bytes())) for path in scripts) < 20_000


SCRIPTS_AT_ONCE = ("clock", "freshness", "waits", "words", "demo_badge")
