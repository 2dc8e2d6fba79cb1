"""The addresses of signing in by the centre's own provider, where the hall has one (`XINTING_OIDC_ISSUER`)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response

from queue_server.web.context import Context
from queue_server.web.security import open_to_all


def make_blueprint(context: Context) -> Blueprint:
    page = Blueprint("provider", __name__, template_folder=str(Path(__file__).parent))
    if not context.settings.oidc_issuer:
        return page
    # here: Authlib takes a tenth of a second to load, which the start of a hall without a provider need not wait for
    from queue_server.web.pages.provider import provider_way

    oauth = provider_way.providers_of(context.settings)
    page.record_once(lambda state: oauth.init_app(state.app))

    @page.get("/sign-in/provider")
    @open_to_all
    def begin() -> Any:
        return provider_way.begin_at(provider_way.client_of(oauth))

    @page.get("/sign-in/provider/back")
    @open_to_all
    def come_back() -> Response:
        return provider_way.come_back_from(provider_way.client_of(oauth))

    return page
