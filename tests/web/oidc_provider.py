"""A small OpenID Connect provider over real HTTP on this machine: discovery, consent at once, PKCE, signed tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "hall", "a secret shared with the provider"


class OidcProvider:
    """`claims`: what it says of whoever comes. What a test wants wrong is changed in the attributes."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"preferred_username": "ma", "name": "马晓"}
        self.in_userinfo: dict[str, Any] = {}
        self.key = self.shown_key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})
        self.wrong: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(address.query).items()}
                provider.get(self, address.path, query)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                provider.give_token(self, form)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def get(self, to: BaseHTTPRequestHandler, path: str, query: dict[str, str]) -> None:
        match path:
            case "/.well-known/openid-configuration":
                places = {f"{name}_endpoint": f"{self.url}/{name}" for name in ("authorization", "token", "userinfo")}
                answer(to, {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **places} | self.wrong)
            case "/keys":
                answer(to, {"keys": [self.shown_key.as_dict(private=False)]})
            case "/userinfo":
                answer(to, {"sub": "1", **self.in_userinfo})
            case "/authorization":
                code = secrets.token_hex(8)
                self.codes[code] = query
                to.send_response(302)
                back = urlencode({"code": code, "state": query["state"]})
                to.send_header("Location", f"{query['redirect_uri']}?{back}")
                to.end_headers()

    def give_token(self, to: BaseHTTPRequestHandler, form: dict[str, str]) -> None:
        asked = self.codes.pop(form.get("code", ""), None)
        made_of = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        basic = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "+").encode()).decode()
        plain = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        is_right = asked and made_of.decode().rstrip("=") == asked["code_challenge"]
        if not (is_right and to.headers["Authorization"] in (basic, plain)):
            return answer(to, {"error": "invalid_grant"}, 400)
        assert asked is not None
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 60, "nonce": asked["nonce"]}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.claims, self.key)
        return answer(to, {"access_token": "x", "token_type": "Bearer", "id_token": token})


def answer(to: BaseHTTPRequestHandler, body: dict[str, Any], status: int = 200) -> None:
    text = json.dumps(body).encode()
    to.send_response(status)
    to.send_header("Content-Type", "application/json")
    to.send_header("Content-Length", str(len(text)))
    to.end_headers()
    to.wfile.write(text)
