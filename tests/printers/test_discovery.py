"""Which printers are around: a way that cannot be looked along says so."""

from __future__ import annotations

import socket

import pytest

from printers import discovery, seeking
from printers.devices import usb
from printers.discovery import Found, TooWide, Unseen, discover, in_cups, on_usb, own_networks
from queue_server.cli import main
from tests.printers.jobs_server import TOKEN, JobsServer

ROUTES = """Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
"""


def test_a_printer_on_the_network_is_found_and_says_how_it_is(standin, monkeypatch):
    monkeypatch.setattr(discovery, "NETWORK_PORT", standin.port)
    standin.set(paper_near_end=True)

    seen = discover(["127.0.0.0/30"])

    assert Found(f"tcp://127.0.0.1:{standin.port}", "network", says="paper_near_end") in seen


def test_a_door_where_nobody_answers_is_named_as_what_it_is(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(discovery, "NETWORK_PORT", silent.getsockname()[1])
        monkeypatch.setattr("printers.devices.questions.ANSWER_SECONDS", 0.05)
        (found,) = discovery.on_the_network([discovery.ipaddress.ip_network("127.0.0.1/32")])

    assert found.says == "unknown"


def test_the_networks_that_this_machine_stands_in_are_read_from_the_kernel(tmp_path):
    (tmp_path / "route").write_text(ROUTES)

    assert [str(one) for one in own_networks(tmp_path / "route")] == ["192.168.2.0/24"]
    assert own_networks(tmp_path / "none") == []


def test_nobody_knocks_at_a_whole_country(capsys):
    with pytest.raises(TooWide):
        discover(["10.0.0.0/8"])
    assert main(["printer", "discover", "--network", "10.0.0.0/8"]) == 2
    assert "at most 1024" in capsys.readouterr().err


def test_without_libusb_the_kernels_own_printers_are_named_and_the_lack_is_said(tmp_path, monkeypatch):
    (tmp_path / "lp0").touch()

    def no_library() -> list[object]:
        raise usb.usb.core.NoBackendError("no backend")

    monkeypatch.setattr(usb, "usb_printers", no_library)

    assert on_usb(tmp_path) == [Found(f"file://{tmp_path}/lp0", "usb", "lp0"), Unseen("usb", "no_libusb")]


def test_without_cups_the_lack_is_said(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    (unseen,) = in_cups()

    assert unseen.why == "no_cups"


def test_what_could_not_be_told_is_sought_and_told_again_when_the_hall_asks_once_more(monkeypatch, eventually):
    sought = []
    monkeypatch.setattr(seeking, "discover", lambda: sought.append(1) or [Found("usb:", "usb")])
    monkeypatch.setattr(seeking, "TELL_AGAIN_SECONDS", 0.0)
    server = JobsServer(with_feed=False)
    server.jobs["find.1"] = {"job": "find.1"}
    try:
        server.found_status = 503
        seeker = seeking.Seeker(server.url, TOKEN, "K1")

        def asked() -> int:
            seeker.seek("find.1")  # as each time that the hall lists it
            return len(sought)

        eventually(lambda: asked() >= 2)
        server.found_status = 200
        eventually(lambda: asked() and server.found)
        told, many = server.found[0], len(sought)
        assert (told["job"], told["found"][0]["address"]) == ("find.1", "usb:")
        assert (asked(), len(server.found)) == (many, 1)  # told once, not sought again
    finally:
        server.stop()
