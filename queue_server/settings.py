"""Settings of the process: where its files lie, where it listens. Read once from `XINTING_*`, checked loudly.

What concerns the hall (zones, counters, rules, wording) stands in the hall's configuration file instead.
"""

from __future__ import annotations

import socket
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = ("database_url", "redis_url", "notice_webhook_secret", "oidc_client_secret", "alert_webhook_secret")
PUSH_SERVICES = (
    "https://fcm.googleapis.com https://updates.push.services.mozilla.com https://*.push.apple.com "
    "https://*.notify.windows.com"
)
DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


class SettingsError(Exception):
    """A setting that cannot be used; the text names it and says what is expected."""


class Settings(BaseSettings):
    """Every field is an environment variable with the prefix `XINTING_`; docs/settings.md lists them."""

    model_config = SettingsConfigDict(env_prefix="XINTING_", extra="ignore", frozen=True)

    hall_file: Annotated[Path, Field(description="The hall's configuration file")] = DEPLOY / "halls" / "lanzhou.toml"
    data: Annotated[Path, Field(description="Folder for the log, accounts, spool and sound files")] = Path("data")
    host: Annotated[str, Field(description="Address to listen on; 0.0.0.0 lets phones and devices in")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="TCP port to listen on")] = 8000
    public_url: Annotated[str, Field(description="Address that phones use, as printed in the QR code")] = ""
    demo: Annotated[bool, Field(description="Demo accounts, demo clock and the start page's switches")] = False
    voice_in_browser: Annotated[bool, Field(description="Hall displays speak; off where loudspeakers do")] = True
    voice_engine: Annotated[str, Field(description="Command that writes a WAV, with {text} and {file}")] = ""
    forecaster: Annotated[
        Literal["monte_carlo", "queue_work"], Field(description="Waits by simulation, or by the work ahead")
    ] = "monte_carlo"
    log_level: Annotated[str, Field(description="Level of the operator's log")] = "INFO"

    database_url: Annotated[str, Field(description="PostgreSQL for the log; empty: a SQLite file", repr=False)] = ""
    database_url_file: Annotated[Path | None, Field(description="File that holds the above")] = None
    redis_url: Annotated[str, Field(description="Redis, when several processes serve the hall", repr=False)] = ""
    redis_url_file: Annotated[Path | None, Field(description="File that holds the above")] = None
    behind_proxy: Annotated[bool, Field(description="Believe one web server's X-Forwarded headers")] = False

    notice_webhook_url: Annotated[str, Field(description="Where notices go for SMS or WeChat; empty: nowhere")] = ""
    notice_webhook_secret: Annotated[str, Field(description="Signs them; shared with the gateway", repr=False)] = ""
    notice_webhook_secret_file: Annotated[Path | None, Field(description="File that holds the above")] = None
    notice_webhook_all: Annotated[bool, Field(description="Also of visitors who gave no number")] = False
    alert_webhook_url: Annotated[str, Field(description="Where alerts go whose rule asks for it; empty: nowhere")] = ""
    alert_webhook_secret: Annotated[str, Field(description="Signs them; shared with the receiver", repr=False)] = ""
    alert_webhook_secret_file: Annotated[Path | None, Field(description="File that holds the above")] = None
    push_services: Annotated[
        str, Field(description="Push services that phones may name, separated by spaces; empty: no push")
    ] = PUSH_SERVICES
    push_contact: Annotated[str, Field(description="Whom a push service may write to: mailto:… or https://…")] = (
        "mailto:webmaster@localhost"
    )

    oidc_issuer: Annotated[str, Field(description="OpenID Connect provider to sign in by; empty: none")] = ""
    oidc_client_id: Annotated[str, Field(description="What the provider calls this hall")] = ""
    oidc_client_secret: Annotated[str, Field(description="Empty: a public client, by PKCE alone", repr=False)] = ""
    oidc_client_secret_file: Annotated[Path | None, Field(description="File that holds the above")] = None
    oidc_name: Annotated[str, Field(description="What people call it, on the sign-in page")] = "统一身份认证"
    oidc_scope: Annotated[str, Field(description="What is asked of it")] = "openid profile"
    oidc_person_claim: Annotated[str, Field(description="The claim that holds the sign-in name")] = "preferred_username"
    oidc_role_claim: Annotated[str, Field(description="The claim that holds groups")] = "groups"
    oidc_roles: Annotated[str, Field(description="group=role pairs by which somebody new is let in; empty: nobody")] = (
        ""
    )

    @property
    def oidc_role_of(self) -> dict[str, str]:
        """Role by the provider's group."""
        pairs = (pair.rpartition("=") for pair in self.oidc_roles.split())
        return {group: role for group, _, role in pairs}

    @model_validator(mode="after")
    def _provider_is_whole(self) -> Settings:
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("XINTING_OIDC_ISSUER needs XINTING_OIDC_CLIENT_ID: what the provider calls this hall")
        if self.oidc_issuer and not self.oidc_issuer.startswith(("https://", "http://")):
            raise ValueError("XINTING_OIDC_ISSUER must begin with https:// (or http:// inside the centre)")
        roles = ("officer", "guide", "supervisor", "administrator")
        if any(not group or role not in roles for group, role in self.oidc_role_of.items()):
            raise ValueError(f"XINTING_OIDC_ROLES must be pairs as hall-staff=officer; roles are {', '.join(roles)}")
        return self

    @model_validator(mode="after")
    def _webhooks_are_signed(self) -> Settings:
        for name in ("notice", "alert"):
            url, variable = getattr(self, f"{name}_webhook_url"), f"XINTING_{name.upper()}_WEBHOOK_URL"
            if url and not getattr(self, f"{name}_webhook_secret"):
                raise ValueError(f"{variable} needs XINTING_{name.upper()}_WEBHOOK_SECRET: {name}s are signed")
            if url and not url.startswith(("https://", "http://")):
                raise ValueError(f"{variable} must begin with https:// (or http:// inside the centre)")
        return self

    @model_validator(mode="before")
    @classmethod
    def _read_secrets(cls, given: dict[str, Any]) -> dict[str, Any]:
        return given | {name: _secret(name, given) for name in SECRETS if given.get(f"{name}_file")}

    @property
    def address(self) -> str:
        """The base of links that leave the hall's network, without a slash at the end."""
        host = address_in_the_network() if self.host in {"0.0.0.0", "::"} else self.host
        host = "localhost" if host == "127.0.0.1" else host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")


def _secret(name: str, given: dict[str, Any]) -> str:
    variable, path = f"XINTING_{name.upper()}", Path(given[f"{name}_file"])
    if given.get(name):
        raise ValueError(f"{variable} and {variable}_FILE: give one of them")
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ValueError(f"{variable}_FILE={str(path)!r}: {error.strerror}") from error


@cache
def address_in_the_network() -> str:
    """The address by which phones in the same network reach this machine; the loopback one without a network.

    Connecting a datagram socket sends nothing: the system only chooses the way out (192.0.2.1 is nobody, RFC 5737).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way_out:
        try:
            way_out.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(way_out.getsockname()[0])


def read_settings(**given: object) -> Settings:
    """Settings from the environment; what is given (by the command line) wins. Raises SettingsError."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(_line(fault) for fault in error.errors())) from None


def _line(fault: Any) -> str:
    """What was given is repeated only where one variable is at fault; with several there may be a secret among them."""
    if not fault["loc"]:
        return str(fault["msg"])
    return f"XINTING_{str(fault['loc'][0]).upper()}={fault['input']!r}: {fault['msg']}"
