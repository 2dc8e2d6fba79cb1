"""Administrators change the hall at /setup: draft, what would change, publishing, return; two of them at once."""

from __future__ import annotations

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from queue_server.accounts import DeviceKind
from queue_server.domain.alerts import NO_SIGNS
from queue_server.screen_words import program_words
from queue_server.web.pages.setup.setup_sections import SECTIONS
from queue_server.web.words import find_word
from tests.web.web_hall import WebHall


class Administrator:
    """A person at a PC who reads a page's form, changes some of it and sends all of it."""

    def __init__(self, web: WebHall) -> None:
        self.caller = web.signed_in("administrator")

    def page(self, path: str) -> str:
        answer = self.caller.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, **changed: str | list[str]) -> TestResponse:
        return self.send_read(self.page(path), path, **changed)

    def send_read(self, page: str, path: str, **changed: str | list[str]) -> TestResponse:
        """`changed`: dots of names written as two underscores; what is not named is sent as it was read."""
        form = read_form(page)
        form |= {name.replace("__", "."): text for name, text in changed.items()}
        return self.caller.client.post(path, data=form)

    def press(self, page: str, path: str, **fields: str) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', page)
        assert token
        return self.caller.client.post(path, data={"csrf_token": token[1], **fields})


def read_form(page: str) -> dict[str, str | list[str]]:
    """What a browser would send of the page's setting form."""
    body = page[page.index('<form class="card') : page.index("</form>", page.index('<form class="card'))]
    form: dict[str, str | list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", body):
        name, value = (re.search(rf'\b{one}="([^"]*)"', tag) for one in ("name", "value"))
        kind = re.search(r'type="(\w+)"', tag)
        if name and (kind is None or kind[1] not in ("checkbox", "radio", "file") or " checked" in tag):
            known = form.get(name[1])
            text = value[1] if value else ""
            form[name[1]] = [*known, text] if isinstance(known, list) else [known, text] if known else text
    for name, text in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', body):
        form[name] = unescape(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        form[name] = chosen[1] if chosen else ""
    return form


@pytest.fixture
def admin(web: WebHall) -> Administrator:
    return Administrator(web)


def publish(admin: Administrator, **form: str) -> TestResponse:
    page = admin.page("/setup/changes")
    return admin.send_read(page[page.index('<form class="card publish"') :], "/setup/publish", **form)


def test_only_administrators_may(web: WebHall) -> None:
    assert web.signed_in("supervisor").client.get("/setup").status_code == 403
    assert web.stranger().client.get("/setup", headers={"Accept": "text/html"}).status_code == 302


def test_every_section_has_words_in_both_languages_and_every_page_opens(admin: Administrator) -> None:
    missing = [
        f"{language}: {key}"
        for section in SECTIONS.values()
        for language in ("zh", "en")
        for key in (section.name, *(f"field_{name}" for one in section.fields() for name in one.path))
        if find_word(f"setup.{key}", language) is None
    ]
    assert missing == []
    for name in (*SECTIONS, "figures", "devices", "changes", "files/hall-file", "files/fund-file"):
        assert "setup." not in re.sub(r'(href|action|src)="[^"]*"', "", admin.page(f"/setup/{name}")), name
    for path in (
        "counters/0",
        "counters/new",
        "zones/0",
        "services/TQ04",
        "skills/3",
        "fund_uplifts/0",
        "call_rules/0",
    ):
        assert "setup." not in re.sub(r'(href|action|src)="[^"]*"', "", admin.page(f"/setup/{path}?lang=en")), path
    for path in ("/setup/nothing", "/setup/counters/99", "/setup/limits/1", "/setup/services/XX", "/setup/versions/9"):
        assert admin.caller.client.get(path).status_code == 404


def test_a_limit_is_drafted_looked_at_published_and_taken_back(admin: Administrator, web: WebHall) -> None:
    assert admin.send("/setup/limits", calls_before_missed="4").status_code == 303
    assert web.hall.rules.limits.calls_before_missed == 3
    changes = admin.page("/setup/changes?lang=en")
    assert "Calls before missed" in changes
    assert "<del>3</del>" in changes
    assert "<ins>4</ins>" in changes

    assert publish(admin, note="多叫一次").headers["Location"].endswith("said=published")

    assert web.hall.rules.limits.calls_before_missed == 4
    history = admin.page("/setup")
    assert "多叫一次" in history
    assert "草稿里有" not in history

    assert admin.press(history, "/setup/return", number="1").headers["Location"].endswith("said=returned")
    assert web.hall.rules.limits.calls_before_missed == 3
    assert "回到第 1 版" in admin.page("/setup")


def test_a_reset_takes_the_halls_value_out_and_unchanged_forms_change_nothing(
    admin: Administrator, web: WebHall
) -> None:
    assert admin.send("/setup/limits").headers["Location"].endswith("said=unchanged")
    assert admin.send("/setup/hours").headers["Location"].endswith("said=unchanged")
    assert admin.send("/setup/counters/5").headers["Location"].endswith("said=unchanged")
    assert admin.send("/setup/zones/0").headers["Location"].endswith("said=unchanged")
    assert web.context.setup.versions.draft() is None

    admin.send("/setup/limits", reset="recall_after_seconds")
    draft = web.context.setup.versions.draft()
    assert draft is not None
    assert "\nrecall_after_seconds" not in draft.texts.hall
    assert "现在就是默认" in admin.page("/setup/limits")


def test_what_cannot_be_read_keeps_every_letter_and_names_the_field(admin: Administrator, web: WebHall) -> None:
    for changed, said in (
        ({"calls_before_missed": "viele"}, "这里要填数字"),
        ({"calls_before_missed": "99"}, "不能大于 10"),
    ):
        answer = admin.send("/setup/limits", return_behind="4", **changed)
        assert answer.status_code == 422
        assert said in answer.text
        assert f'value="{changed["calls_before_missed"]}"' in answer.text
        assert 'name="return_behind" value="4"' in answer.text
    answer = admin.send("/setup/hours", monday="09:00–12:00，11:00–17:00")
    assert "不能重叠" in answer.text
    assert answer.status_code == 422
    assert web.context.setup.versions.draft() is None


def test_a_service_that_no_counter_serves_is_told_with_the_way_out_and_not_published(
    admin: Administrator, web: WebHall
) -> None:
    for place in (2, 3, 4, 9):  # all that serve everything in the staffed zone
        form = read_form(admin.page(f"/setup/counters/{place}"))
        form.pop("services.all")
        assert (
            admin.caller.client.post(f"/setup/counters/{place}", data={**form, "services": ["TQ04"]}).status_code == 303
        )

    changes = admin.page("/setup/changes")

    assert "没有人工窗口办这些事项" in changes
    assert 'href="/setup/counters"' in changes
    assert publish(admin).status_code == 422
    assert web.hall.rules.counters["3"].services is None
    assert web.context.setup.versions.all() == []


def test_a_zone_that_goes_names_its_counters_as_what_is_to_mend(admin: Administrator) -> None:
    page = admin.page("/setup/zones/2")
    mark = re.search(r'name="seen" value="(\w+)"', page)
    assert mark
    assert admin.press(page, "/setup/zones/2/remove", seen=mark[1]).status_code == 303

    changes = admin.page("/setup/changes")

    assert "没有“care”这个分区" in changes
    assert 'href="/setup/counters/7"' in changes


def test_two_administrators_with_the_same_draft(admin: Administrator, web: WebHall) -> None:
    other = Administrator(web)
    mine, theirs = admin.page("/setup/alerts"), other.page("/setup/alerts")

    assert other.send_read(theirs, "/setup/alerts", wait_act_minutes="25").status_code == 303
    assert other.send("/setup/options", call_on_finish="yes").status_code == 303
    refused = admin.send_read(mine, "/setup/alerts", wait_act_minutes="40")

    assert refused.status_code == 409
    assert "别人刚刚改过" in refused.text
    assert "草稿里现在是：25" in refused.text
    assert 'value="40"' in refused.text
    assert admin.send_read(refused.text, "/setup/alerts").status_code == 303
    draft = web.context.setup.versions.draft()
    assert draft is not None
    assert "wait_act_minutes = 40" in draft.texts.hall
    assert "call_on_finish = true" in draft.texts.hall, "another part is nobody's conflict"

    changes = admin.page("/setup/changes")
    other.send("/setup/options", call_on_finish="no", shortest_first="no")
    late = admin.send_read(changes[changes.index('<form class="card publish"') :], "/setup/publish")
    assert late.status_code == 409
    assert "草稿又变了" in late.text
    assert web.context.setup.versions.all() == []


def test_later_is_later_and_one_that_waits_can_be_withdrawn(admin: Administrator, web: WebHall) -> None:
    admin.send("/setup/limits", return_behind="4")
    assert "已经过了" in publish(admin, when="later", at="2026-11-23T09:00").text
    assert publish(admin, when="later", at="2026-11-23T10:00").headers["Location"].endswith("said=later")
    assert "10:00 生效" in admin.page("/setup")
    admin.send("/setup/limits", return_behind="5")
    assert "已有一版在等生效" in publish(admin).text

    web.clock.forward(minutes=30)
    web.context.setup.follow(web.hall, web.context.take_hall_file)
    assert web.hall.rules.limits.return_behind == 4

    publish(admin, when="later", at="2026-11-23T12:00")
    admin.press(admin.page("/setup"), "/setup/withdraw", number="3")
    web.clock.forward(hours=3)
    web.context.setup.follow(web.hall, web.context.take_hall_file)
    assert web.hall.rules.limits.return_behind == 4


def test_a_new_counter_and_other_words_are_there_for_everybody_at_once(admin: Administrator, web: WebHall) -> None:
    answer = admin.send("/setup/counters/new", id="12", zone="special")
    assert answer.status_code == 303, answer.text
    assert admin.send("/setup/services/TQ04", plain_name__zh="租房子取钱", quota="40").status_code == 303
    assert (
        admin.send("/setup/closed/new", date="2027-01-01", reason__zh="元旦", reason__en="New Year").status_code == 303
    )
    assert admin.send("/setup/skills/2", counter="12").status_code == 303
    assert publish(admin).headers["Location"].endswith("said=published")

    assert "12" in [one["id"] for one in web.kiosk().get("/hall").json["counters"]]
    assert web.kiosk().get("/services/TQ04").json["plain_name"] == "租房子取钱"
    assert web.hall.rules.services["TQ04"].quota == 40
    assert web.accounts.people.find("zhao").counter == "12"
    web.officer("12").post("/counters/12/open")
    changes = admin.page("/setup/versions/2?lang=en")
    assert "Counter 12" in changes
    assert "2027-01-01" in changes


def test_an_open_desk_makes_it_wait_and_the_page_says_for_what(admin: Administrator, web: WebHall) -> None:
    officer, counter = web.officer("10"), "10"
    assert officer.post(f"/counters/{counter}/open").status_code == 200
    place = next(i for i, one in enumerate(web.hall.rules.counters) if one == counter)
    admin.send(f"/setup/counters/{place}", zone="care")
    assert f"{counter} 号窗口正开着" in admin.page("/setup/changes")

    assert publish(admin).headers["Location"].endswith("said=waits")
    assert f"{counter} 号窗口正开着" in admin.page("/setup")
    officer.post(f"/counters/{counter}/close")
    web.context.setup.follow(web.hall, web.context.take_hall_file)
    assert web.hall.rules.counters[counter].zone == "care"


def test_a_whole_file_is_checked_line_by_line_and_nothing_typed_is_lost(admin: Administrator, web: WebHall) -> None:
    text = web.context.setup.in_force().hall
    broken = text.replace("return_behind = 2", "return_behind = = 2")
    line = broken.splitlines().index("return_behind = = 2") + 1

    answer = admin.send("/setup/files/hall-file", text=broken)

    assert answer.status_code == 422
    assert f"第 {line} 行第 17 列" in answer.text
    assert "return_behind = = 2" in answer.text
    sound = text.replace("return_behind = 2", "return_behind = 3")
    assert admin.send("/setup/files/hall-file", text=sound).status_code == 303
    assert "回来排在几位之后" in admin.page("/setup/changes")
    assert admin.page("/setup/files/hall-file?as=file") == sound


def test_a_device_is_let_in_by_a_code_once_and_shut_out_again(admin: Administrator, web: WebHall) -> None:
    answer = admin.press(admin.page("/setup/devices"), "/setup/devices", kind="kiosk", name="K7")
    code = re.search(r'new-device__code number">([A-Z0-9 ]+)<', answer.text)
    assert code
    browser = web.stranger().client
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/devices/enter").text)
    assert token
    form = {"csrf_token": token[1], "code": code[1].lower()}

    assert browser.post("/devices/enter", data=form).headers["Location"] == "/kiosk"
    assert browser.post("/devices/enter", data=form).status_code == 404, "a code is good once"
    assert browser.post("/devices/enter", data={"code": code[1]}).status_code == 403, "only from our own page"
    assert [device.id for device in web.accounts.devices.all() if device.kind is DeviceKind.KIOSK] == ["K7"]
    old = admin.press(admin.page("/setup/devices"), "/setup/devices", kind="kiosk", name="K8").text
    web.real_now = web.real_now.replace(hour=23)
    stale = re.search(r'new-device__code number">([A-Z0-9 ]+)<', old)
    assert stale
    admin = Administrator(web)
    assert browser.post("/devices/enter", data={**form, "code": stale[1]}).status_code == 404
    admin.press(admin.page("/setup/devices"), "/setup/devices/shut-out", kind="kiosk", name="K7")
    assert web.accounts.devices.all() == []
    assert admin.press(admin.page("/setup/devices"), "/setup/devices", kind="kiosk", name="a b").status_code == 422


def told(web: WebHall, language: str) -> str:
    with web.stranger().client.get(f"/common/words/{language}/kiosk.json") as answer:
        return str(answer.json["wait_people"])


def test_words_of_the_screens_and_those_that_comfort_are_the_halls_own(admin: Administrator, web: WebHall) -> None:
    assert "{n} 人在等" in admin.page("/setup/wording?in=kiosk")
    assert "wait_people" in admin.page("/setup/wording?find=人在等")
    assert "{n}" in admin.send("/setup/wording/kiosk.wait_people", zh="有人在等").text
    answer = admin.send("/setup/wording/kiosk.wait_people", zh="{n")
    assert answer.status_code == 422
    assert "花括号里的要原样留着" in answer.text
    assert admin.send("/setup/wording/kiosk.wait_people", zh="前面 {n} 位街坊").status_code == 303
    assert "请带好您的证件" in admin.page("/setup/wording?in=supervisor"), "what staff say to visitors, though"
    assert admin.caller.client.get("/setup/wording/desk.title").status_code == 404, "staff pages keep their words"

    assert "程序自带的" in admin.page("/setup/phrases")
    assert admin.send("/setup/phrases/0", words__zh="让您久等了，请坐。").status_code == 303
    assert "前面 {n} 位街坊" in admin.page("/setup/changes")
    assert publish(admin).headers["Location"].endswith("said=published")

    assert told(web, "zh") == "前面 {n} 位街坊"
    assert told(web, "en") == "{n} waiting"
    phrases = web.officer("3").get("/services/TQ17/at-counter").json["phrases"]
    assert phrases[0]["words"]["zh"] == "让您久等了，请坐。"
    assert len(phrases) == 4, "the program's others stay"
    assert admin.send("/setup/wording/paper.no_link", zh="请留意叫号和大屏").status_code == 303
    publish(admin)
    web.a_visitor_takes_a_number(printer="K1")
    (job,) = web.kiosk().get("/print-jobs?printer=K1").json["jobs"]
    assert job["words"] == {"zh": {"no_link": "请留意叫号和大屏"}}
    admin.press(admin.page("/setup/phrases"), "/setup/phrases/defaults")
    admin.send("/setup/wording/kiosk.wait_people", reset="zh")
    publish(admin)
    assert web.context.hall_file.phrases == web.context.setup.read(web.context.setup.file_texts()).phrases
    assert told(web, "zh") == "{n} 人在等"


def test_the_last_row_of_what_the_program_brings_can_go(admin: Administrator, web: WebHall) -> None:
    for _ in web.context.hall_file.seats:
        page = admin.page("/setup/seats/0")
        mark = re.search(r'name="seen" value="(\w+)"', page)
        assert mark
        admin.press(page, "/setup/seats/0/remove", seen=mark[1])
    publish(admin)
    assert web.context.hall_file.seats == []


def test_papers_risks_and_common_mistakes_of_a_service_are_rows_of_a_form(admin: Administrator, web: WebHall) -> None:
    before = web.context.hall_file.catalogue.service("TQ04")
    page = admin.page("/setup/services/TQ04")
    mistakes = len(before.common_mistakes)
    papers = len(before.materials)
    assert admin.send("/setup/services/TQ04").headers["Location"].endswith("said=unchanged")
    half = admin.send("/setup/services/TQ04", **{f"common_mistakes__{mistakes}__zh": "别忘了带合同"})
    assert half.status_code == 422
    assert "中文英文都要填" in half.text
    assert "别忘了带合同" in half.text

    changed = {
        "common_mistakes__0__zh": "",
        "common_mistakes__0__en": "",
        f"common_mistakes__{mistakes}__zh": "别忘了带合同",
        f"common_mistakes__{mistakes}__en": "Bring the contract",
        f"materials__{papers}__zh": "租房备案表",
        f"materials__{papers}__en": "Registered lease",
    }
    assert admin.send_read(page, "/setup/services/TQ04", **changed).status_code == 303
    assert "别忘了带合同" in admin.page("/setup/changes")
    assert publish(admin).headers["Location"].endswith("said=published")

    desk = web.officer("3").get("/services/TQ04/at-counter").json
    assert desk["mistakes"][-1] == {"text": "别忘了带合同", "confirmed": True}
    assert before.common_mistakes[0].text.zh not in [one["text"] for one in desk["mistakes"]]
    after = web.context.hall_file.catalogue.service("TQ04")
    assert after.common_mistakes[:-1] == before.common_mistakes[1:], "what was only read keeps its source"
    assert after.materials[:-1] == before.materials
    assert after.materials[-1].code == "M-OWN-1"
    admin.send("/setup/services/TQ04", reset="common_mistakes")
    publish(admin)
    assert web.context.hall_file.catalogue.service("TQ04").common_mistakes == before.common_mistakes


def test_everything_else_a_service_says_is_edited_in_its_page(admin: Administrator, web: WebHall) -> None:
    path, before = "/setup/services/TQ04", web.context.hall_file.catalogue.service("TQ04")
    page = admin.page(path)
    assert before.official_name.zh in page
    assert "国务院令第844号" in page
    refused: tuple[tuple[dict[str, str | list[str]], str], ...] = (
        ({"official_name__en": ""}, "中文英文都要填"),
        ({"effective_until": "2026-09-19"}, "最后一天比第一天还早"),
        ({"effective_until": "someday"}, "日期写成"),
        ({"sources": []}, "至少要选一个依据"),
        ({"sources": ["GEN"]}, "选的依据都不能确认"),
        ({"typical_minutes": "0"}, "expected minutes"),
    )
    for changed, said in refused:
        answer = admin.send_read(page, path, **changed)
        assert answer.status_code == 422, changed
        assert said in answer.text, changed
    emptied = {name: "" for name in read_form(page) if name.startswith("coaching.channels.")}
    assert "就要写从哪里办" in admin.send_read(page, path, coaching__possible="yes", **emptied).text

    changed = {
        **{"official_name__zh": "租房提取（新）", "official_name__en": "Rent withdrawal (new)"},
        **{"keywords": "交房租\n 付 房租，rent money", "result__zh": "钱到您卡上", "result__en": "Money on the card"},
        **{"time_limit__zh": "当天告诉您", "time_limit__en": "We tell you the same day", "zone": "special"},
        **{"zone_reason__zh": "要当面看合同", "zone_reason__en": "The contract is looked at"},
        **{"effective_date": "", "effective_until": "2027-12-31"},
        **{"coaching.channels.0.zh": "手机公积金", "coaching.channels.0.en": "The fund's app"},
    }
    assert admin.send_read(page, path, **changed).status_code == 303
    assert "当天告诉您" in admin.page("/setup/changes")
    assert admin.send(path).headers["Location"].endswith("said=unchanged")
    assert publish(admin).headers["Location"].endswith("said=published")

    after = web.context.hall_file.catalogue.service("TQ04")
    assert (after.official_name.zh, after.result.en, after.zone) == ("租房提取（新）", "Money on the card", "special")
    assert after.keywords == ("交房租", "付 房租", "rent money")
    assert (after.time_limit.text.zh, after.time_limit.source) == ("当天告诉您", "CENTRE")
    assert (after.effective_date, str(after.effective_until)) == (None, "2027-12-31")
    assert after.coaching.channels[0].zh == "手机公积金"
    assert after.coaching.possible == before.coaching.possible, "what was only read stays the catalogue's"
    assert after.sources == before.sources
    shown = web.kiosk().get("/services/TQ04").json
    assert (shown["official_name"], shown["time_limit"]) == ("租房提取（新）", "当天告诉您")
    for name in ("time_limit", "effective_date", "coaching.channels"):
        assert f'value="{name}"' in admin.page(path), "each can be taken back"
        admin.send(path, reset=name)
    publish(admin)
    after = web.context.hall_file.catalogue.service("TQ04")
    assert (after.time_limit, after.effective_date) == (before.time_limit, before.effective_date)
    assert after.coaching == before.coaching


@pytest.mark.parametrize("service", ["TQ12", "TQ03"])  # TQ03 names its sources in another order than the list of them
def test_a_confirmed_service_names_who_confirmed_it(admin: Administrator, web: WebHall, service: str) -> None:
    path, before = f"/setup/services/{service}", web.context.hall_file.catalogue.service(service)
    assert admin.send(path, time_limit__zh="三天内", time_limit__en="Within 3 days").status_code == 303
    publish(admin)
    assert not web.context.hall_file.catalogue.service(service).confirmed_by_centre, "a changed fact confirms no other"
    admin.send(path, confirmed_by_centre="yes")
    publish(admin)
    after = web.context.hall_file.catalogue.service(service)
    assert after.confirmed_by_centre
    assert after.sources == (*before.sources, "CENTRE")


def test_the_plan_of_the_hall_is_drawn_from_measures(admin: Administrator, web: WebHall) -> None:
    assert admin.send("/setup/plan").headers["Location"].endswith("said=unchanged")
    assert "用逗号隔开" in admin.send("/setup/plan", counters="3 = left").text
    outside = admin.send("/setup/plan", width="10", height="8", door="5，8", zones="special = 6, 1, 6, 4")
    assert outside.status_code == 422
    assert "大厅外面" in outside.text
    sound = {"width": "12.5", "height": "8", "door": "5, 8", "zones": "special = 6, 1, 6, 4", "counters": "3 = 4.5, 1"}
    assert admin.send("/setup/plan", **sound).status_code == 303
    assert publish(admin).headers["Location"].endswith("said=published")

    plan = web.context.hall_file.plan
    assert (plan.width, plan.door, plan.zones["special"], plan.counters["3"]) == (12.5, (5, 8), (6, 1, 6, 4), (4.5, 1))


def test_whom_a_rule_tells_is_written_in_its_page_and_whoever_is_told_sees_it(
    admin: Administrator, web: WebHall
) -> None:
    page = admin.page("/setup/alert_rules/0")
    assert 'name="tells" value="supervisor" checked' in page
    assert admin.send("/setup/alert_rules/0", tells=[]).status_code == 422  # tells nobody
    assert admin.send("/setup/alert_rules/6", tells=["officer"]).status_code == 422  # a call for help is at no counter
    assert admin.send("/setup/alert_rules/8", tells=["supervisor", "guide"]).status_code == 422  # a mark

    assert admin.send("/setup/alert_rules/0", tells=["administrator", "guide"], people=["li"]).status_code == 303
    changes = admin.page("/setup/changes?lang=en")
    assert "Guides" in changes
    publish(admin)
    assert (rule := web.hall.rules.alert_rules[0]).tells == ("administrator", "guide")
    assert rule.people == ("li",)

    web.kiosk().post("/tickets", {"service": "TQ01"})
    web.clock.forward(minutes=17)
    assert [one["kind"] for one in web.signed_in("guide").get("/alerts/mine").json["alerts"]] == ["longest_wait"]
    assert [one["kind"] for one in web.officer("1").get("/alerts/mine").json["alerts"]] == ["longest_wait"]
    web.context.alert_keeper.look(NO_SIGNS)
    assert "有人等了 17 分钟" in admin.page("/setup")


def test_words_kept_as_they_were_are_no_change_though_a_form_cuts_their_edges(admin: Administrator) -> None:
    for key in ("join.then", "paper.sheet_doubts", "paper.materials_unconfirmed", "paper.list_also"):
        assert program_words(key), key
        path = f"/setup/wording/{key}"
        form = {name: text.strip() for name, text in read_form(admin.page(path)).items() if isinstance(text, str)}
        answer = admin.caller.client.post(path, data=form)
        assert answer.headers["Location"].endswith("said=unchanged"), key
