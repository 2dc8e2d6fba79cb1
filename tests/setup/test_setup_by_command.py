"""`xinting setup`: a hall's setup as files, for whoever prefers an editor to pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.cli import main
from queue_server.hall_file import read_hall_file
from queue_server.setup.versions import FILE, Versions

RECALL = "recall_after_seconds = 45"


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    return ["--data", str(tmp_path / "data")]


def test_export_edit_import_and_the_next_export_has_it(data: list[str], tmp_path: Path, capsys) -> None:
    file = tmp_path / "out" / "hall.toml"
    assert main(["setup", "export", str(file), *data]) == 0
    assert (file.parent / "hall.fund.toml").exists()
    file.write_text(file.read_text().replace(RECALL, "recall_after_seconds = 50"))

    assert main(["setup", "import", str(file), "--note", "较慢一点", *data]) == 0

    assert "changed  hall.limits.recall_after_seconds" in capsys.readouterr().out
    versions = Versions(tmp_path / "data" / FILE)
    awaited = versions.awaited()
    assert awaited is not None
    assert awaited.note == "较慢一点"
    versions.start(awaited.number, awaited.due_at)  # as a running server does
    assert main(["setup", "export", str(tmp_path / "again.toml"), *data]) == 0
    assert read_hall_file(tmp_path / "again.toml").rules.limits.recall_after_seconds == 50
    assert main(["setup", "import", str(file), *data]) == 2
    assert "Nothing would change" in capsys.readouterr().err
    assert main(["setup", "export", str(file), *data]) == 2, "files are not written over"
    versions.close()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("recall_after_seconds = 45 45", "column 27"),
        ('recall_after_seconds = "soon"', "limits.recall_after_seconds"),
        ("recal_after_seconds = 45", "limits.recal_after_seconds"),
    ],
)
def test_a_broken_file_is_named_line_by_line_and_nothing_is_published(
    data: list[str], tmp_path: Path, capsys, broken: str, said: str
) -> None:
    file = tmp_path / "hall.toml"
    assert main(["setup", "export", str(file), *data]) == 0
    text = file.read_text().replace(RECALL, broken)
    file.write_text(text)

    assert main(["setup", "import", str(file), *data]) == 1

    err = capsys.readouterr().err
    number = text.splitlines().index(broken) + 1
    assert said in err
    assert f"line {number}" in err
    assert "nothing was published" in err
    assert not (tmp_path / "data" / FILE).exists()


def test_a_new_hall_from_the_template_is_sound_and_has_nobody_elses_people(tmp_path: Path, capsys) -> None:
    file = tmp_path / "anning.toml"

    assert main(["setup", "new", str(file), "--id", "anning", "--zh", "安宁服务厅", "--en", "Anning Hall"]) == 0

    hall = read_hall_file(file)
    assert (hall.id, hall.name.zh) == ("anning", "安宁服务厅")
    assert [person.role for person in hall.people] == ["administrator"]
    assert hall.fund is not None
    assert main(["setup", "new", str(file), "--id", "anning", "--zh", "安", "--en", "A"]) == 2
    assert main(["setup", "new", str(tmp_path / "b.toml"), "--id", "a b", "--zh", "安", "--en", "A"]) == 2
    assert "hall.id" in capsys.readouterr().err


def test_a_file_of_another_hall_or_a_moment_that_is_none_is_refused(data: list[str], tmp_path: Path, capsys) -> None:
    other, mine = tmp_path / "other.toml", tmp_path / "mine.toml"
    main(["setup", "new", str(other), "--id", "other", "--zh", "别处", "--en", "Elsewhere"])
    main(["setup", "export", str(mine), *data])
    mine.write_text(mine.read_text().replace("return_behind = 2", "return_behind = 3"))

    assert main(["setup", "import", str(other), *data]) == 2
    assert main(["setup", "import", str(mine), "--at", "tomorrow", *data]) == 2
    assert main(["setup", "import", str(mine), "--at", "2099-12-01 08:00", *data]) == 0
    assert main(["setup", "import", str(mine), *data]) == 2

    err = capsys.readouterr().err
    assert "another hall" in err
    assert "2026-12-01 08:00" in err
    assert "withdraw it" in err


def test_people_invited_in_pages_stay_beside_the_file_and_go_along_when_asked(
    data: list[str], tmp_path: Path, capsys
) -> None:
    invite = ["people", "invite", "lin", "--name", "林静", "--role", "guide", "--also", "supervisor", *data]
    assert main(invite) == 0
    capsys.readouterr()
    plain, whole = tmp_path / "plain.toml", tmp_path / "whole.toml"

    assert main(["setup", "export", str(plain), *data]) == 0
    assert "pages (lin)" in capsys.readouterr().out
    assert main(["setup", "export", str(whole), "--with-people", *data]) == 0

    assert "lin" not in [one.id for one in read_hall_file(plain).people]
    lin = next(one for one in read_hall_file(whole).people if one.id == "lin")
    assert (lin.name, lin.role, lin.also) == ("林静", "guide", ["supervisor"])
    assert len(read_hall_file(whole).people) == len(read_hall_file(plain).people) + 1
