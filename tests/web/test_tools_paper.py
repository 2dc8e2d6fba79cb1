"""A result on paper: asked for by the kiosk, fetched by its printer's agent, forgotten once it is out."""

from __future__ import annotations

from printers.lines import as_text
from printers.paper_sheet import PaperSheet
from printers.sheet_layout import lay_out_sheet
from queue_server.accounts import DeviceKind
from tests.web.web_hall import WebHall

QUERY = "family=single&price=1500000&balance=30000&uplifts=group&lang=zh"


def ask(web: WebHall, query: str = QUERY, tool: str = "loan-limit", printer: str = "K1"):
    return web.kiosk().post(f"/tools/{tool}/paper?lang=zh", {"printer": printer, "query": query})


def jobs(web: WebHall, printer: str = "K1"):
    return web.device(DeviceKind.PRINTER, printer).get(f"/print-jobs?printer={printer}").json["jobs"]


def test_a_result_is_printed_once_and_then_forgotten(web: WebHall):
    assert ask(web).status_code == 202
    (job,) = jobs(web)

    paper = as_text(lay_out_sheet(PaperSheet.from_json(job)))
    assert "算一算 · 能贷多少" in paper
    assert "600,000 元 ◇" in paper  # the unconfirmed multiple binds
    assert "估算，以中心审批为准" in paper
    assert "未经中心确认（◇），以公告为准：余额倍数" in paper
    assert "房子总价：1,500,000 元" in paper
    assert "[QR http://hall.test/tools/loan-limit?family=single&price=1500000&balance=30000&uplifts=group]" in paper
    agent = web.device(DeviceKind.PRINTER, "K1")
    assert agent.post(f"/print-jobs/{job['job']}", {"state": "printed"}).status_code == 200
    assert jobs(web) == []
    again = web.device(DeviceKind.PRINTER, "K1").post(f"/print-jobs/{job['job']}", {"state": "printed"})
    assert again.status_code == 404


def test_what_is_not_fetched_within_ten_minutes_is_forgotten(web: WebHall):
    ask(web)
    web.clock.forward(minutes=11)

    assert jobs(web) == []


def test_only_the_kiosk_prints_and_only_what_can_be_worked_out(web: WebHall):
    assert web.stranger().post("/tools/repayment/paper", {"printer": "K1", "query": QUERY}).status_code == 401
    wrong = ask(web, "family=single&price=-1")
    assert (wrong.status_code, wrong.json["details"]["fields"][0]["field"]) == (422, "price")
    assert ask(web, printer="K9").status_code == 404
    assert ask(web, tool="nothing").status_code == 404
    assert jobs(web) == []


def test_another_printers_agent_neither_sees_nor_settles_it(web: WebHall):
    ask(web)
    (job,) = jobs(web)

    other = web.device(DeviceKind.PRINTER, "K2")
    assert other.get("/print-jobs?printer=K2").json["jobs"] == []
    assert other.post(f"/print-jobs/{job['job']}", {"state": "failed"}).status_code == 404
    assert len(jobs(web)) == 1
