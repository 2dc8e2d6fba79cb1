"""The tools on the phone: forms by GET, drawn on the server, light, kept by their address and nowhere else."""

from __future__ import annotations

import gzip
import re
from html import unescape

import pytest

from queue_server.guidance.tools.toolbox import TOOLS
from tests.pages.visitor_hall import PAGE, VisitorHall
from tests.web.test_tools_api import ASKED

HEAVIEST_BYTES = 30_000
RESULT = "/tools/repayment?principal=700000&months=360"


def read(web: VisitorHall, path: str, status: int = 200) -> str:
    answer = web.app.test_client().get(path, headers=PAGE)
    assert answer.status_code == status
    assert "Set-Cookie" not in answer.headers
    return unescape(answer.get_data(as_text=True))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(TOOLS))
def test_every_tool_asks_and_answers_in_words(web: VisitorHall, name: str, lang: str) -> None:
    empty = read(web, f"/tools/{name}?lang={lang}")
    query = ASKED[name][0].replace("schedule=yes", "")
    told = read(web, f"/tools/{name}?{query}&lang={lang}")

    notice = "估算，以中心审批为准" if lang == "zh" else "An estimate; the centre's approval decides"
    for page in (empty, told):
        assert notice in page
        assert not re.search(r">[^<]*tools\.[a-z_]+", page)  # no key without its words
    assert 'class="card result"' in told
    assert 'class="card result"' not in empty


def test_a_page_with_its_styles_is_light(web: VisitorHall) -> None:
    client = web.app.test_client()
    page = client.get(RESULT, headers=PAGE).data
    styles = re.findall(rb'<link rel="stylesheet" href="([^"]+)"', page)
    parts = [page, *(client.get(style.decode(), buffered=True).data for style in styles)]

    assert b"<script" not in page
    assert sum(len(gzip.compress(part)) for part in parts) < HEAVIEST_BYTES


def test_the_centres_own_figures_that_are_not_confirmed_look_so(web: VisitorHall) -> None:
    page = read(web, "/tools/loan-limit?family=single&price=1500000&balance=30000")

    assert page.count("◇ 未经中心确认") >= 3  # on the headline, at the bound, at the foot
    assert "余额倍数" in page
    assert "只按中心确认过的规定" in page


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_stays(web: VisitorHall) -> None:
    page = read(web, "/tools/repayment?principal=-5&months=360", 422)

    assert "不能是负数，请写 0 或更大的数。" in page
    assert 'value="-5"' in page
    assert 'href="#field-principal"' in page


def test_a_bare_number_for_a_rate_is_meant_in_percent(web: VisitorHall) -> None:
    assert "3.5%" in read(web, "/tools/conversion?balance=700000&months=300&commercial_rate=3.5")


def test_the_address_to_keep_holds_the_inputs_and_nothing_of_the_ticket(web: VisitorHall) -> None:
    phone = web.visitor()
    link = phone.path.removeprefix("/p/")
    page = read(web, f"/tools/repayment?principal=70万&months=30年&ticket={link}&lang=zh&large=1&balance=")

    assert "http://hall.test/tools/repayment?principal=700000&months=360<" in page
    assert f'href="/p/{link}?lang=zh"' in page
    assert 'data-large="yes"' in page
    assert f'name="ticket" value="{link}"' in page


def test_a_foreign_address_to_go_back_to_is_not_taken(web: VisitorHall) -> None:
    assert "evil" not in read(web, "/tools?ticket=//evil.example").split("looks", 1)[0]


def test_scripts_in_what_is_typed_stay_text(web: VisitorHall) -> None:
    answer = web.app.test_client().get("/tools/repayment?principal=<script>alert(1)</script>&months=12", headers=PAGE)

    assert "<script" not in answer.get_data(as_text=True)


def test_the_way_there_stands_on_the_visitors_own_page(web: VisitorHall) -> None:
    phone = web.visitor()
    assert f'href="/tools?ticket={phone.path.removeprefix("/p/")}' in unescape(phone.text())


def test_who_reads_the_own_page_large_and_in_contrast_reads_the_tools_so(web: VisitorHall) -> None:
    phone = web.visitor()
    reader = web.app.test_client()
    reader.get(f"{phone.path}?large=1&contrast=1", headers=PAGE)
    tools = reader.get("/tools", headers=PAGE).get_data(as_text=True)

    assert 'data-large="yes" data-contrast="yes"' in tools
    assert 'href="/tools?contrast=0" aria-current="true">高对比' in unescape(tools)
