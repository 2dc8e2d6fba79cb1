"""Signing in: person, password, and for officers the counter they sit at today."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, render_template, request

from queue_server.demo.password import DEMO_PASSWORD
from queue_server.web.context import Context
from queue_server.web.security import local_path, open_to_all
from queue_server.web.words import reader_language, word

PROVIDER_TROUBLES = ("provider_away", "provider_no", "provider_unknown", "provider_wrong")


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("sign_in", __name__, template_folder=str(Path(__file__).parent))

    @page.get("/sign-in")
    @open_to_all
    def show_sign_in() -> str:
        return render_template(
            "sign_in.html",
            page="sign_in",
            next_path=local_path(request.args.get("next"), ""),
            provider=context.settings.oidc_name if context.settings.oidc_issuer else "",
            by=request.args.get("by", ""),
            trouble=trouble_said(request.args.get("trouble", "")),
            demo_accounts=demo_accounts(context),
            demo_password=DEMO_PASSWORD if context.settings.demo else "",
        )

    return page


def trouble_said(code: str) -> str:
    """What a provider's way ended with."""
    return word(f"sign_in.{code}", reader_language()) if code in PROVIDER_TROUBLES else ""


def demo_accounts(context: Context) -> list[dict[str, str | None]]:
    """The demo's people as one-touch buttons. Outside demo mode nobody is told who works here."""
    if not context.settings.demo:
        return []
    return [
        {"id": person.id, "name": person.name, "role": person.role, "counter": person.counter}
        for person in context.hall_file.people
    ]
