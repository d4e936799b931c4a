"""A small OpenID Connect provider of our own on localhost: it says about whoever comes what a test has written."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

CLIENT, SECRET = "c360", "a secret of the two"


@dataclass
class Provider:
    """What the provider says, and what it was asked."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"}))
    signs_with: RSAKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, code: str) -> dict[str, Any]:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "1", "iat": now, "exp": now + 60}
        claims |= {"nonce": self.asked[code]["nonce"]} | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": signed}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers while the block lasts."""
    found = Provider()
    server = make_server("127.0.0.1", 0, _application(found), threaded=True)
    found.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def _application(found: Provider) -> Flask:
    server = Flask("provider")

    @server.get("/.well-known/openid-configuration")
    def metadata() -> Response:
        return jsonify(
            issuer=found.issuer,
            authorization_endpoint=f"{found.issuer}/authorize",
            token_endpoint=f"{found.issuer}/token",
            jwks_uri=f"{found.issuer}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    @server.get("/keys")
    def keys() -> Response:
        return jsonify(keys=[found.key.as_dict(private=False)])

    @server.get("/authorize")
    def authorize() -> Response:
        code = secrets.token_urlsafe()
        found.asked[code] = request.args.to_dict()
        return redirect(f"{request.args['redirect_uri']}?{urlencode({'code': code, 'state': request.args['state']})}")

    @server.post("/token")
    def token() -> Response:
        code = request.form["code"]
        challenge = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        assert base64.urlsafe_b64encode(challenge).rstrip(b"=").decode() == found.asked[code]["code_challenge"]
        assert request.authorization is not None
        assert (request.authorization.username, request.authorization.password) == (CLIENT, SECRET)
        return jsonify(found.token(code))

    return server
