"""The page behind the ticket's QR code: what a visitor reads, and what the forms do, without any script."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace

import pytest

from queue_server.web.pages.progress.progress_view import script_words
from queue_server.web.rate_limits import RateLimits
from queue_server.web.waits import Waits
from tests.pages.visitor_hall import Phone, VisitorHall

PAGE = {"Accept": "text/html"}
PACKED = {"Accept-Encoding": "gzip"}


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

    assert "不用重排。30 分钟内，或再叫 10 个号以内，点“我回来了”或到导办台说一声，就续在前 2 位后面。" in phone.text()


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
    assert "现在需要有人来吗？" in phone.text()


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


def test_of_two_services_the_first_is_asked_about_in_one_touch_and_not_under_the_officers_eyes(web):
    phone = web.visitor("TQ04", services=["DK01"])
    officer = web.officer()
    web.an_officer_calls(officer)
    officer.post(f"/tickets/{phone.number}/start")
    first = web.hall.read(lambda day, at: day.tickets[phone.number].service)
    officer.post(f"/tickets/{phone.number}/end")
    assert 'name="level"' not in phone.text()  # the second began at the same counter
    officer.post(f"/tickets/{phone.number}/park", {"reason": "form"})
    name = web.context.hall_file.catalogue.service(first).plain_name.zh

    assert f"“{name}”办得怎么样？" in phone.text()
    assert phone.text().count('name="level"') == 5  # five buttons, nothing else to fill in
    phone.send("feedback", level="2", handling="1")
    assert "现在需要有人来吗？" in phone.text()
    assert 'name="level"' not in phone.text()
    assert web.hall.read(lambda day, at: day.tickets[phone.number].marks) == {1: 2}
    for nonsense in ("0", "x", "99", "-1", "１"):
        phone.send("feedback", level="5", handling=nonsense)
    assert web.hall.read(lambda day, at: day.tickets[phone.number].marks) == {1: 2}


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


@pytest.mark.parametrize("what", ["leave", "help", "feedback", "minutes", "on-the-way", "supervisor"])
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


def test_the_first_load_is_below_30_kb_packed_with_one_style_and_nothing_from_elsewhere(web):
    phone = web.visitor("DK01", services=["TQ01", "TQ02"])
    page = phone.client.get(phone.path, headers={**PAGE, **PACKED})
    text = gzip.decompress(page.data).decode()
    loaded = re.findall(r'(?:href|src|data-live)="(/[^"]+\.(?:css|js|svg))"', text)
    sizes = {}
    for path in loaded:
        with phone.client.get(path, headers=PACKED) as answer:
            sizes[path] = len(answer.get_data())

    assert len([path for path in loaded if path.endswith(".css")]) == 1
    assert len([path for path in loaded if path.endswith(".js")]) == 2
    assert re.findall(r'(?:href|src|action)="(?:https?:)?//', text) == []
    assert len(page.data) + sum(sizes.values()) < 30_000, sizes


def test_a_phone_keeps_the_style_until_there_is_a_new_one(web):
    phone = web.visitor()
    style = re.search(r'href="(/p/files/\w+/style\.css)"', phone.text()).group(1)
    other = re.sub(r"files/\w+/", "files/0000000000/", style)

    assert "max-age=604800" in phone.client.get(style).headers["Cache-Control"]
    assert phone.client.get(other).headers["Cache-Control"] == "no-cache"
    assert phone.client.get(style).data == gzip.decompress(phone.client.get(style, headers=PACKED).data)
    assert phone.client.get(style.replace("style.css", "../progress.py")).status_code == 404


# --- large print and contrast, without script


def test_large_print_is_kept_by_a_cookie_and_the_language_stays_the_ticket_s(web):
    phone = web.visitor(language="en")
    asked = phone.text("?large=1")

    assert 'data-large="yes"' in asked
    assert 'data-large="yes"' in phone.text()
    assert '<html lang="en"' in phone.text()
    assert 'data-large="no"' in phone.text("?large=0")
    assert 'data-contrast="yes"' in phone.text("?contrast=1")


def test_without_cookies_the_address_carries_them_through_every_form(web):
    phone = web.visitor()
    text = phone.text("?large=1&lang=en")

    assert f'action="{phone.path}/help?lang=en&amp;large=1"' in text
    answer = web.app.test_client(use_cookies=False).post(f"{phone.path}/help?lang=en&large=1", headers=PAGE)
    assert answer.location == f"{phone.path}?lang=en&large=1"


def test_nonsense_in_the_address_changes_nothing(web):
    phone = web.visitor()
    answer = phone.get("?large=yes&contrast=%F0%9F%98%80&lang=xx")

    assert 'data-large="no" data-contrast="no"' in answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers


# --- the way, the plan, the order


def test_the_way_has_every_step_and_the_next_service_of_the_visit(web):
    text = web.visitor("TQ02", services=["DK01"]).text()
    steps = re.findall(r'data-state="(\w+)".*?step__head">([^<]+)', text, re.DOTALL)

    assert [state for state, _ in steps] == ["done", "now", "next", "next", "next", "next"]
    assert steps[4][1].startswith("接着办：")


def test_the_plan_marks_the_own_zone_and_once_called_the_counter(web):
    phone = web.visitor()
    waiting = phone.text()
    web.an_officer_calls(web.officer())
    called = phone.text()

    assert waiting.count("plan__zone--here") == 1
    assert "plan__counter--here" not in waiting
    assert called.count("plan__counter--here") == 1
    assert 'aria-label="大厅示意图：特殊业务受理区，进门右手边"' in called
    assert "示意图，以大厅现场指示为准" in called


def test_a_hall_without_a_plan_says_the_way_in_words(web):
    web.context.hall_file = replace(web.context.hall_file, plan=None)
    text = web.visitor().text()

    assert "<svg" not in text.split('id="where"')[1].split("</section>")[0]
    assert "特殊业务受理区" in text
    assert "进门右手边" in text


def test_why_this_order_names_nobody_and_no_reason_for_care(web):
    first = web.visitor()
    carer = web.visitor()
    web.signed_in("guide").post(
        f"/tickets/{carer.number}/transfer", {"zone": "special", "position": "first", "reason": "x"}
    )
    phone = web.visitor()
    why = phone.text().split('id="why"')[1].split("</details>")[0]

    assert "您 09:" in why
    assert "先来的先办" in why
    assert not {first.number, carer.number} & set(re.findall(r"[A-Z]\d{4}", why))
    assert "前一位" in why


# --- wishes


def test_five_more_minutes_let_others_go_first_and_a_double_tap_is_one_wish(web):
    phone = web.visitor()
    mark = re.search(r'name="wish" value="(\w+)"', phone.text()).group(1)
    answers = [phone.send("minutes", wish=mark) for _ in range(2)]

    assert [answer.location for answer in answers] == [phone.path, phone.path]
    assert web.names().count("MinutesAsked") == 1
    assert "您再接着排" in phone.text()
    phone.send("return")
    assert phone.get("/state").json["stage"] == "waiting"


def test_the_third_wish_for_minutes_is_refused_in_words_and_no_longer_offered(web):
    phone = web.visitor()
    for _ in range(2):
        phone.send("minutes")
        phone.send("return")

    assert "/minutes" not in phone.text()
    answer = phone.send("minutes")
    assert "每个号 2 次" in phone.client.get(answer.location).get_data(as_text=True)


def test_on_the_way_reaches_the_desk_and_leaves_the_order(web):
    phone = web.visitor()
    officer = web.officer()
    web.an_officer_calls(officer)
    phone.send("on-the-way")

    assert officer.get(f"/tickets/{phone.number}").json["on_the_way"] is True
    assert "已经告诉窗口您在路上" in phone.text()


def test_a_low_mark_can_bring_the_supervisor_at_once_and_no_officer_hears_of_it(web):
    phone = web.served_visitor()
    phone.send("feedback", level="1")
    phone.send("supervisor")
    supervisor = web.signed_in("supervisor")

    assert [alert["kind"] for alert in supervisor.get("/measures").json["alerts"]][:1] == ["wants_talk"]
    assert "已经叫主管了" in phone.text()
    assert web.signed_in("guide").post(f"/tickets/{phone.number}/supervisor-coming").status_code == 403
    assert supervisor.post(f"/tickets/{phone.number}/supervisor-coming").status_code == 200
    assert "主管正在过来" in phone.text()


def test_no_is_an_answer_too(web):
    phone = web.served_visitor()
    phone.send("feedback", level="2")

    assert "大厅主管今天就会看" in phone.text("?talk=no")
    assert "SupervisorAsked" not in web.names()


# --- the family


def family(web, phone):
    link = re.search(r'href="[^"]*(/f/[\w-]+)"', phone.text("/share")).group(1)
    return web.app.test_client(), link


def test_the_words_that_the_script_fills_in_keep_their_gaps():
    assert "{time}" in script_words("zh")
    assert "{minutes}" in script_words("en")


ALL_OF_IT = r"几件事加起来，一共大约等 [\d–]+ 分钟"


def test_whoever_has_several_things_to_do_is_told_the_waiting_of_all_of_them(web):
    phone = web.visitor("DK01", services=["TQ01"])
    assert not re.search(ALL_OF_IT, phone.text())  # nobody serves yet: nobody can say

    assert web.officer("3").post("/counters/3/open").status_code == 200
    web.context.waits.refresh()

    assert re.search(ALL_OF_IT, phone.text())
    client, link = family(web, phone)
    assert not re.search(ALL_OF_IT, client.get(link, headers=PAGE).get_data(as_text=True))


def test_the_family_sees_how_far_it_is_and_not_what_it_is_about(web):
    phone = web.visitor("DK01", services=["TQ01"])
    client, link = family(web, phone)
    text = client.get(link, headers=PAGE).get_data(as_text=True)
    guide = web.context.hall_file.catalogue.service("DK01")

    assert phone.number in text
    assert "只能看" in text
    assert "<form" not in text
    assert guide.plain_name.zh not in text
    assert phone.path.removeprefix("/p/") not in text
    assert not {"feedback", "services_to_do", "asked_for_help"} & client.get(f"{link}/state").json.keys()


@pytest.mark.parametrize("verb", ["leave", "help", "minutes", "return", "feedback"])
def test_the_family_s_link_can_do_nothing(web, verb):
    phone = web.visitor()
    client, link = family(web, phone)
    before = web.names()

    assert client.post(f"{link}/{verb}", data={"level": "1"}).status_code == 404
    assert client.post(link.replace("/f/", "/p/") + f"/{verb}", data={"level": "1"}).status_code == 404
    assert client.get(link.replace("/f/", "/p/")).status_code == 404
    assert client.get(phone.path.replace("/p/", "/f/")).status_code == 404
    assert web.names() == before


def test_who_guesses_links_has_to_wait_while_right_ones_open(prepared_accounts, tmp_path):
    hall = VisitorHall(prepared_accounts, tmp_path, limits=RateLimits(wrong_links_per_address=3))
    phone = Phone(hall, hall.a_visitor_takes_a_number())
    guesses = [phone.client.get(f"{phone.path[:-1]}{letter}", headers=PAGE).status_code for letter in "01891"]
    right = phone.get().status_code
    hall.close()

    assert guesses == [404, 404, 404, 429, 429]
    assert right == 200
