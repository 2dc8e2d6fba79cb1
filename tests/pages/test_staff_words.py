"""Every word that a staff page asks for is there, in Chinese and in English, with the same places to fill."""

import json
import re
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "queue_server" / "web"
SURFACES = ("staff", "desk", "guide", "sign_in")
ASKED = re.compile(r"""["'`]((?:common|staff|desk|guide|sign_in)\.[a-z_]+)(\$\{)?""")


def words(language: str, surface: str) -> dict[str, str]:
    path = WEB / "words" / language / f"{surface}.json"
    return {f"{surface}.{key}": text for key, text in json.loads(path.read_text(encoding="utf-8")).items()}


def asked_keys() -> set[tuple[str, bool]]:
    """Keys in the scripts, and whether the rest of the key is only known when it runs."""
    scripts = [path for surface in SURFACES for path in (WEB / "pages" / surface).glob("*.js")]
    return {(key, bool(open_end)) for path in scripts for key, open_end in ASKED.findall(path.read_text("utf-8"))}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_staff_page_asks_for_a_word_that_nobody_wrote(language):
    known = {key for surface in (*SURFACES, "common") for key in words(language, surface)}

    missing = [
        key
        for key, open_end in asked_keys()
        if (not any(each.startswith(key) for each in known) if open_end else key not in known)
    ]

    assert sorted(missing) == []


@pytest.mark.parametrize("surface", SURFACES)
def test_both_languages_say_the_same_things(surface):
    chinese, english = words("zh", surface), words("en", surface)

    assert chinese.keys() == english.keys()
    for key, text in chinese.items():
        assert set(re.findall(r"\{(\w+)\}", text)) == set(re.findall(r"\{(\w+)\}", english[key])), key
