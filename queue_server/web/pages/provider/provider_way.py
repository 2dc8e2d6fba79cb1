"""Signing in by the centre's own provider (OpenID Connect): code flow with PKCE, state and nonce, all by Authlib.

Who somebody is comes from the provider; what they may do stays the hall's: a person is found by the sign-in name in one
claim. Only where `XINTING_OIDC_ROLES` says so is somebody new let in. The password's way stays open beside it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from flask import redirect, request, session
from joserfc.errors import JoseError
from werkzeug.wrappers import Response

from queue_server.accounts import Person, Role
from queue_server.accounts.sessions import SESSION_LASTS
from queue_server.settings import Settings
from queue_server.setup.people_desk import CannotBe, PeopleDesk, Wanted
from queue_server.web.audited import signs_in
from queue_server.web.context import here
from queue_server.web.security import SESSION_COOKIE, address, limit, local_path, set_cookie
from queue_server.web.sign_in_door import open_session
from queue_server.web.words import LANGUAGES

logger = logging.getLogger(__name__)

ANSWERS_WITHIN_SECONDS = 5
NEXT = "provider_next"  # in the browser's signed cookie, with what Authlib keeps there
BY = NAME = "provider"


def providers_of(settings: Settings) -> OAuth:
    oauth = OAuth()
    oauth.register(
        NAME,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            **{"scope": settings.oidc_scope, "code_challenge_method": "S256"},
            "token_endpoint_auth_method": "client_secret_basic" if settings.oidc_client_secret else "none",
            "default_timeout": ANSWERS_WITHIN_SECONDS,
        },
    )
    return oauth


def client_of(oauth: OAuth) -> Any:
    return oauth.create_client(NAME)


def begin_at(client: Any) -> Any:
    limit("provider", address(), here().limits.sign_in_per_address)
    session[NEXT] = {"next": local_path(request.args.get("next"), ""), "lang": request.args.get("lang", "")}
    try:
        if client.load_server_metadata().get("issuer", "").rstrip("/") != here().settings.oidc_issuer.rstrip("/"):
            return trouble("provider_wrong", "it calls itself by another name than XINTING_OIDC_ISSUER")
        return client.authorize_redirect(f"{here().settings.address}/sign-in/provider/back")
    except (requests.RequestException, ValueError) as error:
        return trouble("provider_away", str(error))


def come_back_from(client: Any) -> Response:
    limit("provider", address(), here().limits.sign_in_per_address)
    try:
        token = client.authorize_access_token()  # state, PKCE, signature, issuer, audience, nonce, time
        claims = dict(token.get("userinfo") or {})
        if not claims.get("sub"):
            return trouble("provider_no", "no ID token")
        if here().settings.oidc_person_claim not in claims and client.server_metadata.get("userinfo_endpoint"):
            more = client.userinfo(token=token)
            claims |= more if more.get("sub") == claims["sub"] else {}
    except OAuthError as error:
        return trouble("provider_no", str(error))
    except (requests.RequestException, JoseError, ValueError) as error:
        return trouble("provider_away", str(error))
    person = person_of(claims)
    signs_in(person.id if person else "")
    if person is None:
        return trouble("provider_unknown", "nobody here has this sign-in name")
    return let_in(person)


def person_of(claims: Mapping[str, Any]) -> Person | None:
    """Whom the hall knows by this claim, if not locked. Somebody new only where the setting gives them a role."""
    settings, accounts = here().settings, here().accounts
    name = claims.get(settings.oidc_person_claim)
    if not isinstance(name, str) or (
        settings.oidc_person_claim == "email" and claims.get("email_verified") is not True
    ):
        return None
    account = accounts.people.account(name)
    if account is None and (role := role_of(claims)):
        account = accounts.people.account(name) if admit(name, str(claims.get("name") or name), role) else None
    return account.person if account and account.works_here and not account.locked_at else None


def role_of(claims: Mapping[str, Any]) -> str | None:
    """The least of the rights that the provider's groups stand for."""
    settings = here().settings
    given = claims.get(settings.oidc_role_claim)
    groups = {given} if isinstance(given, str) else {one for one in given if isinstance(one, str)} if given else set()
    roles = {role for group, role in settings.oidc_role_of.items() if group in groups}
    return next((role.value for role in Role if role.value in roles), None)


def admit(person: str, name: str, role: str) -> bool:
    context = here()
    renew = lambda: context.setup.follow(context.hall, context.take_hall_file)  # noqa: E731
    try:
        PeopleDesk(context.accounts, context.hall_file, renew, BY).admit(person, Wanted(name[:40], role))
    except CannotBe as error:
        logger.warning("The provider's %s cannot be let in: %s", person, error, extra={"action": "provider_no"})
        return False
    return True


def let_in(person: Person) -> Response:
    kept = session.pop(NEXT, {})
    if before := request.cookies.get(SESSION_COOKIE):
        here().accounts.sessions.close(before)
    answer = redirect(sign_in_page(by="provider", **kept))
    set_cookie(answer, SESSION_COOKIE, open_session(person, by_provider=True), int(SESSION_LASTS.total_seconds()))
    return answer


def trouble(code: str, why: str) -> Response:
    """Back to the sign-in page, where the password's way is open; the reason is for the operator."""
    logger.warning("Nobody was let in by the provider: %s", why, extra={"action": "provider_no"})
    return redirect(sign_in_page(trouble=code, **session.pop(NEXT, {})))


def sign_in_page(**query: str) -> str:
    language = query.pop("lang", "")
    kept = {name: text for name, text in query.items() if text} | ({"lang": language} if language in LANGUAGES else {})
    return f"/sign-in?{urlencode(kept)}"
