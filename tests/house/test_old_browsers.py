"""Every page may meet a browser as old as Chromium 90: no script or style asks for more.

The versions are those of MDN's compatibility data. `make old-browser` tries the kiosk in a real one. Phones are older
still; tests/pages/test_progress_board.mjs reads what they get. `accent-color` (93) is left out: without it a tick box
has the browser's own colour and works as well.
"""

import re

import pytest

from tests.house.source_tree import package_files, shown

FOLDERS = ("kiosk/pages", "displays/pages", "displays/voice/static", "queue_server/web")
NEWER_SCRIPT = {  # feature → first Chromium that knows it
    r"\.at\(": 92,
    r"\.(findLast|findLastIndex)\(": 97,
    r"\.(toSorted|toReversed|toSpliced)\(": 110,
    r"\b(Object|Map)\.groupBy\(": 117,
    r"\bObject\.hasOwn\(": 93,
    r"\bstructuredClone\(": 98,
    r"\bAbortSignal\.(any|timeout)\(": 103,
    r"\bcrypto\.randomUUID\(": 92,
    r"\bPromise\.(withResolvers|try)\(": 119,
    r"\bArray\.fromAsync\(": 121,
    r"\b(URL\.canParse|new Error\([^)]*\{ cause)": 93,
    r"\bstatic \{": 94,
    r"#\w+ in \w": 91,
    r"\.(showPopover|scrollIntoViewIfNeeded|checkVisibility)\(": 105,
    r"/[a-z]*v[a-z]*[;,)]": 112,
}
NEWER_STYLE = {
    r":has\(": 105,
    r"@(container|layer|scope|property)\b(?!:)": 99,
    r"\b\d+(d|s|l)v[hwib]\b": 108,
    r"\b(color-mix|oklch|oklab|lch|lab)\(": 111,
    r"\bsubgrid\b": 117,
    r"(?m)^\s*&": 112,
    r"(?m)^\s*(translate|rotate|scale|container-type|view-transition-name)\s*:": 93,
}


def faults(suffix: str, newer: dict[str, int]) -> list[str]:
    files = [
        path for path in package_files(suffix) if shown(path).startswith(FOLDERS) and "/vendor/" not in shown(path)
    ]
    assert {shown(path).partition("/")[0] for path in files} == {"kiosk", "displays", "queue_server"}
    found = []
    for path in files:
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        text = re.sub(r"(?m)(^|\s)//.*$", "", text) if suffix == ".js" else text
        for pattern, version in newer.items():
            found += [f"{shown(path)}: {hit[0].strip()} (Chromium {version})" for hit in re.finditer(pattern, text)]
    return found


@pytest.mark.parametrize(("suffix", "newer"), [(".js", NEWER_SCRIPT), (".css", NEWER_STYLE)])
def test_no_screen_asks_for_a_browser_newer_than_chromium_90(suffix: str, newer: dict[str, int]):
    assert faults(suffix, newer) == []
