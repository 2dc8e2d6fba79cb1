"""Print jobs for the printers' tests."""

from copy import deepcopy
from typing import Any

LINK = "http://192.168.20.15:8000/p/Jx3v9QmB0sTn7KcWzYfE2A"

_JOB: dict[str, Any] = {
    "job": "K1-17",
    "printer": "K1",
    "reprint": False,
    "requested_at": "2026-11-23T01:31:00+00:00",
    "ticket": {
        "ticket": "T0023",
        "hall": "兰州住房公积金 城关服务厅",
        "zone": {"id": "special", "name": "特殊业务受理区", "shape": "■", "way": "进门右手边"},
        "service": "购买自住住房提取",
        "ahead": 5,
        "wait": {"low": 14, "high": 22, "rough": False},
        "issued_at": "09:31",
        "day": "2026-11-23",
        "materials": [
            {"name": "本人身份证", "optional": False},
            {"name": "购房合同", "optional": False},
            {"name": "一类银行卡", "optional": False},
            {"name": "婚姻关系证明（结婚证/离婚证等）", "optional": True},
        ],
        "confirmed": False,
        "link": LINK,
        "language": "zh",
        "wait_error": None,
        "wait_error_of": "today",
        "return_within_numbers": 10,
        "return_within_minutes": 30,
        "return_behind": 2,
        "other_service": "",
        "fetching": False,
        "large_print": False,
        "then": "",
        "total": None,
        "simulated": False,
    },
}


def paper_job(
    *, job: str = "K1-17", reprint: bool = False, requested_at: str | None = None, **ticket: Any
) -> dict[str, Any]:
    """The example job with some of its fields changed; other keywords change the ticket."""
    made = deepcopy(_JOB)
    made["job"] = job
    made["reprint"] = reprint
    if requested_at is not None:
        made["requested_at"] = requested_at
    unknown = set(ticket) - set(made["ticket"])
    assert not unknown, unknown
    made["ticket"].update(ticket)
    return made
