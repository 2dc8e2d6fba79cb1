"""`xinting kiosk`, `display`, `led` and `voice`: what runs on the machines in the hall."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Callable
from pathlib import Path

from queue_server.mistake import Mistake


def add_device_commands(commands) -> None:  # type: ignore[no-untyped-def]
    for name, run, text in (
        ("kiosk", kiosk, "on a kiosk: print its tickets, and show the touch pages with --browser"),
        ("display", display, "on a screen's machine: show a display page full screen, and restart it when it falls"),
        ("led", led, "on a machine with text panels: keep the panels above the counters"),
        ("voice", voice, "on a machine with loudspeakers: announce the calls"),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument(
            "--server", required=True, help="address of the hall's server, as http://192.168.1.10:8000"
        )
        command.add_argument("--token-file", type=Path, help="file with this device's token (or XINTING_TOKEN)")
        command.add_argument("--data", type=Path, default=Path("data"), help="folder for spool and sound files")
        command.set_defaults(run=run)
        if name == "kiosk":
            command.add_argument("--printer", default="K1", help="this kiosk's printer, as the hall's file names it")
            command.add_argument(
                "--device", help="tcp://host:9100, file:///path or dummy:; else as the hall's file says"
            )
            command.add_argument("--port", type=int, default=0, help="of the touch pages on this machine; 0: any")
            command.add_argument("--browser", action="store_true", help="show the touch pages full screen")
            command.add_argument(
                "--card-reader", help="simulated:FOLDER (try it: echo 72 > FOLDER/card); else the kiosk has none"
            )
            command.add_argument(
                "--precedence-age", type=int, default=60, help="years from which a card offers precedence by law"
            )
        if name == "voice":
            command.add_argument("--loudspeaker", metavar="ID", help="of the hall's file; else it speaks for all zones")
            command.add_argument("--sound-card", metavar="CARD", help="as aplay -L lists them; else the machine's own")
            command.add_argument("--player", metavar="COMMAND", help="plays a WAV file, as paplay; else aplay")
        if name == "led":
            command.add_argument(
                "--panel",
                action="append",
                required=True,
                metavar="COUNTER=ADDRESS",
                help="3=tcp://192.168.1.60:3001 or 3=serial:///dev/ttyUSB0; with ?sign=01 one of several on a line",
            )
        if name == "display":
            command.add_argument("--page", default="hall", help="hall, zone/NAME or counter/NUMBER")
            command.add_argument("--voice", action="store_true", help="this hall screen also speaks the calls")


def _token(given: argparse.Namespace, kind: str, screen=None) -> str:  # type: ignore[no-untyped-def]
    """Waits for somebody to let the device in where it has none; its code is on the screen and in the log then."""
    from device.letting_in import admitted

    path = given.token_file or given.data / "device.token"
    return os.environ.get("XINTING_TOKEN") or admitted(given.server, kind, path, screen)


def _screen(data: Path, name: str):  # type: ignore[no-untyped-def]
    """The browser's own files lie in XINTING_BROWSER_FOLDER, best in memory: a power cut cannot damage them there."""
    from device.browser import NoBrowser, Screen, find_browser

    try:
        find_browser()
    except NoBrowser as error:
        raise Mistake(str(error)) from error
    return Screen(Path(os.environ.get("XINTING_BROWSER_FOLDER") or data) / name)


def _when_told_to_stop(stop: Callable[[], None]) -> None:
    import signal

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop())


def kiosk(given: argparse.Namespace) -> None:
    from device.agent import become_new
    from kiosk.card.reader import UnknownReader, open_reader
    from kiosk.device import KioskSettings, run_kiosk

    try:
        reader = open_reader(given.card_reader, given.precedence_age) if given.card_reader else None
    except UnknownReader as error:
        raise Mistake(f"--card-reader {error} is no reader that this kiosk knows. Write simulated:FOLDER.") from error
    screen = _screen(given.data, "kiosk-browser") if given.browser else None
    starts_again = run_kiosk(
        KioskSettings(
            server_url=given.server,
            token=_token(given, "kiosk", screen),
            printer=given.printer,
            device_url=given.device,
            data=given.data,
            port=given.port,
            screen=screen,
            card_reader=reader,
        )
    )
    if starts_again:
        become_new()


def display(given: argparse.Namespace) -> None:
    from device.agent import DeviceAgent, become_new

    page = f"/displays/{given.page}" + ("?voice=on" if given.voice else "")
    screen = _screen(given.data, "display")
    token = _token(given, "display", screen)
    _when_told_to_stop(screen.stop)
    screen.show(f"{given.server.rstrip('/')}/devices/enter/{token}?next={page}")
    agent = DeviceAgent(
        given.server,
        token,
        "display",
        given.data,
        {"screen": screen.report},
        {"restart_screen": screen.start_again, "picture": screen.picture},
        stop_program=screen.stop,
        is_well=screen.is_running,
    )
    agent.start()
    screen.wait_for_end()
    if agent.starts_again:
        become_new()


def led(given: argparse.Namespace) -> None:
    import threading

    from device.agent import DeviceAgent, become_new
    from displays.led.panel import open_panel
    from displays.led.process import LedProgram

    try:
        panels = [open_panel(panel) for panel in given.panel]
    except ValueError as error:
        raise Mistake(str(error)) from error
    stop = threading.Event()
    token = _token(given, "display")
    _when_told_to_stop(stop.set)  # the panels then say last that they know nothing
    parts = {"panels": lambda: {"unreachable": [panel.counter for panel in panels if not panel.is_reached]}}
    agent = DeviceAgent(given.server, token, "led", given.data, parts, stop_program=stop.set)
    agent.start()
    LedProgram(given.server, token, panels).run(stop)
    if agent.starts_again:
        become_new()


def voice(given: argparse.Namespace) -> None:
    import threading

    from device.agent import DeviceAgent, become_new
    from displays.voice.engine_command import engine_of
    from displays.voice.players import MachinePlayer, SpeakerPlayer, has_loudspeaker
    from displays.voice.process import run_voice
    from displays.voice.trouble import VoiceTrouble
    from displays.voice.voice_state import VoiceState

    player = SpeakerPlayer(shlex.split(given.player)) if given.player else MachinePlayer(given.sound_card)
    folder = given.data / (f"speaker-{given.loudspeaker}" if given.loudspeaker else "speaker")
    token, stop = _token(given, "voice"), threading.Event()
    _when_told_to_stop(stop.set)
    state = VoiceState(lambda: bool(given.player) or has_loudspeaker())
    agent = DeviceAgent(given.server, token, "voice", given.data, {"voice": state.view}, stop_program=stop.set)
    agent.start()
    try:
        engine = engine_of(os.environ.get("XINTING_VOICE_ENGINE", ""))
        place = {"loudspeaker": given.loudspeaker, "stop": stop, "state": state}
        run_voice(given.server, token, folder, player=player, engine=engine, **place)
    except VoiceTrouble as trouble:
        raise Mistake(str(trouble)) from trouble
    if agent.starts_again:
        become_new()
