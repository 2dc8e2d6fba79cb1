"""The printer stand-in: strict about bytes, careful with its shelf, obedient to its control line."""

import json
import socket
import subprocess
import sys
import threading

import pytest
from paper_jobs import paper_job

from printers.devices import PrinterStatus, open_device
from printers.paper_ticket import PaperTicket
from printers.standin import Standin, run_standin
from printers.standin.decoder import BadBytes, Cut, Decoder, Reset, Rows, StatusQuery
from printers.standin.shelf import KEEP_PAPERS, Shelf
from printers.ticket_layout import lay_out

LINES = lay_out(PaperTicket.from_json(paper_job()))
ONE_ROW = b"\xff" * 72


def test_commands_are_read_whole_however_the_bytes_arrive():
    sent = b"\x1b@\x10\x04\x01\x1dv0\x00\x02\x00\x02\x00\xaa\xbb\xcc\xdd\x1dVB\x00"

    decoder = Decoder()
    commands = [command for byte in sent for command in decoder.feed(bytes((byte,)))]

    rows = b"\xaa\xbb" + b"\0" * 70 + b"\xcc\xdd" + b"\0" * 70
    assert commands == [Reset(), StatusQuery(1), Rows(rows), Cut()]
    assert decoder.is_between_commands


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param("兰".encode("gb18030"), id="Chinese before it is switched on"),
        pytest.param(b"\x1bZ", id="unknown command"),
        pytest.param(b"\x10\x04\x09", id="unknown status query"),
        pytest.param(b"\x1dV\x07", id="unknown cut"),
        pytest.param(b"\x1dv1\x00\x48\x00\x01\x00", id="another raster command"),
        pytest.param(b"\x1dv0\x03\x48\x00\x01\x00", id="double size"),
        pytest.param(b"\x1dv0\x00\x49\x00\x01\x00", id="wider than the head"),
        pytest.param(b"\x1dv0\x00\x48\x00\x00\x00", id="no rows"),
    ],
)
def test_bytes_it_does_not_know_are_an_error_and_not_a_guess(sent):
    with pytest.raises(BadBytes, match="byte 2"):
        list(Decoder().feed(b"\x1b@" + sent))


def test_the_shelf_keeps_the_newest_thirty_and_counts_on_after_a_restart(tmp_path):
    for _ in range(KEEP_PAPERS + 3):
        Shelf(tmp_path).put(ONE_ROW, complete=True)

    papers = json.loads((tmp_path / "papers.json").read_text())
    assert [paper["number"] for paper in papers] == list(range(33, 3, -1))
    assert sorted(path.name for path in tmp_path.glob("paper-*.png")) == sorted(paper["file"] for paper in papers)


def test_a_list_spoilt_by_hand_does_not_stop_it(tmp_path):
    (tmp_path / "papers.json").write_text("{not json")

    Shelf(tmp_path).put(ONE_ROW, complete=True)

    assert len(json.loads((tmp_path / "papers.json").read_text())) == 1


def test_a_new_shelf_has_an_empty_list_to_be_read(tmp_path):
    Shelf(tmp_path / "papers")

    assert json.loads((tmp_path / "papers" / "papers.json").read_text()) == []


def test_the_control_line_takes_the_paper_out_and_tells_the_condition(tmp_path):
    standin = Standin("127.0.0.1", 0, tmp_path, control_port=0)
    standin.start()
    try:
        answers = []
        line = socket.create_connection(("127.0.0.1", standin.control_port), timeout=5)
        with line, line.makefile("rwb") as stream:
            for said in (b'{"paper_out": true}', b"{}", b"nonsense", b'{"colour": "red"}'):
                stream.write(said + b"\n")
                stream.flush()
                answers.append(json.loads(stream.readline()))
    finally:
        standin.stop()

    assert answers[0]["paper_out"] is True
    assert answers[1] == answers[0]
    assert answers[2] == {"error": "not JSON"}
    assert "error" in answers[3]


def test_run_standin_tells_its_port_and_prints(tmp_path, eventually):
    told = []
    threading.Thread(
        target=run_standin,
        args=("127.0.0.1", 0, tmp_path),
        kwargs={"announce": lambda host, port: told.append((host, port))},
        daemon=True,
    ).start()
    eventually(lambda: told)

    ((host, port),) = told
    open_device(f"tcp://{host}:{port}").print_lines(LINES)

    eventually((tmp_path / "latest.png").exists)


def test_two_kiosks_may_print_at_once_and_their_papers_do_not_mix(standin, eventually):
    device = open_device(f"tcp://127.0.0.1:{standin.port}")
    kiosks = [threading.Thread(target=device.print_lines, args=(LINES,)) for _ in range(2)]
    for kiosk in kiosks:
        kiosk.start()
    for kiosk in kiosks:
        kiosk.join(timeout=10)

    eventually(lambda: len(standin.shelf.papers()) == 2)
    one, other = standin.shelf.papers()
    assert one["height"] == other["height"]
    assert one["complete"]
    assert other["complete"]


def test_the_stand_in_runs_as_a_process_of_its_own_and_says_where(tmp_path):
    arguments = [sys.executable, "-m", "printers.standin", "0", str(tmp_path)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().split()[-1]

        status = open_device(address).status()
        process.terminate()

    assert status is PrinterStatus.READY
