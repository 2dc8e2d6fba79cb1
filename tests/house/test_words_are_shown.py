"""No word is kept, translated and offered for rewording that no screen says."""

import json
import re

from tests.house.source_tree import ROOT, package_files

WORDS = ROOT / "queue_server" / "web" / "words"
NAMED = re.compile(r"""["'`]([a-z_]+\.[a-z0-9_]+)""")
# `kiosk.help_${state}`, f"order.{rule}", 'join.way_' ~ way
BEGUN = re.compile(r"""["'`]([a-z_]+\.[a-z0-9_]*)(?:\$?\{|["'`] ?[~+%])""")


def words_of_no_screen(files: list[str], words: list[str]) -> list[str]:
    said = "\n".join(files)
    named, begun = set(NAMED.findall(said)), tuple(set(BEGUN.findall(said)))
    return [word for word in words if word not in named and not word.startswith(begun)]


def test_every_word_is_said_somewhere():
    sources = package_files(".py", ".js", ".html")
    files = [path.read_text(encoding="utf-8") for path in sources if "vendor" not in path.parts]
    surfaces = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (WORDS / "zh").glob("*.json")}
    words = [f"{surface}.{name.removeprefix(surface + '.')}" for surface, table in surfaces.items() for name in table]

    assert words_of_no_screen(files, words) == []


def test_a_word_that_is_said_nowhere_is_found():
    page = "t('kiosk.help') t(`kiosk.mode_${mode}`) {{ word('join.way_' ~ way) }}"

    words = ["kiosk.help", "kiosk.mode_low", "join.way_counter", "kiosk.gone"]

    assert words_of_no_screen([page], words) == ["kiosk.gone"]
