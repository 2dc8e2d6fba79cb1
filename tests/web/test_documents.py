"""docs/api.md, docs/feed.md and the OpenAPI document say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from openapi_spec_validator import validate

from queue_server.stores.codec import EVENTS
from queue_server.web.feed_messages import KIOSK_FIELDS, OWN_FIELDS, PUBLIC_FIELDS
from tests.web.web_hall import WebHall

DOCS = Path(__file__).parents[2] / "docs"
STAMP = {"at", "actor", "command"}
API_ROW = re.compile(r"^\| (GET|POST|DELETE) \| `(/\S+)` \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
EVENT_ROW = re.compile(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) ?\|$", re.MULTILINE)


def document(web: WebHall) -> dict:
    return web.stranger().get("/openapi.json").json


def test_the_openapi_document_is_valid(web: WebHall):
    written = document(web)

    validate(written)
    assert written["openapi"].startswith("3.1")


def test_every_api_route_is_in_the_openapi_document(web: WebHall):
    served = {
        (method, re.sub(r"<(\w+)>", r"{\1}", rule.rule))
        for rule in web.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.rule != "/api/v1/openapi.json"
    }
    written = {(method.upper(), path) for path, methods in document(web)["paths"].items() for method in methods}

    assert served == written


def test_the_api_page_lists_every_route_with_those_who_may_use_it(web: WebHall):
    page = (DOCS / "api.md").read_text(encoding="utf-8")
    written = {(method, path): (who, what) for method, path, who, what in API_ROW.findall(page)}

    real = {}
    for path, methods in document(web)["paths"].items():
        for method, operation in methods.items():
            who = ", ".join(operation["x-who"])
            real[method.upper(), path] = (who, operation["summary"])

    assert written == real


def fields_in(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`(\w+)`", cell))


def test_the_feed_page_lists_every_event_and_its_fields():
    page = (DOCS / "feed.md").read_text(encoding="utf-8").split("## Events")[1]
    written = {name: fields_in(fields) for name, fields, _ in EVENT_ROW.findall(page)}

    real = {
        name: tuple(field for field in kind.__struct_fields__ if field not in STAMP) for name, kind in EVENTS.items()
    }

    assert written == real


def test_the_feed_page_says_which_fields_displays_hear():
    page = (DOCS / "feed.md").read_text(encoding="utf-8").split("## Events")[1]
    written = {name: fields_in(public) for name, _, public in EVENT_ROW.findall(page) if public.strip()}

    assert written == PUBLIC_FIELDS


def test_the_feed_page_names_what_kiosks_and_phones_hear_beyond_that():
    text = (DOCS / "feed.md").read_text(encoding="utf-8")

    for name in {*KIOSK_FIELDS, *OWN_FIELDS} - PUBLIC_FIELDS.keys():
        assert f"`{name}`" in text.split("## Events")[1].split("| event |")[0]


def test_every_message_that_the_feed_sends_is_on_the_feed_page():
    feed = (DOCS.parent / "queue_server" / "web" / "feed.py").read_text(encoding="utf-8")
    text = (DOCS / "feed.md").read_text(encoding="utf-8")
    sent = set(
        re.findall(r'(?:_send(?:_gently)?|emit|_to_caller)\(\s*"(\w+)"|^\s*parcels.*?\("(\w+)",', feed, re.MULTILINE)
    )
    names = {one or other for one, other in sent}

    assert {"event", "waits", "tick", "hello", "print_job", "printers"} <= names
    assert all(f"| `{name}` |" in text for name in names)
