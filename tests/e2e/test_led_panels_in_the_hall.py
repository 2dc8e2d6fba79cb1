"""The panels' own program at a real hall: what is called stands on the panel; a hall that is gone is not pretended."""

import threading

from displays.led.panel import open_panel
from displays.led.process import LedProgram
from displays.led.simulator import AlphaSimulator
from tests.e2e.hall_process import wait_until


def test_a_call_stands_on_the_counters_panel_and_without_the_server_the_panel_says_it_does_not_know(make_hall):
    hall = make_hall()
    hall.start_server()
    signs = AlphaSimulator()
    signs.plug()
    panels = [open_panel(f"{counter}=tcp://127.0.0.1:{signs.port}?sign=0{counter}") for counter in ("3", "4")]
    token = hall.enter("display", "/").split("/enter/")[1].split("?")[0]
    stop = threading.Event()
    program = threading.Thread(target=LedProgram(hall.url, token, panels, stale_after_seconds=6.5).run, args=(stop,))
    program.start()

    def last_on(sign):
        return next((one.text for one in reversed(signs.shown) if one.address == sign), None)

    try:
        officer = hall.member("zhao", "3")
        officer.post("/counters/3/open")
        number = hall.take_number("TQ01", way="counter")["ticket"]
        assert officer.post("/counters/3/call-next")["ticket"]["ticket"] == number
        wait_until(lambda: last_on("03") == number and last_on("04") == "CLOSED")

        hall.kill_server()
        wait_until(lambda: last_on("03") == last_on("04") == "--")

        hall.start_server()
        wait_until(lambda: last_on("03") == number)
    finally:
        stop.set()
        program.join()
        signs.unplug()
