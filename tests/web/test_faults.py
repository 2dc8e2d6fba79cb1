"""Bad input and faults: what the caller is told, and that nothing is left behind."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from string import Formatter

import pytest

import queue_server
import queue_server.web as web_package
from queue_server.domain.refusals import Refusal
from queue_server.stores.base import StorageTrouble, StorageUncertain
from queue_server.stores.memory import MemoryLog
from queue_server.web.errors import CODE_OF_STATUS
from queue_server.web.rate_limits import RateLimits
from queue_server.web.words import LANGUAGES, surface_words
from tests.web.web_hall import WebHall

JSON = {"Content-Type": "application/json"}


def test_an_unknown_service_is_refused_in_words(web: WebHall):
    answer = web.kiosk().post("/tickets", {"service": "XX99"}, X_Xinting_Language="en")

    assert (answer.status_code, answer.json["code"]) == (404, "unknown_service")
    assert "XX99" in answer.json["message"]
    assert web.names() == []


def test_a_closed_hall_says_when_it_opens(web: WebHall):
    web.clock.forward(hours=11)

    answer = web.kiosk().post("/tickets", {"service": "TQ04"})

    assert (answer.status_code, answer.json["code"]) == (409, "hall_closed")
    assert "11-24 09:00" in answer.json["message"]


def test_a_closed_zone_gives_its_notice_and_no_number(web: WebHall):
    supervisor = web.signed_in("supervisor")
    assert supervisor.post("/zones/special/close", {"notice": "系统维护"}).status_code == 200

    answer = web.kiosk().post("/tickets", {"service": "TQ04"})

    assert (answer.status_code, answer.json["code"]) == (409, "zone_closed")
    assert "特殊业务受理区" in answer.json["message"]
    assert "系统维护" in answer.json["message"]


def test_calling_an_empty_queue_is_refused_kindly(web: WebHall):
    officer = web.officer()
    officer.post("/counters/3/open")

    answer = officer.post("/counters/3/call-next")

    assert (answer.status_code, answer.json["code"]) == (409, "nobody_waiting")


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"text"', b"\xff\xfe", b"[" * 30_000, b"null", b"", b"12"], ids=lambda body: repr(body[:6])
)
def test_malformed_json_is_refused_and_nothing_happens(web: WebHall, body: bytes):
    answer = web.kiosk().client.post("/api/v1/tickets", data=body, headers={**web.kiosk().headers, **JSON})

    assert answer.status_code in {400, 422}
    assert answer.json["message"]
    assert web.names() == []


def test_a_body_of_one_megabyte_is_refused_before_it_is_read(web: WebHall):
    kiosk = web.kiosk()

    answer = kiosk.client.post("/api/v1/tickets", data=b"x" * 1_000_000, headers={**kiosk.headers, **JSON})

    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_a_form_is_not_an_api_call(web: WebHall):
    answer = web.stranger().client.post("/api/v1/session", data={"person": "li", "password": "x"})

    assert (answer.status_code, answer.json["code"]) == (400, "malformed")


def test_a_wrong_field_is_named_and_its_value_is_not_repeated(web: WebHall):
    answer = web.kiosk().post("/tickets", {"service": "TQ04", "language": "klingon"})

    assert answer.status_code == 422
    assert answer.json["details"]["fields"][0]["field"] == "language"
    assert "klingon" not in json.dumps(answer.json)


def test_a_key_that_is_no_key_is_refused(web: WebHall):
    answer = web.kiosk().post("/tickets", {"service": "TQ04"}, Idempotency_Key="two words")

    assert answer.status_code == 422
    assert web.names() == []


def test_emoji_and_rare_characters_come_back_as_they_were_said(web: WebHall):
    words = "办得很好😀🙏 䶮𠮷"
    day = date(2026, 11, 23)

    web.words.add(day, "T0001", words, web.clock.now())
    web.words.add(day, "T0002", "𠮷" * 900, web.clock.now())

    assert web.words.of(day, "T0001") == words
    assert web.words.of(day, "T0002") == "𠮷" * 500


def test_words_are_forgotten_after_a_month(web: WebHall):
    today = date(2026, 11, 23)
    web.words.add(today - timedelta(days=31), "T0001", "old", web.clock.now())
    web.words.add(today, "T0001", "new", web.clock.now())

    assert web.words.forget_old(today) == 1
    assert web.words.of_day(today) == {"T0001": "new"}


def test_emoji_in_a_question_reach_the_guide(web: WebHall):
    web.kiosk().post("/help", {"question": "厕所在哪里🚻"})

    assert web.signed_in("guide").get("/floor").json["help"][0]["question"] == "厕所在哪里🚻"


class FullDisk(MemoryLog):
    """A log whose disk is full until space is made."""

    is_full = True

    def append(self, *given: object) -> None:
        if self.is_full:
            raise StorageTrouble("The log cannot be used: disk is full.", "Free some space on this disk.")
        super().append(*given)  # type: ignore[arg-type]


def test_a_full_disk_refuses_with_advice_and_goes_on_when_there_is_space(prepared_accounts: Path, tmp_path: Path):
    log = FullDisk()
    web = WebHall(prepared_accounts, tmp_path, log=log)
    kiosk = web.kiosk()

    refused = kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1")
    log.is_full = False
    given = kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1")

    assert (refused.status_code, refused.json["code"]) == (503, "storage_trouble")
    assert refused.headers["Retry-After"]
    assert (given.status_code, given.json["ticket"]) == (201, "T0001")
    web.close()


class BreaksOff(MemoryLog):
    """A log whose answer to the first commit is lost."""

    is_lost = True

    def append(self, *given: object) -> None:
        super().append(*given)  # type: ignore[arg-type]
        if self.is_lost:
            self.is_lost = False
            raise StorageUncertain("The log's database cannot be used: the line broke.", "Start it.")


def test_where_the_answer_to_a_commit_was_lost_asking_again_gives_the_one_number(
    prepared_accounts: Path, tmp_path: Path
):
    web = WebHall(prepared_accounts, tmp_path, log=BreaksOff())
    kiosk = web.kiosk()

    refused = kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1")
    given = kiosk.post("/tickets", {"service": "TQ04"}, Idempotency_Key="press-1")

    assert (refused.status_code, refused.json["code"]) == (503, "storage_uncertain")
    assert "不确定" in refused.json["message"]
    assert (given.status_code, given.json["ticket"]) == (201, "T0001")
    assert web.names() == ["TicketIssued"]
    web.close()


def test_a_kiosk_that_floods_is_slowed_down(prepared_accounts: Path, tmp_path: Path):
    web = WebHall(prepared_accounts, tmp_path, limits=RateLimits(kiosk_tickets=5))
    kiosk = web.kiosk()

    codes = [kiosk.post("/tickets", {"service": "TQ04"}).status_code for _ in range(7)]

    assert codes == [201] * 5 + [429] * 2
    web.close()


def test_guessing_passwords_is_slowed_down(prepared_accounts: Path, tmp_path: Path):
    web = WebHall(prepared_accounts, tmp_path, limits=RateLimits(sign_in_per_person=3))

    codes = [web.stranger().post("/session", {"person": "li", "password": str(n)}).status_code for n in range(5)]

    assert codes == [401, 401, 401, 429, 429]
    web.close()


def test_an_unexpected_fault_shows_a_reference_and_not_its_text(web: WebHall, monkeypatch: pytest.MonkeyPatch, caplog):
    def broken(*_: object) -> None:
        raise RuntimeError("inner secret")

    monkeypatch.setattr(web.context.waits, "picture", broken)

    answer = web.officer().get("/board")

    assert (answer.status_code, answer.json["code"]) == (500, "fault")
    assert "inner secret" not in answer.text
    assert answer.json["details"]["reference"] in caplog.text


def every_refusal() -> list[str]:
    return sorted({refusal.code for refusal in Refusal.__subclasses__()} | {Refusal.code})


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words_that_say_what_happened_and_what_to_do(language: str):
    words = surface_words("refusals", language)
    clause = re.compile("[。，：；]" if language == "zh" else r"[.;:,](?:\s|$)")

    too_short = [code for code in every_refusal() if len([part for part in clause.split(words[code]) if part]) < 2]

    assert too_short == []


def test_every_refusal_is_raised_somewhere_with_all_that_its_words_name():
    codes = {refusal.__name__: refusal.code for refusal in Refusal.__subclasses__()}
    raised: set[str] = set()
    lacking = []
    for call in calls_in_the_package():
        if isinstance(call.func, ast.Name) and call.func.id in codes:
            code, given = codes[call.func.id], {keyword.arg for keyword in call.keywords}
            raised.add(code)
            if None not in given:  # handed over as a whole
                lacking += [(code, name) for name in named_in_words(code) if name not in given]

    assert lacking == []
    assert raised == set(every_refusal()) - {Refusal.code}


def calls_in_the_package() -> Iterator[ast.Call]:
    for path in Path(queue_server.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def named_in_words(code: str) -> set[str]:
    """The details that the words of either language show."""
    texts = [surface_words("refusals", language)[code] for language in LANGUAGES]
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_that_the_web_itself_answers_has_words():
    code = re.compile(r'ApiError\(\s*\d+,\s*"(\w+)"|answer\(\d+, "(\w+)"')
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(web_package.__file__).parent.rglob("*.py"))

    used = {one or other for one, other in code.findall(sources)} | set(CODE_OF_STATUS.values())

    assert len(used) > 10
    assert used <= surface_words("refusals", "zh").keys()


def test_both_languages_have_the_same_words():
    for surface in ("refusals", "printers"):
        zh, en = surface_words(surface, "zh"), surface_words(surface, "en")
        assert zh.keys() == en.keys()


def test_a_page_that_is_not_there_is_a_calm_page(web: WebHall):
    answer = web.app.test_client().get("/nowhere", headers={"Accept": "text/html"})

    assert answer.status_code == 404
    assert "请从首页重新进入" in answer.text
