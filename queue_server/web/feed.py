"""The feed: tells every screen what happened, in the log's own words. docs/feed.md is its description.

Events are queued by the door's listener and sent by one background task, so that no answer waits for a slow screen.
Rooms: `staff`, `supervisors` (they hear marks too), `public` (displays, kiosks, voices, walls), `kiosk:<id>`,
`printer:<id>`, `visitor:<day>:<ticket>`.
"""

from __future__ import annotations

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeGuard

from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO, join_room

from queue_server.accounts import Device, Role
from queue_server.domain import events as e
from queue_server.domain.hall_day import HallDay
from queue_server.stores.base import Recorded, StorageTrouble
from queue_server.web.feed_messages import (
    is_for_every_phone,
    is_for_supervisors,
    is_of_alerts,
    kiosk_message,
    own_message,
    public_message,
    rearranges,
    setup_mark,
    staff_message,
    ticket_of,
)
from queue_server.web.printer_views import printer_views
from queue_server.web.security import DEVICE_COOKIE, lacks_code, session_of
from queue_server.web.views import Json, clock_view, visitor_ticket_view
from queue_server.web.waits import Picture

if TYPE_CHECKING:
    from queue_server.concurrency.fan_out import FanOutManager
    from queue_server.web.context import Context

logger = logging.getLogger(__name__)

NAMESPACE = "/feed"
TICK_SECONDS = 5
QUIET_REFRESH_TICKS = 3  # waits move with the clock too: looked at again every 15 s without an event
DEVICES_OF_AUDIENCE = {
    "display": ("display",),
    "kiosk": ("kiosk",),
    "voice": ("voice", "display"),
    "wall": ("wall",),
    "printer": ("printer", "kiosk"),
}

SUPERVISORS = frozenset({Role.SUPERVISOR.value, Role.ADMINISTRATOR.value})

# (event, payload, room): how something is sent to everybody in a room
Send = Callable[[str, Any, str], None]


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who listens, and what may reach them."""

    audience: str
    role: str = ""  # of staff
    device: str = ""
    day: date | None = None
    ticket: str = ""
    session: str = ""  # of staff: while it is open they may listen

    @property
    def rooms(self) -> list[str]:
        match self.audience:
            case "staff":
                return ["staff", "supervisors"] if self.role in SUPERVISORS else ["staff"]
            case "visitor":
                return [visitor_room(self.day, self.ticket)]
            case "printer":
                return [f"printer:{self.device}"]
            case "kiosk":
                return ["public", f"kiosk:{self.device}"]
        return ["public"]

    def version(self, recorded: Recorded, day: HallDay, name_of_person: Callable[[str], str]) -> Json | None:
        """The event as this listener may hear it."""
        if self.audience == "staff":
            may_hear = self.role in SUPERVISORS or not is_for_supervisors(recorded.event)
            return staff_message(recorded, day, name_of_person) if may_hear else None
        if self.audience == "visitor":
            if recorded.day == self.day and is_for_every_phone(recorded.event):
                return own_message(recorded, day)
            ticket = ticket_of(recorded.event, day) if recorded.day == self.day else None
            return own_message(recorded, day) if ticket and ticket.number == self.ticket else None
        if self.audience == "printer":
            return None
        if message := public_message(recorded, day):
            return message
        own = kiosk_message(recorded, day) if self.audience == "kiosk" else None
        return own[1] if own and own[0] == self.device else None


def staff_room(event: e.Event) -> str:
    return "supervisors" if is_for_supervisors(event) else "staff"


def is_place(seq: Any) -> TypeGuard[int]:
    """Whether somebody's `seq` can be a place in the log."""
    return isinstance(seq, int) and not isinstance(seq, bool) and seq >= 0


def visitor_room(day: date | None, ticket: str) -> str:
    return f"visitor:{day}:{ticket}"


class Feed:
    def __init__(self, socketio: SocketIO, context: Context, *, live: bool, send: Send | None = None) -> None:
        """Not `live`: events go out within the command that caused them and nothing runs by itself, for tests."""
        self.boot = secrets.token_hex(4)
        self._socketio = socketio
        self._context = context
        self._live = live
        self._send = send or self._emit
        self._send_gently = send or self._emit_gently  # no call waits behind it
        self._knows_rooms = send is None  # another way's rooms are its own business
        self._manager: FanOutManager = socketio.server.manager
        self._queue = socketio.server.eio.create_queue()
        self._changed = socketio.server.eio.create_event()
        self._listeners: dict[str, Listener] = {}  # by socket id
        self._followers: Counter[tuple[date | None, str]] = Counter()  # phones by their ticket
        self._last_waits: dict[str, Json] = {}  # by room
        for recorded in context.hall.events():
            context.papers.hear(recorded)
        context.hall.listen(self._heard)
        context.accounts.sessions.when_some_end = self.let_go_who_signed_out
        socketio.on_event("connect", self._on_connect, namespace=NAMESPACE)
        socketio.on_event("disconnect", self._on_disconnect, namespace=NAMESPACE)
        socketio.on_event("since", self._on_since, namespace=NAMESPACE)

    def start(self) -> None:
        """Begin the three background tasks. Once, by whoever serves."""
        for task in (self._deliver_for_ever, self._refresh_for_ever, self._tick_for_ever):
            self._socketio.start_background_task(task)

    # --- telling

    def _emit(self, event: str, payload: Any, room: str) -> None:
        # to this process's own sockets: every process tells its own, in the log's order (decision 0011)
        self._socketio.emit(event, payload, to=room, namespace=NAMESPACE, ignore_queue=True)

    def _emit_gently(self, event: str, payload: Any, room: str) -> None:
        self._manager.emit_gently(event, payload, NAMESPACE, room)

    def _heard(self, recorded: list[Recorded], day: HallDay) -> None:
        """The door's listener: quick, and without asking the door anything."""
        for one in recorded:
            parcels = self._parcels(one, day)
            if not self._live:
                self._deliver(parcels)
            elif parcels:
                self._queue.put(parcels)
        self._changed.set()

    def _listens(self, room: str) -> bool:
        """Whether somebody is in the room. Cheap: a message for an empty room is not even made."""
        return not self._knows_rooms or self._manager.has_listeners(NAMESPACE, room)

    def _parcels(self, recorded: Recorded, day: HallDay) -> list[tuple[str, Any, str]]:
        """What to send, to whom. Who joins a room later reads the place in the log later, and misses nothing."""
        context = self._context
        event = recorded.event
        parcels: list[tuple[str, Any, str]] = []
        if self._listens(staff := staff_room(event)):
            parcels.append(("event", staff_message(recorded, day, context.person_name), staff))
        if self._listens("public") and (message := public_message(recorded, day)):
            parcels.append(("event", message, "public"))
        if (own := kiosk_message(recorded, day)) and self._listens(room := f"kiosk:{own[0]}"):
            parcels.append(("event", own[1], room))
        if (ticket := ticket_of(event, day)) and self._listens(room := visitor_room(recorded.day, ticket.number)):
            message = own_message(recorded, day)
            parcels += [("event", message, room)] if message else []
        if rearranges(event):
            setup = {"setup": self._setup(day)}
            parcels += [("setup", setup, room) for room in ("staff", "public") if self._listens(room)]
        if is_of_alerts(event) and self._listens("staff"):
            parcels.append(("alerts", {"seq": recorded.seq}, "staff"))  # whoever is told of it reads it: least right
        if is_for_every_phone(event):
            rooms = (visitor_room(recorded.day, number) for number in day.unfinished)
            message = own_message(recorded, day)
            parcels += [("event", message, room) for room in rooms if self._listens(room)]
        printer = getattr(event, "printer", None)
        if printer and isinstance(event, e.TicketIssued | e.PaperAsked | e.TomorrowPromised | e.ListAsked):
            parcels.append(("print_job", {"printer": printer}, f"printer:{printer}"))
        if context.papers.hear(recorded):
            parcels += self._printer_parcels()
        return parcels

    def _printer_parcels(self) -> list[tuple[str, Any, str]]:
        """Staff hear of all printers, a kiosk of its own."""
        views = printer_views(self._context)
        own: list[tuple[str, Any, str]] = [("printers", [view], f"kiosk:{view['printer']}") for view in views]
        return [parcel for parcel in [("printers", views, "staff"), *own] if self._listens(parcel[2])]

    def _deliver(self, parcels: list[tuple[str, Any, str]]) -> None:
        for event, payload, room in parcels:
            self._send(event, payload, room)

    def _deliver_for_ever(self) -> None:
        while True:
            parcels = self._queue.get()
            try:
                self._deliver(parcels)
            except Exception:  # one broken screen must not silence the feed for the others
                logger.exception("The feed could not send", extra={"action": "feed_failed"})

    # --- waits, clock, tick

    def _refresh_for_ever(self) -> None:
        while True:
            self._changed.wait()
            self._changed.clear()
            try:
                self.tell_waits()
            except StorageTrouble:
                pass  # the timekeeper says so
            except Exception:  # a forecast that fails must not end all forecasts of the day
                logger.exception("Waits could not be refreshed", extra={"action": "waits_failed"})
            self._socketio.sleep(self._context.waits.pause_seconds)

    def tell_waits(self) -> None:
        """Work the waits out once and send them to whoever listens; nothing to those for whom nothing changed."""
        picture = self._context.waits.refresh()
        told, self._last_waits = self._last_waits, {}
        if self._listens("staff"):
            self._tell_changed("staff", picture.for_staff(), told)
        if self._listens("public"):
            self._tell_changed("public", picture.for_everybody(), told)
        for number, view in self._followed_views(picture).items():
            self._tell_changed(visitor_room(picture.day, number), {"seq": picture.seq, **view}, told)

    def _tell_changed(self, room: str, waits: Json, told: dict[str, Json]) -> None:
        self._last_waits[room] = waits
        if room not in told or _without_seq(waits) != _without_seq(told[room]):
            self._send_gently("waits", waits, room)

    def _followed_views(self, picture: Picture) -> dict[str, Json]:
        """The own ticket, for each that a phone follows."""
        followed = [ticket for (day, ticket), phones in self._followers.items() if phones and day == picture.day]
        if not followed:
            return {}
        return self._context.hall.read(
            lambda day, at: {
                number: visitor_ticket_view(ticket, picture.of(number))
                for number in followed
                if (ticket := day.tickets.get(number))
            }
        )

    def _tick_for_ever(self) -> None:
        ticks = 0
        while True:
            self._socketio.sleep(TICK_SECONDS)
            ticks += 1
            try:
                self.tick()
            except StorageTrouble:
                pass  # the timekeeper says so, and the screens say that they hear nothing
            except Exception:  # the next tick may do better; a screen without ticks says so by itself
                logger.exception("A tick failed", extra={"action": "tick_failed"})
            if ticks % QUIET_REFRESH_TICKS == 0:
                self._changed.set()

    def tick(self) -> None:
        """A sign of life, so that a screen can tell a quiet hall from a dead line."""
        if not self._listeners:
            return
        self.let_go_who_signed_out()
        context = self._context
        seq = context.hall.read(lambda day, at: day.seq)
        message = {"seq": seq, "now": context.hall.clock.now().isoformat()}
        self._socketio.emit("tick", message, namespace=NAMESPACE, ignore_queue=True)

    def let_go_who_signed_out(self) -> None:
        """Whoever may no longer hear the hall stops hearing it: at once where it ended here, with the next tick where
        another process ended it or time did."""
        staff = [(sid, one.session) for sid, one in self._listeners.items() if one.session]
        if not staff:
            return
        still_open = self._context.accounts.sessions.keys()
        for sid, session in staff:
            if session not in still_open:
                self._socketio.server.disconnect(sid, namespace=NAMESPACE)

    def tell_print_job(self, printer: str) -> None:
        """There is a paper to print that no event of the log stands for."""
        self._socketio.emit("print_job", {"printer": printer}, namespace=NAMESPACE, to=f"printer:{printer}")

    def tell_printers(self) -> None:
        """A printer said that it is otherwise now; no event of the log stands for it."""
        views = printer_views(self._context)
        self._socketio.emit("printers", views, namespace=NAMESPACE, to="staff")
        for view in views:
            self._socketio.emit("printers", [view], namespace=NAMESPACE, to=f"kiosk:{view['printer']}")

    def tell_card_reader(self, kiosk: str, message: Json) -> None:
        """To that kiosk's screen alone, whichever process it is at. Said once; who missed it lays the card again."""
        self._socketio.emit("card_reader", message, namespace=NAMESPACE, to=f"kiosk:{kiosk}")

    def devices_here(self) -> set[tuple[str, str]]:
        """(kind, id) of the kiosks and displays that listen to this process now."""
        return {(one.audience, one.device) for one in self._listeners.values() if one.device}

    def tell_clock(self) -> None:
        """The hall's clock runs at another speed now, or the simulation was turned on or off."""
        context = self._context
        clock = clock_view(context.hall.clock, context.hall.rules)
        self._socketio.emit("clock", clock, namespace=NAMESPACE)
        self._socketio.emit("simulation", context.demo.view(), namespace=NAMESPACE)

    def tell_setup(self) -> None:
        """The hall works by another version of its setup: screens read hall and services anew. Each process says so
        to its own."""
        if self._listeners:
            message = {"setup": self._context.hall.read(lambda day, at: self._setup(day))}
            self._socketio.emit("setup", message, namespace=NAMESPACE, ignore_queue=True)
        self._changed.set()

    def _setup(self, day: HallDay) -> str:
        return setup_mark(self._context.setup.held, day)

    # --- listening to screens

    def _on_connect(self, auth: Any = None) -> None:
        auth = auth if isinstance(auth, dict) else {}
        listener = self._who_listens(auth)
        self._listeners[_sid()] = listener
        if listener.ticket:
            self._followers[listener.day, listener.ticket] += 1
        asked_day, last_seq = auth.get("day"), auth.get("last_seq")

        def begin() -> None:
            for room in listener.rooms:
                join_room(room, namespace=NAMESPACE)

        # In one moment, and then nobody else's turn until all is said: an event told before those that were missed
        # would make the screen take these for old.
        try:
            day, recorded = self._context.hall.begin_to_listen(last_seq if is_place(last_seq) else 0, begin)
        except StorageTrouble as trouble:  # come again: better no picture than one that may be long past
            self._on_disconnect()
            raise ConnectionRefusedError("storage_trouble") from trouble
        hello = {"day": day.day.isoformat(), "seq": day.seq}
        hello |= {"clock": clock_view(self._context.hall.clock, self._context.hall.rules), "boot": self.boot}
        hello["setup"] = self._setup(day)
        self._to_caller("hello", hello)
        self._to_caller("simulation", self._context.demo.view())
        if is_place(last_seq) and asked_day == hello["day"]:
            for message in self._versions(listener, recorded, day):
                self._to_caller("event", message)
        self._changed.set()

    def _to_caller(self, event: str, payload: Any) -> None:
        self._socketio.emit(event, payload, to=_sid(), namespace=NAMESPACE, ignore_queue=True)

    def _on_disconnect(self, *_reason: Any) -> None:
        gone = self._listeners.pop(_sid(), None)
        if gone and gone.ticket:
            self._followers[gone.day, gone.ticket] -= 1
            self._followers += Counter()  # keeps what is above zero

    def _on_since(self, asked: Any = None) -> Json | None:
        listener = self._listeners.get(_sid())
        asked = asked if isinstance(asked, dict) else {}
        try:
            found = self.events_since(listener, asked.get("day"), asked.get("seq")) if listener else None
        except StorageTrouble:
            return None  # no answer: the screen connects anew after a while
        return {"reload": True} if found is None else {"events": found[0], "seq": found[1]}

    def events_since(self, listener: Listener, day: Any, seq: Any) -> tuple[list[Json], int] | None:
        """The events after `seq` as this listener may hear them, and the place in the log up to which that is all.
        None when it must read everything anew.
        """
        if not is_place(seq):
            return None
        today, last = self._context.hall.read(lambda hall_day, at: (hall_day, hall_day.seq))
        if day != today.day.isoformat() or seq > last:
            return None
        missed = self._context.hall.events(after=seq)
        return self._versions(listener, missed, today), missed[-1].seq if missed else seq

    def _versions(self, listener: Listener, recorded: list[Recorded], day: HallDay) -> list[Json]:
        versions = (listener.version(one, day, self._context.person_name) for one in recorded)
        return [message for message in versions if message is not None]

    def _who_listens(self, auth: Json) -> Listener:
        audience = auth.get("audience")
        if audience == "staff":
            session = session_of(request)
            if session is None or lacks_code(session):
                raise ConnectionRefusedError("not_signed_in")
            return Listener("staff", role=session.person.highest.value, session=session.key)
        if audience == "visitor":
            today = self._context.hall.rules.day_of(self._context.hall.clock.now())
            found = self._context.progress_links.read(str(auth.get("link", "")), today)
            if found is None:
                raise ConnectionRefusedError("unknown_link")
            return Listener("visitor", day=found.day, ticket=found.ticket)
        if audience in DEVICES_OF_AUDIENCE:
            device = self._device(DEVICES_OF_AUDIENCE[audience], auth.get("token"))
            if device is None:
                raise ConnectionRefusedError("not_signed_in")
            return Listener(audience, device=device.id)
        raise ConnectionRefusedError("unknown_audience")

    def _device(self, kinds: tuple[str, ...], token: Any) -> Device | None:
        token = token or request.headers.get("Authorization", "").removeprefix("Bearer ")
        tokens = [token] if token else [request.cookies.get(f"{DEVICE_COOKIE}{kind}", "") for kind in kinds]
        found = (self._context.accounts.device(str(token)) for token in tokens)
        return next((device for device in found if device and device.kind.value in kinds), None)


def _sid() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]
    return sid


def _without_seq(waits: Json) -> Json:
    return {name: value for name, value in waits.items() if name != "seq"}
