"""What is handed on holds no trace of the machine it was written on; registries are each machine's own setting."""

import re

from tests.house.source_tree import ROOT, project_files, shown

# Written with bracketed letters, so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:wor[k]|roo[t]|hom[e]/\w+|Use[r]s/\w+)/|/tm[p]/\w*_jobs")
REGISTRIES = re.compile(
    r"py[p]i\.org|pythonhos[t]ed\.org|npm[j]s\.(?:org|com)|npmmir[r]or|jsdel[i]vr|un[p]kg\.com|cdn[j]s|"
    r"(?:deb|ftp\S*|security|snapshot)\.debia[n]\.org|tuna\.tsin[g]hua|mirrors\.ali[y]un",
    re.IGNORECASE,
)

ALLOWED_AT_THE_TOP = {
    *("queue_server", "kiosk", "displays", "printers", "device", "tests", "deploy", "docs"),
    *("README.md", "CHANGELOG.md", "LICENSE", "Makefile"),
    *("pyproject.toml", "package.json", "package-lock.json", ".npmrc"),
    *(".ci", ".gitignore", ".gitattributes", ".editorconfig", ".pre-commit-config.yaml"),
}


def finds(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in project_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and recordings
        for number, line in enumerate(text.splitlines(), start=1):
            if match := pattern.search(line):
                found.append(f"{shown(path)}:{number} {match.group()}")
    return found


def test_no_file_names_a_path_of_somebodys_machine():
    assert finds(MACHINE_PATHS) == []


def test_no_file_names_a_package_registry_so_that_each_machine_may_have_its_own():
    assert finds(REGISTRIES) == []


def test_the_top_level_holds_only_what_a_newcomer_expects_there():
    top = {path.relative_to(ROOT).parts[0] for path in project_files()}

    assert top - ALLOWED_AT_THE_TOP == set()


def test_the_patterns_do_find_what_they_look_for():
    assert MACHINE_PATHS.search("see /" + "home/anna/notes")
    assert MACHINE_PATHS.search("open('/" + "root/x')")
    assert REGISTRIES.search("https://" + "pypi" + ".org/simple")
    assert not MACHINE_PATHS.search("https://hall.example/home/anna/")
