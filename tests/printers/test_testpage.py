"""The test page: what a person at a new printer must see on it, by command line and by the administrators' page."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from printers.devices import open_device
from printers.paper_testpage import PaperTest
from printers.paper_ticket import BadJob
from printers.raster import HEADS
from printers.standin.decoder import Decoder, TextLine
from printers.testpage_layout import lay_out_test
from queue_server.cli import main

PAGE = PaperTest("XINTING K1 7F3A", "2026-11-25 09:00", "zh")


def printed_page(standin, eventually, more: str) -> Image.Image:
    device = open_device(f"tcp://127.0.0.1:{standin.port}{more}")
    device.print_lines(lay_out_test(PAGE, "K1", device.make))
    eventually(standin.shelf.papers)
    return Image.open(standin.shelf.folder / "latest.png").convert("L")


@pytest.mark.parametrize(("more", "width"), [("", 80), ("?width=58", 58), ("?writing=native", 80)])
def test_code_ruler_and_both_ways_of_writing_are_on_the_paper(standin, eventually, more, width):
    picture = printed_page(standin, eventually, more)

    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [PAGE.code]
    head = HEADS[width][0]
    ends = [sum(picture.getpixel((x, y)) == 0 for y in range(picture.height)) for x in (0, head - 1)]
    assert min(ends) >= 30, "the ruler's ends stand at the head's first and last dot"
    texts = [one.text for one in Decoder().feed(standin.last_received) if isinstance(one, TextLine)]
    assert "字：住房公积金 0123 ABCDE" in texts, "a line by code page, on a printer that is drawn on too"
    assert not any(text.startswith("图") for text in texts), "and one that is drawn, on a printer with a font too"


def test_a_page_without_cutter_says_to_tear_it_off(standin, eventually):
    device = open_device("dummy:?cutter=no")

    said = [line.text for line in lay_out_test(PAGE, "K1", device.make) if hasattr(line, "text")]

    assert "打完停在撕纸口，沿齿撕下" in said


@pytest.mark.parametrize("spoilt", [{"language": "fr"}, {"code": "号"}, {"code": ""}, {"day": 3}])
def test_a_job_with_a_hole_is_refused(spoilt):
    with pytest.raises(BadJob):
        PaperTest.from_json({"test": {"code": "X", "day": "", "language": "zh"} | spoilt})


def test_the_command_prints_it_and_says_what_its_code_says(standin, eventually, capsys):
    address = f"tcp://127.0.0.1:{standin.port}"

    assert main(["printer", "test", address, "--lang", "en"]) == 0

    said = capsys.readouterr().out
    eventually(standin.shelf.papers)
    (code,) = zxingcpp.read_barcodes(Image.open(standin.shelf.folder / "latest.png").convert("L"))
    assert code.text in said
    assert "printed it" in said


def test_the_command_says_the_one_thing_to_do(standin, capsys):
    address = f"tcp://127.0.0.1:{standin.port}"
    assert main(["printer", "status", address]) == 0
    standin.set(paper_out=True)

    assert main(["printer", "status", address, "--lang", "zh"]) == 1
    assert main(["printer", "test", address, "--lang", "zh"]) == 1

    said = capsys.readouterr()
    assert "paper_out\t打印机" in said.out
    assert "换一卷" in said.out
    assert "换一卷" in said.err
    assert standin.shelf.papers() == []


def test_a_name_that_the_hall_does_not_have_is_refused_with_those_it_has(capsys):
    assert main(["printer", "status", "K9"]) == 2
    assert "K1" in capsys.readouterr().err
