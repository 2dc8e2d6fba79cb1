"""A hall's file as it is edited: values come, change and go; comments and order stay as people wrote them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, MutableSequence
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, Table

Path_ = tuple[str | int, ...]


class Document:
    def __init__(self, text: str) -> None:
        """Raises tomlkit.exceptions.TOMLKitError, which names line and column."""
        self._root = tomlkit.parse(text)

    @property
    def text(self) -> str:
        return tomlkit.dumps(self._root)

    def plain(self, path: Path_ = ()) -> Any:
        """The value there without its dress; None when nothing stands there."""
        found: Any = self._root
        for key in path:
            if isinstance(key, int):
                if not isinstance(found, list) or key >= len(found):
                    return None
            elif not isinstance(found, Mapping) or key not in found:
                return None
            found = found[key]
        return found.unwrap() if hasattr(found, "unwrap") else found

    def put(self, path: Path_, value: Any) -> None:
        """Write a value; tables on the way are made. The same value leaves the line as it is."""
        if self.plain(path) == value and type(self.plain(path)) is type(value):
            return
        *way, last = path
        holder = self._reach(tuple(way))
        holder[last] = _dressed(value, holder)

    def take_out(self, path: Path_) -> None:
        """Remove what stands there, so that the default holds; tables that are left empty go with it."""
        if self.plain(path) is None:
            return
        *way, last = path
        holder = self._reach(tuple(way))
        del holder[last]
        if way and isinstance(holder, Table | InlineTable) and not holder and isinstance(way[-1], str):
            self.take_out(tuple(way))

    def add_row(self, path: Path_, row: Mapping[str, Any]) -> int:
        """Append a row to a list of tables; its place."""
        rows = self.plain(path)
        if rows is None:
            *way, last = path
            self._reach(tuple(way))[last] = tomlkit.aot()
        elif not isinstance(self._reach(path), AoT):  # written as [{ … }]: from now on a table each
            self.put_rows(path, rows)
        holder = self._reach(path)
        table = tomlkit.table()
        for key, value in row.items():
            table[key] = _dressed(value, table)
        holder.append(table)
        return len(rows or ())

    def put_rows(self, path: Path_, rows: list[Mapping[str, Any]]) -> None:
        *way, last = path
        holder = self._reach(tuple(way))
        if last in holder:
            del holder[last]
        holder[last] = tomlkit.aot()
        for row in rows:
            self.add_row(path, row)

    def _reach(self, path: Path_) -> Any:
        found: Any = self._root
        for key in path:
            if isinstance(found, MutableMapping) and isinstance(key, str) and key not in found:
                found[key] = tomlkit.table()
            found = found[key]
        return found


def _dressed(value: Any, holder: Any) -> Any:
    """Texts in two languages and small groups stand on one line, as people write them."""
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        inline.update({key: _dressed(one, inline) for key, one in value.items()})
        return inline
    if isinstance(value, list) and not isinstance(holder, MutableSequence):
        array = tomlkit.array()
        array.extend(value)
        return array.multiline(len(str(value)) > 100)
    return value
