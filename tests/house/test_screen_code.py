"""Screens draw text as text: nothing a visitor wrote can become markup, and no page needs a lax content policy.
And an answer that comes late changes the screen of now, not the one that was there when it was asked for."""

import re

import pytest

from tests.house.source_tree import ROOT, package_files, shown

FORBIDDEN_IN_SCRIPTS = {
    "markup made from text": re.compile(
        r"\.(?:inner|outer)HTML\s*\+?=(?!=)|insertAdjacentHTML|document\.write\b|createContextualFragment|srcdoc\s*="
    ),
    "lit-html without its escaping": re.compile(r"\bunsafe(?:HTML|SVG|MathML)\b|\bunsafeStatic\b"),
    "a state read before the wait for what changes it": re.compile(
        r"\b(?:board|state)\s*,[^;{)]*(?:\{[^;{})]*)?[({:\s]await\b"
    ),
    "text run as code": re.compile(r"\beval\s*\(|\bnew Function\s*\(|set(?:Timeout|Interval)\s*\(\s*['\"`]"),
}

# In pages and in lit-html templates alike; styleMap sets properties one by one and is fine.
FORBIDDEN_IN_MARKUP = {
    "a style attribute": re.compile(r"<[a-zA-Z][^<>]*\sstyle\s*=\s*(?!\$\{styleMap\()"),
    "a handler attribute": re.compile(r"<[a-zA-Z][^<>]*\son[a-z]+\s*="),
    "a javascript: address": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.IGNORECASE),
}

SCRIPT_TAG = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.IGNORECASE | re.DOTALL)
DATA_BLOCK = re.compile(r"type\s*=\s*[\"']application/json[\"']", re.IGNORECASE)


def violations(suffixes: tuple[str, ...], rules: dict[str, re.Pattern[str]]) -> list[str]:
    found = []
    for path in package_files(*suffixes):
        text = path.read_text(encoding="utf-8")
        for rule, pattern in rules.items():
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                found.append(f"{shown(path)}:{line} {rule}: {match.group()[:60]!r}")
    return found


def test_no_script_makes_markup_or_code_out_of_text():
    assert violations((".js", ".mjs"), FORBIDDEN_IN_SCRIPTS) == []


def test_no_page_or_template_carries_styles_or_handlers_in_its_markup():
    assert violations((".html", ".js", ".mjs"), FORBIDDEN_IN_MARKUP) == []


def test_no_page_carries_script_inside_it_except_one_block_of_data():
    inline = []
    for path in package_files(".html"):
        text = path.read_text(encoding="utf-8")
        for attributes, body in SCRIPT_TAG.findall(text):
            if body.strip() and not DATA_BLOCK.search(attributes):
                inline.append(f"{shown(path)}: {body.strip()[:60]!r}")
        if re.search(r"<style\b", text, re.IGNORECASE):
            inline.append(f"{shown(path)}: a <style> block")

    assert inline == []


def test_every_page_of_a_device_says_when_it_is_whole():
    """The frame loads a device's page again until it does (loads_again.js)."""
    pages = ("kiosk/pages/kiosk_page.js", "displays/pages/display_page.js")
    for page in (*pages, "queue_server/web/pages/supervisor/supervisor_wall_page.js"):
        assert 'document.documentElement.dataset.whole = "yes"' in (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "slip",
    [
        "box.innerHTML = name",
        "box.outerHTML += name",
        "box.insertAdjacentHTML('beforeend', name)",
        "html`<p>${unsafeHTML(words)}</p>`",
        "setTimeout('call()', 10)",
        "show(withData(kiosk.board, { printer: await read() }))",
        "show({ ...state, day: await read() })",
    ],
)
def test_the_patterns_find_a_slip_in_a_script(slip):
    assert any(pattern.search(slip) for pattern in FORBIDDEN_IN_SCRIPTS.values())


@pytest.mark.parametrize("slip", ['<p style="color: red">', "<p\n  style=${colour}>", '<button onclick="go()">'])
def test_the_patterns_find_a_slip_in_markup(slip):
    assert any(pattern.search(slip) for pattern in FORBIDDEN_IN_MARKUP.values())


@pytest.mark.parametrize("fine", ["if (box.innerHTML === '')", "<button @click=${go}>", "<i style=${styleMap(bar)}>"])
def test_the_patterns_leave_good_code_alone(fine):
    assert not any(pattern.search(fine) for pattern in (*FORBIDDEN_IN_SCRIPTS.values(), *FORBIDDEN_IN_MARKUP.values()))
