"""No word is kept, translated and offered for rewording that no screen says."""

import json
import re

from tests.house.source_tree import ROOT, package_files

WORDS = ROOT / "queue_server" / "web" / "words"
NAMED = re.compile(r"""["'`]([a-z_]+\.[a-z0-9_]+)""")
# `kiosk.help_${state}`, f"order.{rule}", 'join.way_' ~ way
BEGUN = re.compile(r"""["'`]([a-z_]+\.[a-z0-9_]*)(?:\$?\{|["'`] ?[~+%])""")
# of a name said apart from its surface: its beginning, `fund_${name}`, and its end, `${kind}_means`
BEGINS = re.compile(r"""["'`{. ]([a-z][a-z0-9_]*_)(?:\$?\{|["'`] ?[~+%])""")
ENDS = re.compile(r"""(?:\}|[~+] ?["'`])(_[a-z0-9_]+)["'`]""")
JOINED = re.compile(r"""["'`]([a-z_]+\.)\$?\{[^}]*\}_\$?\{""")  # `staff.${name}_${value}`
NAMES = re.compile(r"[a-z0-9_]+")
AMOUNT = re.compile(r"(minus_)?\d+")
BY_ENDPOINT = "audit."  # tests/web/test_audited.py asks for a word of each endpoint


def words_of_no_screen(files: list[str], words: list[str]) -> list[str]:
    """A word is said in full, or from a beginning that names more than its surface; or its surface is named alone
    somewhere and the rest stands somewhere else, whole or in the parts that are put together there."""
    said = "\n".join(files)
    named, begun, names = set(NAMED.findall(said)), set(BEGUN.findall(said)), set(NAMES.findall(said))
    surfaces = {one for one in begun if one.endswith(".")}
    begun, begins, ends = tuple(begun - surfaces), tuple(set(BEGINS.findall(said))), tuple(set(ENDS.findall(said)))
    joined = set(JOINED.findall(said))

    def is_said(word: str) -> bool:
        surface, _, name = word.partition(".")
        if word in named or word.startswith((*begun, BY_ENDPOINT)):
            return True
        if f"{surface}." not in surfaces:
            return False
        whole = name in names or name.rpartition(".")[2] in names
        return whole or name.startswith(begins) or name.endswith(ends) or (f"{surface}." in joined and in_two(name))

    def in_two(name: str) -> bool:
        halves = [(name[:at], name[at + 1 :]) for at, sign in enumerate(name) if sign == "_"]
        return any(one in names and (two in names or AMOUNT.fullmatch(two)) for one, two in halves)

    return [word for word in words if not is_said(word)]


def test_every_word_is_said_somewhere():
    sources = package_files(".py", ".js", ".html")
    files = [path.read_text(encoding="utf-8") for path in sources if "vendor" not in path.parts]
    # what the catalogue and the centre's figures name, some words are called by
    facts = [path for path in (ROOT / "queue_server").rglob("*.json") if "words" not in path.parts]
    files += [path.read_text(encoding="utf-8") for path in facts]
    surfaces = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (WORDS / "zh").glob("*.json")}
    words = [f"{surface}.{name.removeprefix(surface + '.')}" for surface, table in surfaces.items() for name in table]

    assert words_of_no_screen(files, words) == []


def test_a_word_that_is_said_nowhere_is_found():
    page = """t('kiosk.help') t(`kiosk.mode_${mode}`) {{ word('join.way_' ~ way) }} t(`staff.${name}`, "busy")
    t(`setup.${kind}_${state}`) kind = "test" state = "done" t(`tools.${part}`, `fund_${one}`, `${one}_means`)"""

    said = ["kiosk.help", "kiosk.mode_low", "join.way_counter", "staff.busy", "setup.test_done"]
    said += ["tools.fund_rate", "tools.gap_means"]
    unsaid = ["kiosk.gone", "staff.gone", "setup.test_gone", "tools.gone_fund"]

    assert words_of_no_screen([page], said + unsaid) == unsaid
