"""Skills, reserve counters, helping out, quotas: the rules know what the hall's file says, or its line is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from queue_server.domain.rules import CallRule, Counter, HallRules, Officer, Options, OrderClass
from queue_server.hall_file import HallFileError, read_hall_file
from queue_server.settings import DEPLOY

WHOLE = (DEPLOY / "halls" / "lanzhou.toml").read_text(encoding="utf-8")
LANZHOU = re.sub(r"\[\[call_rules\]\]\n(.+\n)+", "", WHOLE)  # without its own, so that lines below are easy to count
HELP = '[[call_rules]]\nzone = "special"\ncounters = ["8"]\nlonger_than_minutes = 40\n'


def rules_with(tmp_path: Path, old: str, new: str) -> HallRules:
    assert LANZHOU.count(old) >= 1
    path = tmp_path / "hall.toml"
    path.write_text(LANZHOU.replace(old, new, 1), encoding="utf-8")
    return read_hall_file(path).rules


def faults_with(tmp_path: Path, more: str) -> list[str]:
    """What is said about Lanzhou's file with something written under it; lines are counted from there."""
    path = tmp_path / "hall.toml"
    path.write_text(f"{LANZHOU}\n{more}", encoding="utf-8")
    with pytest.raises(HallFileError) as error:
        read_hall_file(path)
    above = LANZHOU.count("\n") + 1
    return [f"line {(fault.line or 0) - above}: {fault.what}" for fault in error.value.faults]


def test_an_officers_skills_and_preferences_are_known(tmp_path: Path) -> None:
    li = 'id = "li"\nname = "李敏"\nrole = "officer"\n'

    rules = rules_with(tmp_path, li, f'{li}services = ["TQ04", "TQ05"]\nprefers = ["TQ04"]\n')

    assert rules.officers["li"] == Officer("li", frozenset({"TQ04", "TQ05"}), frozenset({"TQ04"}))
    assert rules.officers["wang"] == Officer("wang")  # nothing said: everything


def test_a_counters_preferences_and_reserve_are_known(tmp_path: Path) -> None:
    rules = rules_with(
        tmp_path, 'id = "9"\nzone = "care"\n', 'id = "9"\nzone = "care"\nprefers = ["TQ04"]\nreserve = true\n'
    )

    assert rules.counters["9"] == Counter("9", "care", None, frozenset({"TQ04"}), reserve=True)


def test_a_rule_for_helping_out_is_known(tmp_path: Path) -> None:
    rules = rules_with(tmp_path, "[voice]", f"{HELP}\n[voice]")

    assert CallRule("special", frozenset({"8"}), None, None, 40) in rules.call_rules


def test_each_class_earns_what_the_file_says(tmp_path: Path) -> None:
    more = "[order]\nappointment = { credit_minutes = 5 }\nstatutory = { rate = 4 }\ntransferred = { rate = 1.5 }\n"

    rules = rules_with(tmp_path, "[order]\n", more)

    assert rules.appointment == OrderClass(1.0, 300)  # seconds
    assert rules.statutory == OrderClass(4.0, 0)
    assert rules.transferred == OrderClass(1.5, 0)


def test_a_file_that_says_nothing_of_the_order_means_what_the_rules_themselves_do(tmp_path: Path) -> None:
    ordinary, care = "ordinary = { rate = 1.0, credit_minutes = 0 }\n", "care = { rate = 2.0, credit_minutes = 0 }\n"

    rules = rules_with(tmp_path, f"[order]\n{ordinary}{care}", "")

    assert (rules.ordinary, rules.transferred) == (OrderClass(rate=1.0), OrderClass(rate=1.0))
    assert (rules.care, rules.statutory) == (OrderClass(rate=2.0), OrderClass(rate=2.0))
    assert rules.appointment == OrderClass(credit_seconds=600.0)
    plain = HallRules("a hall", rules.timezone, {}, {}, {}, rules.hours)
    for name in ("ordinary", "care", "appointment", "statutory", "transferred"):
        assert getattr(plain, name) == getattr(rules, name)


def test_a_quota_belongs_to_the_hall_and_leaves_the_catalogue_as_it_is(tmp_path: Path) -> None:
    rules = rules_with(tmp_path, "[voice]", "[services.TQ04]\nquota = 40\n\n[voice]")

    assert rules.services["TQ04"].quota == 40
    assert rules.services["TQ05"].quota is None


def test_ways_of_working_can_be_turned_round(tmp_path: Path) -> None:
    rules = rules_with(tmp_path, "[voice]", "[options]\ncall_on_finish = true\nshortest_first = false\n\n[voice]")

    assert rules.options == Options(call_on_finish=True, continue_at_counter=True, shortest_first=False)


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('"special"', '"spcial"', 2, "no zone 'spcial'"),
        ('["8"]', '["88"]', 3, "no counter '88'"),
        ('["8"]', '["3"]', 3, "counter 3 belongs to special and calls from it anyway"),
        ('["8"]', '["8"]\nservices = ["XX99"]', 4, "no service 'XX99'"),
        ("longer_than_minutes = 40\n", "", 1, "say when"),
        ("= 40", "= -1", 4, "greater than or equal to 0"),
        ("longer_than", "longer", 4, "not permitted"),
    ],
)
def test_a_mistaken_rule_for_helping_out_names_its_line(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert LANZHOU.count("[[call_rules]]") == 0, "the lines below are those of the first rule in the file"
    (fault,) = [one for one in faults_with(tmp_path, HELP.replace(old, new)) if says in one]

    assert fault.startswith(f"line {line}:")


@pytest.mark.parametrize("quota", ["0", '"many"', "true"])
def test_a_quota_that_is_no_number_of_people_names_its_line(tmp_path: Path, quota: str) -> None:
    (fault,) = faults_with(tmp_path, f"[services.TQ04]\nquota = {quota}\n")

    assert fault.startswith("line 2:")
    assert "1 or more" in fault


def test_a_service_that_only_a_reserve_counter_serves_is_refused(tmp_path: Path) -> None:
    nobody_in_reserve = LANZHOU.replace("reserve = true\n", "")
    only_the_reserve = nobody_in_reserve.replace('zone = "special"\n', 'zone = "special"\nreserve = true\n')
    path = tmp_path / "hall.toml"
    path.write_text(only_the_reserve, encoding="utf-8")

    with pytest.raises(HallFileError, match="no staffed counter serves CX01"):
        read_hall_file(path)
