"""The centre's figures are checked as loudly as the hall's file, with the line that is wrong."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from queue_server.cli import main
from queue_server.hall_file import HallFileError, read_hall_file
from queue_server.settings import DEPLOY

HALL = DEPLOY / "halls" / "lanzhou.toml"
FUND = (DEPLOY / "halls" / "lanzhou.fund.toml").read_text(encoding="utf-8")


@pytest.fixture
def hall_with(tmp_path: Path) -> Callable[[str | None], Path]:
    def write(fund: str | None) -> Path:
        shutil.copy(HALL, tmp_path / "hall.toml")
        if fund is not None:
            (tmp_path / "hall.fund.toml").write_text(fund, encoding="utf-8")
        return tmp_path / "hall.toml"

    return write


def test_figures_are_read_exactly_as_written() -> None:
    fund = read_hall_file(HALL).fund

    assert fund is not None
    assert fund.loan_rates[0].second_short == Decimal("2.525")
    assert not fund.balance_multiple.confirmed


def test_a_hall_without_figures_is_sound_and_says_so(hall_with, capsys) -> None:
    path = hall_with(None)

    assert read_hall_file(path).fund is None
    assert main(["check", str(path)]) == 0
    assert "no hall.fund.toml beside it" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("first_long = 2.6", "first_long = 260", "less than or equal to 100"),
        ("single = 700000", 'single = "many"', "decimal"),
        ("single_most = 1040000", "single_mots = 1040000", "not permitted"),
        ("times = 1.2", "times = 1.2\nplus = 5", "exactly one of"),
        ('source = "LZ-ANN"', 'source = "LZ-AMM"', "no source 'LZ-AMM'"),
        ("effective_until = 2027-04-06", "effective_until = 2025-04-06", "before effective_from"),
        ('id = "green_2"', 'id = "green_1"', "'green_1' stands twice"),
        ("months_sealed = 6", "months_sealed = 0", "greater than or equal to 1"),
        ("[rounding]", "[rounding", "is not TOML"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(hall_with, capsys, old: str, new: str, says: str) -> None:
    assert old in FUND
    path = hall_with(FUND.replace(old, new, 1))
    line = FUND[: FUND.index(old)].count("\n") + 1

    with pytest.raises(HallFileError) as error:
        read_hall_file(path)
    (fault,) = error.value.faults
    assert says in fault.what
    assert fault.line is not None
    assert abs(fault.line - line) <= 6  # its own line, or the head of its block where a whole block contradicts itself
    assert error.value.path.name == "hall.fund.toml"
    assert main(["check", str(path)]) == 1
    assert f"hall.fund.toml, line {fault.line}" in capsys.readouterr().err
