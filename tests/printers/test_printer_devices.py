"""Papers over a real TCP connection, into a file, and into a printer that remembers."""

import io
import json
import shutil
import socket
import subprocess
import threading
from pathlib import Path

import pytest
import zxingcpp
from paper_jobs import LINK, paper_job
from PIL import Image, ImageChops

from printers.devices import PrinterStatus, PrinterTrouble, advice_for, network, open_device, questions
from printers.paper_ticket import PaperTicket
from printers.raster import draw
from printers.standin import Standin
from printers.standin.decoder import Cut, Decoder, Rows
from printers.ticket_layout import lay_out
from printers.wording import words

LINES = lay_out(PaperTicket.from_json(paper_job()))


def device_at(standin: Standin):
    return open_device(f"tcp://127.0.0.1:{standin.port}")


def decode_with_npos(sent: bytes) -> Image.Image:
    """The picture that a decoder not ours finds in the bytes."""
    node = shutil.which("node")
    assert node, "node is needed: see README"
    script = Path(__file__).with_name("npos_decode.cjs")
    done = subprocess.run([node, str(script)], input=sent, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return Image.open(io.BytesIO(done.stdout))


def same(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one.convert("L"), other.convert("L")).getbbox() is None


def test_the_paper_in_the_stand_in_is_the_picture_we_drew(standin, eventually):
    device_at(standin).print_lines(LINES)

    eventually(standin.shelf.papers)
    (paper,) = standin.shelf.papers()
    assert paper["complete"]
    assert same(Image.open(standin.shelf.folder / "latest.png"), draw(LINES))
    assert same(Image.open(standin.shelf.folder / paper["file"]), draw(LINES))
    assert json.loads((standin.shelf.folder / "papers.json").read_text()) == [paper]


def test_a_program_not_ours_reads_the_same_ticket_and_its_code_is_the_link(standin, eventually):
    device_at(standin).print_lines(LINES)
    eventually(lambda: standin.last_received)

    foreign = decode_with_npos(standin.last_received)

    (code,) = zxingcpp.read_barcodes(foreign)
    assert same(foreign, draw(LINES))
    assert code.text == LINK


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"paper_out": True}, PrinterStatus.PAPER_OUT, "paper_out"),
        ({"cover_open": True}, PrinterStatus.COVER_OPEN, "cover_open"),
        ({"cutter_jam": True}, PrinterStatus.CUTTER, "cutter"),
        ({"overheated": True}, PrinterStatus.OVERHEATED, "overheated"),
        ({"offline": True}, PrinterStatus.DEVICE_ERROR, "device_error"),
        ({"only_paper": True, "paper_out": True}, PrinterStatus.PAPER_OUT, "paper_out"),
    ],
)
def test_a_printer_that_cannot_print_says_why_and_gets_no_ticket(standin, wrong, status, code):
    standin.set(**wrong)
    device = device_at(standin)

    with pytest.raises(PrinterTrouble) as caught:
        device.print_lines(LINES)

    assert device.status() is status
    assert (caught.value.code, caught.value.permanent, caught.value.maybe_on_paper) == (code, False, False)
    assert standin.shelf.papers() == []


def test_paper_near_its_end_still_prints(standin, eventually):
    standin.set(paper_near_end=True)

    device_at(standin).print_lines(LINES)

    assert device_at(standin).status() is PrinterStatus.PAPER_NEAR_END
    eventually(standin.shelf.papers)


def test_a_printer_that_never_answers_is_unknown_and_prints(standin, eventually, monkeypatch):
    monkeypatch.setattr(questions, "ANSWER_SECONDS", 0.1)
    standin.set(silent=True)
    device = device_at(standin)

    device.print_lines(LINES)

    assert device.status() is PrinterStatus.UNKNOWN
    eventually(standin.shelf.papers)


def test_nobody_at_the_address_is_unreachable_and_worth_another_try():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        device = open_device(f"tcp://127.0.0.1:{nobody.getsockname()[1]}")

        with pytest.raises(PrinterTrouble) as caught:
            device.print_lines(LINES)

    assert (caught.value.code, caught.value.permanent) == ("unreachable", False)


def test_a_line_cut_in_mid_ticket_is_told_apart_from_an_unreachable_printer(standin):
    standin.set(cut_after_bytes=2000)

    with pytest.raises(PrinterTrouble) as caught:
        device_at(standin).print_lines(LINES)

    assert caught.value.code in ("connection_lost", "unconfirmed")  # by how far the sender was
    assert caught.value.maybe_on_paper
    assert not any(paper["complete"] for paper in standin.shelf.papers())


def test_a_printer_that_takes_nothing_is_stalled(monkeypatch):
    monkeypatch.setattr(questions, "ANSWER_SECONDS", 0.05)
    monkeypatch.setattr(network, "STALLED_SECONDS", 0.2)
    with socket.socket() as listener:
        # A backlog nobody accepts, with as little room as the kernel allows.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        device = open_device(f"tcp://127.0.0.1:{listener.getsockname()[1]}")

        # Far more than any ticket: the kernel itself takes some megabytes off a sender's hands.
        device.bytes_of = lambda lines: bytes(16_000_000)
        with pytest.raises(PrinterTrouble) as caught:
            device.print_lines(LINES)

    assert (caught.value.code, caught.value.maybe_on_paper) == ("stalled", True)


def test_a_stall_in_mid_life_is_felt_and_ends(standin, eventually, monkeypatch):
    monkeypatch.setattr(questions, "ANSWER_SECONDS", 0.05)
    standin.set(stalled=True)

    printing = threading.Thread(target=device_at(standin).print_lines, args=(LINES,))
    printing.start()
    assert standin.shelf.papers() == []
    standin.set(stalled=False)
    printing.join(timeout=10)

    eventually(standin.shelf.papers)


@pytest.mark.parametrize(
    ("says", "status"),
    [
        ({"only_paper": True}, PrinterStatus.READY),
        ({"only_paper": True, "paper_near_end": True}, PrinterStatus.PAPER_NEAR_END),
        ({"garbage": True}, PrinterStatus.UNKNOWN),
    ],
)
def test_an_old_printer_tells_of_its_paper_and_garbage_is_no_fault(standin, eventually, monkeypatch, says, status):
    monkeypatch.setattr(questions, "ANSWER_SECONDS", 0.1)
    standin.set(**says)
    device = device_at(standin)

    assert device.print_lines(LINES) is status
    eventually(standin.shelf.papers)


def test_noise_on_the_line_is_no_status():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        device = open_device(f"tcp://127.0.0.1:{listener.getsockname()[1]}")

        def answer_noise() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(16)
                connection.sendall(b"\xff\x00garbage")
                connection.recv(16)

        noise = threading.Thread(target=answer_noise)
        noise.start()
        assert device.status() is PrinterStatus.UNKNOWN
        noise.join(timeout=5)


def test_a_file_collects_one_paper_after_the_other(tmp_path):
    device = open_device(f"file://{tmp_path}/lp0")

    device.print_lines(LINES)
    device.print_lines(LINES)

    commands = list(Decoder().feed((tmp_path / "lp0").read_bytes()))
    assert commands.count(Cut()) == 2
    assert device.status() is PrinterStatus.UNKNOWN


@pytest.mark.parametrize("path", ["/dev/no-such-printer", "/no/such/folder/lp0"])
def test_a_file_that_is_not_there_is_unreachable(path):
    with pytest.raises(PrinterTrouble, match="unreachable"):
        open_device(f"file://{path}").print_lines(LINES)


def test_the_dummy_remembers_its_papers_and_fails_when_told():
    device = open_device("dummy:")

    device.print_lines(LINES)
    device.trouble = "paper_out"
    with pytest.raises(PrinterTrouble, match="paper_out"):
        device.print_lines(LINES)

    (paper,) = device.papers
    assert sum(isinstance(command, Rows) for command in Decoder().feed(paper)) >= 1


@pytest.mark.parametrize(
    "url", ["", "tcp://", "tcp://host:banana", "file://host/path", "usb://1", "tcp://h?writing=ink"]
)
def test_a_wrong_address_is_refused_at_once(url):
    with pytest.raises(ValueError, match=r"."):
        open_device(url)


def test_each_trouble_has_one_sentence_in_both_languages():
    codes = [key.removeprefix("trouble.") for key in words("zh") if key.startswith("trouble.")]
    statuses = [status.value for status in PrinterStatus if not status.can_print]

    assert set(statuses) <= set(codes)
    assert words("zh").keys() == words("en").keys()
    for code in codes:
        assert advice_for(code, "zh", "K1").endswith("。")
        assert advice_for(code, "en", "K1").endswith(".")
    assert PrinterTrouble("paper_out").advice_in("en", "K1").startswith("Paper is out at printer K1")
    assert "没纸" in PrinterTrouble("paper_out").advice
