"""The few kinds of line a paper is made of. Plain data: the raster draws them, a native font may one day set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What a text is for. The roles' sizes in dots are the raster's business."""

    NUMBER = "number"
    ZONE = "zone"
    WAY = "way"
    VALUE = "value"
    HALL = "hall"
    BODY = "body"
    SMALL = "small"


@dataclass(frozen=True, kw_only=True)
class Text:
    """A paragraph. `lead` are its opening words in bold; `inverted` is white on a black bar."""

    text: str
    role: Role = Role.BODY
    bold: bool = False
    centred: bool = True
    lead: str = ""
    inverted: bool = False


@dataclass(frozen=True)
class Cell:
    """One column: a small label with its value below."""

    label: str
    value: str


@dataclass(frozen=True)
class Columns:
    """Facts side by side."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Rule:
    """A dashed line across the paper."""


@dataclass(frozen=True)
class Checklist:
    """Things to tick off, short ones side by side; in large print each on a line of its own."""

    items: tuple[str, ...]
    large: bool = False


@dataclass(frozen=True)
class Qr:
    """A QR code holding `link`."""

    link: str


@dataclass(frozen=True)
class Ruler:
    """Millimetres across the whole head: where an end is missing, the roll is narrower than was set."""


@dataclass(frozen=True)
class Sample:
    """A line of the test page, in one way of writing whatever the printer is set to: raster or native."""

    text: str
    writing: str


@dataclass(frozen=True)
class Feed:
    """Empty paper."""

    dots: int


@dataclass(frozen=True)
class Cut:
    """The end of the paper."""


Line = Text | Columns | Rule | Ruler | Sample | Checklist | Qr | Feed | Cut


def as_text(lines: Sequence[Line]) -> str:
    """The paper as plain text, to compare in tests and to read in logs."""
    return "\n".join(text for line in lines if (text := _line_as_text(line)) is not None)


def _line_as_text(line: Line) -> str | None:
    match line:
        case Text(inverted=True):
            return f"【{line.lead}{line.text}】"
        case Text():
            return line.lead + line.text
        case Columns():
            return " | ".join(f"{cell.label} {cell.value}" for cell in line.cells)
        case Rule():
            return "----"
        case Ruler():
            return "|mm|"
        case Sample(text=text):
            return text
        case Checklist():
            return "\n".join(f"□ {item}" for item in line.items)
        case Qr():
            return f"[QR {line.link}]"
        case Feed():
            return None
        case Cut():
            return "[cut]"
