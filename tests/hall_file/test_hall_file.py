"""The configuration is checked loudly, with the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.hall_file import HallFileError, read_hall_file
from queue_server.settings import DEPLOY

LANZHOU = DEPLOY / "halls" / "lanzhou.toml"


@pytest.fixture
def changed(tmp_path: Path):  # type: ignore[no-untyped-def]
    """Lanzhou's file with one thing changed; returns what is said about it and the line that was changed."""

    def change(old: str, new: str) -> tuple[str, int]:
        text = LANZHOU.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "hall.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        line = text[: text.index(old)].count("\n") + 1
        with pytest.raises(HallFileError) as error:
            read_hall_file(path)
        return str(error.value.faults[0]), line

    return change


def test_the_demo_hall_is_sound() -> None:
    hall = read_hall_file(LANZHOU)

    assert len(hall.rules.services) == 50
    assert [zone.shape for zone in hall.zones.values()] == ["●", "■", "♥"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('zone = "care"', 'zone = "caer"', "no zone 'caer'"),
        ("wait_good_minutes = 10", 'wait_good_minutes = "ten"', "valid integer"),
        ("recall_after_seconds = 45", "recal_after_seconds = 45", "not permitted"),
        ('timezone = "Asia/Shanghai"', 'timezone = "Asia/Lanzhou"', "write Asia/Shanghai"),
        ('monday = [["09:00", "17:00"]]', 'monday = [["09:00", "12:00"], ["11:00", "17:00"]]', "overlapping"),
        ('counter = "9"', 'counter = "19"', "no counter '19'"),
        ('device = "tcp://127.0.0.1:9100"', 'device = "lpt1"', "should match pattern"),
        ('services = ["DK01"', 'services = ["DK99", "DK01"', "no service 'DK99'"),
        ("[voice]", "[voice", "is not TOML"),
    ],
)
def test_each_mistake_names_its_line(changed, old: str, new: str, says: str) -> None:  # type: ignore[no-untyped-def]
    fault, line = changed(old, new)

    assert says in fault
    assert fault.startswith(f"line {line}:")


def test_a_service_that_no_staffed_counter_serves_is_refused(tmp_path: Path) -> None:
    only_loans = LANZHOU.read_text(encoding="utf-8").replace(
        'zone = "special"\n\n', 'zone = "special"\nservices = ["DK01"]\n\n'
    )
    (tmp_path / "hall.toml").write_text(only_loans, encoding="utf-8")

    with pytest.raises(HallFileError, match="no staffed counter serves CX01, CX02"):
        read_hall_file(tmp_path / "hall.toml")
