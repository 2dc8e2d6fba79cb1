"""An installed hall, without the checkout beside it, has every file its screens and stores need."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.house.imports_read import imports_of
from tests.house.source_tree import PACKAGES, ROOT, package_files, shown


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names in a wheel built from a copy, so that no build leftovers slip in and none are left here."""
    copy: Path = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, copy / name)
    for path in package_files():
        target = copy / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        "out",
        ".",
    ]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    (wheel,) = (copy / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_file_of_the_packages_is_in_the_wheel(wheel_names):
    missing = [shown(path) for path in package_files() if shown(path) not in wheel_names]

    assert missing == []


def test_the_wheel_holds_nothing_but_the_four_packages(wheel_names):
    tops = {name.partition("/")[0] for name in wheel_names if ".dist-info/" not in name}

    assert tops == set(PACKAGES)


def test_whatever_the_packages_import_is_declared_so_that_a_hall_without_the_test_tools_starts():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {plain(re.split(r"[<>=!~;\[ ]", line)[0]) for line in project["dependencies"]}
    distributions = packages_distributions()
    undeclared = set()
    for path in package_files(".py"):
        for top in {name.partition(".")[0] for name in imports_of(path)} - sys.stdlib_module_names - set(PACKAGES):
            if not declared & {plain(name) for name in distributions.get(top, [])}:
                undeclared.add(f"{shown(path)} imports {top} (from {distributions.get(top)})")

    assert not undeclared, "\n".join(sorted(undeclared))


def plain(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
