"""The project's pages lead somewhere, and what README says can be done."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queue_server.cli import _parser
from queue_server.demo.password import DEMO_PASSWORD
from queue_server.hall_file import read_hall_file
from queue_server.settings import DEPLOY
from tests.docs.tables import DOCS, ROOT
from tests.house.source_tree import project_files, shown

PAGES = [path for path in project_files() if path.suffix == ".md"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURES = "docs/pictures/"
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip("# ").lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_every_link_within_the_project_leads_to_something(page: Path) -> None:
    lost = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target) or target.startswith(PICTURES):
            continue
        name, _, part = target.partition("#")
        file = (page.parent / name) if name else page
        headings = file.read_text(encoding="utf-8").splitlines() if part and file.is_file() else []
        if not file.exists() or (part and part not in {anchor(line) for line in headings if line.startswith("#")}):
            lost.append(target)

    assert lost == []


@pytest.mark.skipif(not (ROOT / PICTURES).is_dir(), reason="no pictures taken yet: make shots")
def test_every_picture_of_the_readme_has_been_taken() -> None:
    shown_in_readme = [target for target in LINK.findall(README) if target.startswith(PICTURES)]

    assert shown_in_readme
    assert [target for target in shown_in_readme if not (ROOT / target).is_file()] == []


def test_the_make_commands_that_the_pages_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))}

    assert named - targets == set()


def test_the_commands_of_xinting_that_the_pages_name_exist() -> None:
    commands = set(re.findall(r"^    ([a-z-]+)(?: |$)", _parser().format_help(), re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`xinting ([a-z-]+)", page.read_text(encoding="utf-8"))}

    assert named
    assert named - commands == set()


def test_the_demo_sign_in_of_the_readme_is_the_demos() -> None:
    people = {person.id: person for person in read_hall_file(DEPLOY / "halls" / "lanzhou.toml").people}

    assert f"`{DEMO_PASSWORD}`" in README
    assert people["liu"].counter == "5"
    assert [people[name].role for name in ("ma", "sun", "admin")] == ["guide", "supervisor", "administrator"]


def test_the_readme_counts_what_the_centre_has_not_confirmed() -> None:
    guides = read_hall_file(DEPLOY / "halls" / "lanzhou.toml").catalogue.services
    unconfirmed = sum(not guide.confirmed_by_centre for guide in guides)

    assert f"{unconfirmed} of the {len(guides)} services" in README


def test_each_decision_has_a_number_of_its_own_and_says_context_decision_and_consequences() -> None:
    records = sorted((DOCS / "decisions").glob("*.md"))

    assert len({path.name[:4] for path in records}) == len(records)
    for path in records:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} ")
        assert [part for part in ("Context", "Decision", "Consequences") if f"**{part}.**" not in text] == []
