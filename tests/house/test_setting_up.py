"""Set-up and the test command, tried in a scratch folder with stand-ins for the programs they call."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source_tree import ROOT

SCRIPTS = [ROOT / ".ci/run", ROOT / "deploy/setup.sh", ROOT / "deploy/test.sh"]


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "build").mkdir()
    (tmp_path / "tests").mkdir()
    return tmp_path


def run(scratch: Path, script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a few lines of bash in the scratch folder, with the set-up's own functions at hand."""
    parts = "\n".join(f". deploy/setup/{part}.sh" for part in ("common", "system", "python", "screens"))
    return subprocess.run(
        ["bash", "-c", f"set -euo pipefail\nroot=$PWD\nlevel=${{level:-run}}\n{parts}\n: >$log\n{script}"],
        cwd=scratch,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def stand_in(path: Path, exit_status: int = 0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\nexit {exit_status}\n")
    path.chmod(0o755)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_command_of_the_project_can_be_run_as_it_is(script):
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], capture_output=True).returncode == 0


@pytest.mark.parametrize(
    ("finished", "asked", "good"),
    [("run", "run", True), ("dev", "dev", True), ("dev", "run", True), ("run", "dev", False)],
)
def test_what_was_set_up_for_tests_also_serves_for_running_but_not_the_other_way(scratch, finished, asked, good):
    run(scratch, "write_stamp build/stamp abc", level=finished)

    assert (run(scratch, "stamp_is_good build/stamp abc", level=asked).returncode == 0) is good


def test_a_step_is_done_again_when_what_it_was_made_from_has_changed(scratch):
    run(scratch, "write_stamp build/stamp $(hash_of pyproject.toml)")
    same = run(scratch, "stamp_is_good build/stamp $(hash_of pyproject.toml)")
    with (scratch / "pyproject.toml").open("a") as file:
        file.write("\n# one more package\n")
    changed = run(scratch, "stamp_is_good build/stamp $(hash_of pyproject.toml)")

    assert (same.returncode, changed.returncode) == (0, 1)


def test_somebody_without_the_right_to_install_is_told_the_exact_line_for_an_administrator(scratch):
    nothing_here = "has_python() { :; }; has_chinese_font() { :; }; has_voice() { false; }; id() { echo 1000; }"
    no_sudo = "command() { [ $2 = apt-get ]; }"
    done = run(scratch, f"{nothing_here}; {no_sudo}; install_system_packages", CI="true")

    assert done.returncode == 1
    assert "apt-get install --no-install-recommends espeak-ng" in done.stderr


def test_a_machine_that_has_everything_is_not_asked_for_an_administrator(scratch):
    everything = "has_python() { :; }; has_chinese_font() { :; }; has_voice() { :; }; id() { echo 1000; }"
    done = run(scratch, f"{everything}; install_system_packages")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("log_line", "words"),
    [
        ("Temporary failure in name resolution", "network cannot be reached"),
        ("npm error code SELF_SIGNED_CERT_IN_CHAIN", "PIP_CERT"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
    ],
)
def test_a_failed_step_names_its_likely_cause(scratch, log_line, words):
    done = run(scratch, f"echo {log_line!r} >>$log; stop 'It failed.' 'Try again.'")

    assert done.returncode == 1
    assert words in done.stderr
    assert "Try again." in done.stderr


def test_an_environment_copied_from_another_folder_or_left_half_made_is_not_trusted(scratch):
    python = scratch / ".venv/bin/python"
    stand_in(python)
    pip = scratch / ".venv/bin/pip"

    pip.write_text(f"#!{python}\n")
    ours = run(scratch, "environment_is_good").returncode
    pip.write_text("#!/somewhere/else/.venv/bin/python\n")
    copied = run(scratch, "environment_is_good").returncode
    pip.write_text(f"#!{python}\n")
    half_made = run(scratch, "touch $python_busy; environment_is_good").returncode

    assert (ours, copied, half_made) == (0, 1, 1)


@pytest.mark.parametrize(("pytest_status", "node_status", "status"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (5, 3, 1)])
def test_the_test_command_reports_both_families_and_fails_if_either_failed(scratch, pytest_status, node_status, status):
    stand_in(scratch / ".venv/bin/python", pytest_status)
    stand_in(scratch / "bin/node", node_status)
    (scratch / "tests/test_board.mjs").touch()
    done = run(scratch, "deploy/test.sh", PATH=f"{scratch}/bin:{os.environ['PATH']}")

    assert done.returncode == status
    assert f"Python and browser tests: {'passed' if pytest_status == 0 else 'FAILED'}" in done.stdout
    assert f"Screen logic (node):      {'passed' if node_status == 0 else 'FAILED'}" in done.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_run_hands_port_host_and_folder_on(scratch):
    done = run(scratch, "make --dry-run run PORT=8123 HOST=0.0.0.0 'DATA=/a folder'")

    assert done.returncode == 0, done.stderr
    assert 'xinting demo --host "0.0.0.0" --port "8123" --data "/a folder"' in done.stdout
