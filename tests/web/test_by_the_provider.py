"""Signing in by the centre's own OpenID Connect provider, over real HTTP; and what it may never do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from joserfc.jwk import RSAKey
from werkzeug.test import TestResponse

from queue_server.accounts.people import Account
from tests.web.oidc_provider import CLIENT, SECRET, OidcProvider
from tests.web.web_hall import PASSWORD, PEOPLE, Caller, WebHall


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    provider = OidcProvider()
    yield provider
    provider.stop()


@pytest.fixture
def make_hall(prepared_accounts: Path, tmp_path: Path, provider: OidcProvider) -> Iterator[Callable[..., WebHall]]:
    halls: list[WebHall] = []

    def make(**settings: str) -> WebHall:
        known = {"oidc_issuer": provider.url, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
        halls.append(WebHall(prepared_accounts, tmp_path, **(known | settings)))
        return halls[-1]

    yield make
    for hall in halls:
        hall.close()


@pytest.fixture
def web(make_hall: Callable[..., WebHall]) -> WebHall:
    return make_hall()


def to_provider(browser: Caller, next_page: str = "/guide") -> str:
    answer = browser.client.get(f"/sign-in/provider?next={next_page}&lang=en")
    return answer.headers["Location"]


def back(browser: Caller, address: str) -> TestResponse:
    from_provider = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
    there = urlsplit(from_provider)
    assert f"{there.scheme}://{there.netloc}" == "http://hall.test"
    return browser.client.get(f"{there.path}?{there.query}")


def sign_in(web: WebHall) -> tuple[Caller, str]:
    """The browser, and the page it is led to."""
    browser = web.stranger()
    return browser, back(browser, to_provider(browser)).headers["Location"]


def test_somebody_known_is_let_in_with_the_role_that_the_hall_gave(web: WebHall, provider: OidcProvider) -> None:
    provider.claims["groups"] = ["administrators of everything"]

    browser, page = sign_in(web)

    assert page == "/sign-in?by=provider&next=%2Fguide&lang=en"
    assert browser.get("/session").json["person"] == "ma"
    assert browser.get("/session").json["role"] == "guide"


def test_the_way_there_carries_state_nonce_and_a_challenge(web: WebHall) -> None:
    asked = parse_qs(urlsplit(to_provider(web.stranger())).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert SECRET not in str(asked)


@pytest.mark.parametrize("who", ["nobody here", "somebody locked", "somebody removed", "an unverified address"])
def test_nobody_else_is_let_in(make_hall: Callable[..., WebHall], provider: OidcProvider, who: str) -> None:
    web = make_hall(oidc_roles="staff=administrator", **({"oidc_person_claim": "email"} if "address" in who else {}))
    provider.claims["groups"] = ["staff"]
    match who:
        case "nobody here":
            provider.claims |= {"preferred_username": "zhou2", "groups": ["others"]}
        case "somebody locked":
            web.accounts.lock("ma", "admin")
        case "somebody removed":
            web.accounts.staff.say("ma", "admin", removed=1)
            web.context.setup.follow(web.hall, web.context.take_hall_file)
        case "an unverified address":
            provider.claims |= {"email": "ma", "email_verified": False}

    browser, page = sign_in(web)

    assert page.startswith("/sign-in?trouble=provider_unknown")
    assert browser.get("/session").status_code == 401
    assert "管理员" in browser.client.get(page.replace("lang=en", "lang=zh")).text


def test_somebody_new_gets_the_least_role_only_where_the_hall_has_said_so(
    make_hall: Callable[..., WebHall], provider: OidcProvider
) -> None:
    provider.claims |= {"preferred_username": "zhou2", "name": "周二", "groups": ["lead", "staff"]}
    web = make_hall(oidc_roles="lead=supervisor staff=guide")

    browser, _ = sign_in(web)

    assert browser.get("/session").json["role"] == "guide"
    account = web.accounts.people.account("zhou2")
    assert isinstance(account, Account)
    assert (account.person.name, account.has_password) == ("周二", False)


def test_without_that_setting_nobody_new_gets_in(web: WebHall, provider: OidcProvider) -> None:
    provider.claims |= {"preferred_username": "zhou2", "groups": ["staff"]}

    assert "provider_unknown" in sign_in(web)[1]
    assert web.accounts.people.account("zhou2") is None


@pytest.mark.parametrize(
    "wrong", ["nonce", "aud", "iss", "exp", "signature", "state", "twice", "another browser", "issuer"]
)
def test_what_is_not_meant_for_this_sign_in_opens_nothing(web: WebHall, provider: OidcProvider, wrong: str) -> None:
    browser = web.stranger()
    if wrong == "issuer":
        provider.wrong = {"issuer": "https://somebody.else"}
        assert "provider_wrong" in to_provider(browser)
        return
    address = to_provider(browser)
    match wrong:
        case "nonce" | "aud" | "iss":
            provider.claims[wrong] = "another"
        case "exp":
            provider.claims["exp"] = 1
        case "signature":
            provider.shown_key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})
        case "state":
            address = address.replace("state=", "state=x")
        case "twice":
            there = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
            browser.client.get(there.removeprefix("http://hall.test"))
            browser.client.delete_cookie("xinting_session")
            assert "trouble" in browser.client.get(there.removeprefix("http://hall.test")).headers["Location"]
            assert browser.get("/session").status_code == 401
            return
        case "another browser":
            browser = web.stranger()

    assert "trouble=provider_" in back(browser, address).headers["Location"]
    assert browser.get("/session").status_code == 401


def test_claims_may_stand_in_userinfo_only(web: WebHall, provider: OidcProvider) -> None:
    del provider.claims["preferred_username"]
    provider.in_userinfo = {"preferred_username": "ma"}

    assert sign_in(web)[0].get("/session").json["person"] == "ma"


def test_when_the_provider_is_down_the_page_says_so_and_the_password_works(
    web: WebHall, provider: OidcProvider
) -> None:
    provider.stop()
    browser = web.stranger()

    page = browser.client.get(to_provider(browser)).text

    assert "cannot be reached" in page
    assert browser.post("/session", {"person": PEOPLE["guide"], "password": PASSWORD}).status_code == 201


def test_without_a_provider_there_is_no_such_way(prepared_accounts: Path, tmp_path: Path) -> None:
    web = WebHall(prepared_accounts, tmp_path)

    assert web.stranger().client.get("/sign-in/provider").status_code == 404
    assert 'data-provider=""' in web.stranger().client.get("/sign-in").text
    web.close()
