"""A ticket through a real CUPS: a server of our own with one raw queue to the stand-in, away from the machine's."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp
from paper_jobs import LINK, paper_job
from PIL import Image

from printers.devices import PrinterStatus, PrinterTrouble, cups, open_device
from printers.discovery import Found, in_cups
from printers.paper_ticket import PaperTicket
from printers.ticket_layout import lay_out

LINES = lay_out(PaperTicket.from_json(paper_job()))
RULES = """Listen {folder}/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
"""


@pytest.fixture
def queue(standin, monkeypatch, eventually) -> Iterator[str]:
    """A raw queue named `ticket`. Its folder is open to the user that CUPS' own programs run as."""
    folder = Path(tempfile.mkdtemp(prefix="cups"))
    folder.chmod(0o755)
    places = {"ServerRoot": "etc", "CacheDir": "cache", "StateDir": "state", "RequestRoot": "spool", "TempDir": "tmp"}
    for place in places.values():
        (folder / place).mkdir(mode=0o770)
    files = [f"{name} {folder / place}" for name, place in places.items()]
    files += [f"{log}Log {folder / log.lower()}.log" for log in ("Error", "Access", "Page")]
    if os.getuid() == 0:
        for place in (folder, *(folder / place for place in places.values())):
            shutil.chown(place, "root", "lp")
    (folder / "files.conf").write_text("\n".join(files) + "\n")
    (folder / "cupsd.conf").write_text(RULES.format(folder=folder))
    server = subprocess.Popen(
        ["/usr/sbin/cupsd", "-f", "-c", folder / "cupsd.conf", "-s", folder / "files.conf"], stderr=subprocess.DEVNULL
    )
    try:
        eventually((folder / "cups.sock").exists)
        monkeypatch.setenv("CUPS_SERVER", str(folder / "cups.sock"))
        monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin")
        command = ["lpadmin", "-p", "ticket", "-E", "-v", f"socket://127.0.0.1:{standin.port}", "-m", "raw"]
        subprocess.run(command, check=True, capture_output=True)
        yield "cups://ticket"
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder)


def test_the_ticket_comes_out_by_way_of_cups_and_a_queue_that_stands_still_gets_none(
    queue, standin, eventually, monkeypatch
):
    device = open_device(queue)
    assert in_cups() == [Found(queue, "cups", f"socket://127.0.0.1:{standin.port}")]

    assert device.print_lines(LINES) is PrinterStatus.UNKNOWN
    eventually(standin.shelf.papers)
    (code,) = zxingcpp.read_barcodes(Image.open(standin.shelf.folder / "latest.png").convert("L"))
    assert code.text == LINK

    subprocess.run(["cupsdisable", "ticket"], check=True)
    with pytest.raises(PrinterTrouble, match="stopped"):
        device.print_lines(LINES)
    subprocess.run(["cupsenable", "ticket"], check=True)

    subprocess.run(["lpadmin", "-p", "ticket", "-v", "socket://127.0.0.1:1"], check=True)  # where nobody listens
    monkeypatch.setattr(cups, "PRINTED_WITHIN_SECONDS", 0.5)
    with pytest.raises(PrinterTrouble) as told:
        device.print_lines(LINES)
    assert (told.value.code, told.value.maybe_on_paper) == ("stalled", True)
    assert "ticket" not in cups.run_cups("lpstat", "-o"), "taken back, or it would come out an hour later"
