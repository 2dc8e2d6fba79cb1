"""Who is asking, whether they may, and what every answer carries to protect the browser that reads it.

Each endpoint says who may use it (`needs_role`, `needs_device`, `open_to_all`); `guard` sees to it before anything of
the request is read. An API endpoint that says nothing is refused to everybody.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote

from flask import Flask, Request, current_app, g, redirect, request
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response as AnyResponse

from queue_server.accounts import Accounts, Device, Role, Session
from queue_server.web.browser_names import browser_name
from queue_server.web.browser_sessions import BrowserSessions
from queue_server.web.context import here
from queue_server.web.errors import ApiError, wants_page
from queue_server.web.rate_limits import RateLimiter

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger(__name__)

BODY_LIMIT_BYTES = 64 * 1024
SESSION_COOKIE = "xinting_session"
BROWSER_COOKIE = "xinting_browser"  # holds the browser's CSRF secret and nothing else
DEVICE_COOKIE = "xinting_device_"
PAIRS_REMEMBERED = 256  # a hall has some dozens of browsers
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
STAFF = tuple(role.value for role in Role)
FLOOR_STAFF = ("guide", "supervisor")
NO_OF_SHORT_WAY = "xinting.no"  # in the environ: what `short_way` was refused, so that one place tells it
LOCAL_PATH = re.compile(r"/(?![/\\])[^\\\r\n]*")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
# pages and answers are of this moment and for this reader
ADDED_HEADERS = [(name.lower(), name, value) for name, value in (HEADERS | {"Cache-Control": "no-store"}).items()]

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Who:
    """The person or device behind a request. `role` of a device is its kind; of a person with several roles the one by
    which they may do this, and `also` are the others."""

    role: str
    id: str
    name: str
    counter: str | None = None
    by_cookie: bool = True
    also: frozenset[str] = frozenset()

    @property
    def actor(self) -> str:
        """As the log names them, `officer:li`, `kiosk:K1`."""
        return f"{self.role}:{self.id}"

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF

    @property
    def roles(self) -> frozenset[str]:
        return self.also | {self.role}

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def highest(self) -> str:
        """Of staff: the role with the most rights."""
        return max(self.roles, key=STAFF.index)

    def acting(self, access: Access) -> Who:
        """In the role that opens this door: the main one where it does, else the least of the others."""
        if not self.also or self.role in access.roles:
            return self
        role = next((one for one in STAFF if one in self.also and one in access.roles), self.role)
        return replace(self, role=role, also=self.roles - {role})


@dataclass(slots=True)
class Access:
    everyone: bool = False
    roles: set[str] = field(default_factory=set)
    devices: set[str] = field(default_factory=set)
    with_csrf: bool = False  # even when nobody is signed in
    body_limit: int = BODY_LIMIT_BYTES
    before_code: bool = False  # also of use to whoever has to set up a code first

    def allows(self, who: Who) -> bool:
        return self.everyone or who.role in self.roles or who.role in self.devices

    def names(self) -> list[str]:
        """For documents; that administrators may do what any of the staff may goes without saying."""
        if self.everyone:
            return ["everybody"]
        return sorted(self.roles - {Role.ADMINISTRATOR.value}) + sorted(self.devices)


def _access(view: Callable[..., Any]) -> Access:
    if not hasattr(view, "access"):
        view.access = Access()  # type: ignore[attr-defined]
    return view.access  # type: ignore[attr-defined, no-any-return]


def needs_role(*roles: str) -> Callable[[View], View]:
    """For staff with one of these roles, and administrators."""

    def mark(view: View) -> View:
        _access(view).roles |= {*roles, Role.ADMINISTRATOR.value}
        return view

    return mark


def needs_device(*kinds: str) -> Callable[[View], View]:
    """For these kinds of device; together with `needs_role` either will do."""

    def mark(view: View) -> View:
        _access(view).devices |= set(kinds)
        return view

    return mark


def open_to_all(view: View) -> View:
    _access(view).everyone = True
    return view


def with_csrf(view: View) -> View:
    """Changes something though nobody need be signed in: only pages of ours may ask."""
    _access(view).with_csrf = True
    return view


def takes_up_to(bytes_: int) -> Callable[[View], View]:
    """Longer bodies than usual: a recorded sound, a video for the screens."""

    def mark(view: View) -> View:
        _access(view).body_limit = bytes_
        return view

    return mark


def before_code(view: View) -> View:
    """Also for somebody whose role demands a code of the phone, and who has none yet: they set it up here."""
    _access(view).before_code = True
    return view


# --- who is asking


def who() -> Who:
    """Whoever is asking. Only where `guard` let somebody known in; `known()` where strangers may ask too."""
    someone = known()
    if someone is None:
        raise ApiError(401, "not_signed_in")
    return someone


def known() -> Who | None:
    """Whoever is asking, or None for a stranger. Found once a request."""
    of_request = g._get_current_object()  # type: ignore[attr-defined]
    if "who" not in of_request:
        asked = the_request()
        of_request.who = _find(asked, current_app.view_functions.get(asked.endpoint or ""))
    someone: Who | None = of_request.who
    return someone


def the_request() -> Request:
    """The request itself. Flask's stand-in finds it anew at each look, which costs more than most of what is there."""
    found: Request = request._get_current_object()  # type: ignore[attr-defined]
    return found


def _find(asked: Request, view: Callable[..., Any] | None) -> Who | None:
    accounts = here().accounts
    authorization = asked.headers.get("Authorization", "")
    if authorization.startswith("Bearer "):
        return device_of_token(accounts, authorization[7:])
    if kind := asked.headers.get("X-Xinting-Device"):
        return device_of_cookie(accounts, kind, asked.cookies)
    person = person_who(session_of(asked))
    access = getattr(view, "access", None)
    if person and access:
        person = person.acting(access)
    if access is None or (person and access.allows(person)):
        return person
    # a page opened by its address cannot name its device, so the cookies of the kinds it is for are tried
    devices = (device_of_cookie(accounts, kind, asked.cookies) for kind in sorted(access.devices))
    return next((device for device in devices if device), person)


def session_of(asked: Request) -> Session | None:
    """The session that this browser's cookie stands for. Kept for the request.

    A cookie that turns up in another browser than it was given to has been copied: the session ends for both, and
    whoever is who signs in again.
    """
    of_request = g._get_current_object()  # type: ignore[attr-defined]
    if "session" not in of_request:
        token = asked.cookies.get(SESSION_COOKIE, "")
        session = here().accounts.session(token) if token else None
        if session and session.browser not in (None, browser_name(asked.headers.get("User-Agent", ""))):
            said = "A session of %s turned up in another browser, at %s: it was ended"
            logger.warning(said, session.person.id, asked.remote_addr, extra={"action": "session_copied"})
            here().accounts.sessions.close(token)
            session = None
        of_request.session = session
    found: Session | None = of_request.session
    return found


def lacks_code(session: Session | None) -> bool:
    """Signed in, but the hall demands a code of this role and none is set up yet."""
    if session is None or session.has_code or session.by_provider:
        return False
    return not session.person.roles.isdisjoint(here().hall_file.accounts.code_for)


def device_of_token(accounts: Accounts, token: str) -> Who | None:
    return _device(accounts.device(token), by_cookie=False)


def device_of_cookie(accounts: Accounts, kind: str, cookies: Mapping[str, str]) -> Who | None:
    device = _device(accounts.device(cookies.get(f"{DEVICE_COOKIE}{kind}", "")), by_cookie=True)
    return device if device and device.role == kind else None


def _device(device: Device | None, *, by_cookie: bool) -> Who | None:
    return _who_is(device, by_cookie) if device else None


@lru_cache(maxsize=256)
def _who_is(device: Device, by_cookie: bool) -> Who:
    """How a device let in is called here. Whether it is still let in is asked of the accounts each time."""
    return Who(device.kind.value, device.id, device.id, by_cookie=by_cookie)


def person_who(session: Session | None) -> Who | None:
    if session is None:
        return None
    person = session.person
    also = frozenset(role.value for role in person.also)
    return Who(person.role.value, person.id, person.name, session.counter, also=also)


# --- before the endpoint


def guard() -> AnyResponse | None:
    """Refuse what may not be, before anything of the request is believed."""
    asked = the_request()
    if no := asked.environ.get(NO_OF_SHORT_WAY):
        raise no  # told like every other
    view = current_app.view_functions.get(asked.endpoint or "")
    if view is None:
        return None  # nothing here: 404
    is_api = asked.path.startswith("/api/")
    access: Access = getattr(view, "access", None) or Access(everyone=not is_api)
    asked.max_content_length = access.body_limit
    if (asked.content_length or 0) > access.body_limit:
        raise ApiError(413, "too_large", limit_kb=access.body_limit // 1024)
    someone = None
    if not access.everyone:
        someone = known()
        if someone is None:
            return _ask_to_sign_in(access)
        if not access.allows(someone):
            if not access.roles and someone.is_staff:
                raise ApiError(403, "device_needed")
            raise ApiError(403, "not_allowed", role=someone.role)
    if someone is not None and someone.is_staff and not access.before_code and lacks_code(session_of(asked)):
        if asked.method == "GET" and wants_page():
            return redirect("/account?said=code_first")
        raise ApiError(403, "code_first")
    # pages ask by themselves, so what they read of the API is no sign of life
    by_hand = asked.method not in SAFE_METHODS or not is_api
    if by_hand and someone is not None and someone.is_staff and (session := session_of(asked)):
        here().accounts.sessions.note_use(session)
    if asked.method not in SAFE_METHODS:
        _check_csrf(access, someone)
        if is_api:
            _check_json(asked)
    return None


def _ask_to_sign_in(access: Access) -> AnyResponse:
    if not access.roles:
        raise ApiError(401, "device_needed")
    if request.method == "GET" and wants_page():
        return redirect(f"/sign-in?next={quote(request.full_path.rstrip('?'), safe='')}")
    raise ApiError(401, "session_over" if request.cookies.get(SESSION_COOKIE) else "not_signed_in")


def _check_csrf(access: Access, someone: Who | None) -> None:
    """`someone`: whoever was let in; None where everybody may ask."""
    if not (access.with_csrf or (someone is not None and someone.by_cookie)):
        return
    try:
        current_app.extensions["csrf"].protect()
    except CSRFError as error:
        raise ApiError(403, "csrf") from error
    pair = csrf_pair(request.environ, request.cookies)
    if pair is not None and request.is_json:
        proved = csrf_proved(current_app)
        if len(proved) >= PAIRS_REMEMBERED:  # whoever is still here proves it again
            proved.clear()
        proved.add(pair)


def csrf_pair(environ: WSGIEnvironment, cookies: Mapping[str, str]) -> tuple[str, str] | None:
    """The browser's secret and the token shown with it. None where the token may have come otherwise."""
    cookie, token = cookies.get(BROWSER_COOKIE), environ.get("HTTP_X_CSRF_TOKEN")
    return (cookie, token) if cookie and token and "HTTP_X_CSRFTOKEN" not in environ else None


def csrf_proved(app: Flask) -> set[tuple[str, str]]:
    """Pairs that were found to belong together, while the server runs."""
    proved: set[tuple[str, str]] = app.extensions["csrf_proved"]
    return proved


def _check_json(asked: Request) -> None:
    """Read the body once, here, so that endpoints meet only JSON objects. No body is as good as an empty one."""
    if asked.content_length == 0 or (asked.content_length is None and not asked.get_data(cache=True)):
        return
    if not asked.is_json:
        raise ApiError(400, "malformed")
    try:
        body = asked.get_json()
    except (BadRequest, RecursionError, UnicodeDecodeError) as error:
        raise ApiError(400, "malformed") from error
    if not isinstance(body, dict):
        raise ApiError(400, "malformed")


def limit(what: str, name: str, times_a_minute: int, app: Flask | None = None) -> None:
    """Refuse with 429 when `name` has done `what` too often."""
    limiter: RateLimiter = (app or current_app).extensions["rate_limiter"]
    if seconds := limiter.seconds_to_wait(what, name, times_a_minute):
        raise ApiError(429, "too_many", seconds=int(seconds) + 1)


def address() -> str:
    return request.remote_addr or "unknown"


def limit_public_post() -> None:
    """For what visitors send from their phones. A hurried demo day has more of it a minute."""
    context = here()
    limit("public_post", address(), context.limits.public_posts_per_address * max(1, context.hall.clock.rate))


# --- cookies, headers, set-up


def is_secure() -> bool:
    return here().settings.address.startswith("https:")


def set_cookie(response: AnyResponse, name: str, token: str, seconds: int | None) -> None:
    response.set_cookie(name, token, max_age=seconds, httponly=True, samesite="Lax", secure=is_secure())


def local_path(path: str | None, otherwise: str = "/") -> str:
    """A path of this server to go on to; never somebody else's address."""
    return path if path and LOCAL_PATH.fullmatch(path) else otherwise


class WithHeaders:
    """Adds the headers to every answer; those that a view has set itself stay as they are.

    Outside Flask, which looks at each header it is given several times.
    """

    def __init__(self, program: WSGIApplication) -> None:
        self._program = program

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            present = {name.lower() for name, _ in headers}
            added = [(name, value) for lower, name, value in ADDED_HEADERS if lower not in present]
            return start_response(status, headers + added, *error)

        return self._program(environ, start)


def protect(app: Flask, key: bytes, *, secure: bool) -> None:
    app.config.update(
        SECRET_KEY=key,
        MAX_CONTENT_LENGTH=BODY_LIMIT_BYTES,
        SESSION_COOKIE_NAME=BROWSER_COOKIE,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_CHECK_DEFAULT=False,  # `guard` asks where a cookie is what opened the door
        WTF_CSRF_TIME_LIMIT=None,  # a kiosk's page stays open for weeks; the token ends with the browser's session
        WTF_CSRF_SSL_STRICT=False,  # it wants a Referer, which our own policy forbids
    )
    app.session_interface = BrowserSessions()
    CSRFProtect(app)
    app.extensions["rate_limiter"] = RateLimiter()
    app.extensions["csrf_proved"] = set()
    app.before_request(guard)
    app.wsgi_app = WithHeaders(app.wsgi_app)  # type: ignore[method-assign]


def csrf_token() -> str:
    token: str = generate_csrf()
    return token


def endpoints_without_access(app: Flask, prefix: str = "/api/") -> Iterable[str]:
    """API endpoints that forgot to say who may use them; a test wants none."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(prefix) and not hasattr(app.view_functions[rule.endpoint], "access"):
            yield f"{rule.rule} ({rule.endpoint})"
