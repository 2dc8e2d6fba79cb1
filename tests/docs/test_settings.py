"""docs/settings.md names every setting there is, with its true default, and none that is not there."""

from __future__ import annotations

from tests.docs.settings_of_code import environment_settings, fund_file_settings, hall_file_settings
from tests.docs.tables import DOCS, ROOT, code_names, rows

PAGE = DOCS / "settings.md"


def documented(header: str) -> dict[str, str]:
    return {code_names(cells[0])[0]: cells[1] for cells in rows(PAGE, header)}


def test_the_page_and_the_process_agree_on_every_variable_and_default() -> None:
    assert documented("variable") == environment_settings()


def test_the_page_and_the_hall_file_agree_on_every_setting_and_default() -> None:
    assert documented("setting") == hall_file_settings()


def test_the_page_and_the_fund_file_agree_on_every_figure_and_default() -> None:
    assert documented("figure") == fund_file_settings()


def test_every_setting_says_what_it_is_for() -> None:
    silent = [cells[0] for header in ("variable", "setting") for cells in rows(PAGE, header) if len(cells[-1]) < 4]

    assert silent == []


def test_the_example_of_the_servers_environment_names_only_variables_that_exist() -> None:
    lines = (ROOT / "deploy/systemd/server.env.example").read_text(encoding="utf-8").splitlines()
    names = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}

    assert names
    assert names - set(environment_settings()) == set()
