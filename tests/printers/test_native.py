"""The ticket in the printer's own Chinese font: the words of the picture, and no question mark for a rare name."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_jobs import LINK, paper_job
from PIL import Image

from printers.devices import open_device
from printers.lines import Line, as_text
from printers.native import broken, is_in_the_font, width_of
from printers.paper_ticket import PaperTicket
from printers.standin.decoder import Cut, Decoder, Rows, TextLine
from printers.standin.typesetter import set_line
from printers.ticket_layout import lay_out

RARE = {"id": "s", "name": "特殊业务受理区", "shape": "♥", "way": "找䶮老师、𠮷老师"}


def lines(**changes: object) -> list[Line]:
    return lay_out(PaperTicket.from_json(paper_job(**changes)))


def bytes_of(laid: list[Line], writing: str = "native") -> bytes:
    device = open_device(f"dummy:?writing={writing}")
    device.print_lines(laid)
    return device.papers[0]  # type: ignore[attr-defined, no-any-return]


def letters(text: str) -> str:
    return "".join(text.split()).replace("|", "").replace("-", "")


@pytest.mark.parametrize(
    "changes", [{}, {"language": "en"}, {"large_print": True}, {"reprint": True, "fetching": True}]
)
def test_the_text_is_that_of_the_drawn_ticket(changes):
    laid = lines(**changes)
    printed = "".join(one.text for one in Decoder().feed(bytes_of(laid)) if isinstance(one, TextLine))

    wanted = letters(as_text([line for line in laid if "[" not in as_text([line])]).replace("【", "").replace("】", ""))
    assert letters(printed) == wanted


def test_it_is_far_fewer_bytes_than_the_picture():
    assert len(bytes_of(lines())) * 2 < len(bytes_of(lines(), "raster"))


def test_rare_characters_and_hearts_are_drawn_and_never_asked_about():
    plain, rare = bytes_of(lines()), bytes_of(lines(zone=RARE))
    texts = [one.text for one in Decoder().feed(rare) if isinstance(one, TextLine)]

    assert not any(character in text for text in texts for character in "?䶮𠮷♥")
    drawn = [sum(isinstance(one, Rows) for one in Decoder().feed(sent)) for sent in (plain, rare)]
    assert drawn[1] == drawn[0] + 2


@pytest.mark.parametrize("character", "，。、；：？！（）《》“”‘’…—·–■●□¥".replace("¥", ""))
def test_marks_of_chinese_writing_are_in_the_font(character):
    assert is_in_the_font(character)
    assert character.encode("gb18030").decode("gb18030") == character


def test_a_program_not_ours_reads_the_same_bytes():
    """iconv, the C library's own GB18030, on the characters between the commands."""
    sent = "过号不用重排：10 个号内".encode("gb18030")
    done = subprocess.run(["iconv", "-f", "GB18030", "-t", "UTF-8"], input=sent, capture_output=True, check=True)

    assert sent in bytes_of(lines(return_within_minutes=0))
    assert done.stdout.decode() == "过号不用重排：10 个号内"


def test_the_picture_of_the_text_has_the_code_and_stays_on_the_paper(standin, eventually):
    open_device(f"tcp://127.0.0.1:{standin.port}?writing=native").print_lines(lines(zone=RARE))
    eventually(standin.shelf.papers)
    (paper,) = standin.shelf.papers()
    assert paper["complete"]
    picture = Image.open(Path(standin.shelf.folder) / "latest.png").convert("L")

    assert picture.width == 576
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == LINK


@settings(max_examples=60)
@given(text=st.text(max_size=80), columns=st.integers(4, 48))
def test_no_row_is_wider_than_the_paper_and_nothing_is_lost(text, columns):
    rows = broken(text, columns)

    assert all(width_of(row) <= columns for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


def test_a_line_of_the_printer_s_font_is_as_wide_as_the_head():
    assert len(set_line(TextLine("兰" * 24))) % 72 == 0
    assert Cut() in list(Decoder().feed(bytes_of(lines())))
