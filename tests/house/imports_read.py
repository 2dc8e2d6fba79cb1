"""Reads what a module imports without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source_tree import ROOT


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Full dotted names; `from package import name` gives `package.name`, since `name` may itself be a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), filename=str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, path)
            yield from (f"{source}.{alias.name}" for alias in node.names)


def _absolute(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parent.parts  # the package a module lives in; for __init__.py its own
    base = package[: len(package) - node.level + 1]
    return ".".join((*base, node.module) if node.module else base)


def is_within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")
