"""An OpenID Connect provider on loopback that keeps to the standard until it is told not to."""

import hashlib
import hmac
import json
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from conftest import served
from flask import Flask, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT, SECRET = "dashboard", "a secret of both"


@dataclass
class Provider:
    """What it says of people, and what is wrong with it.

    `claims` replace those of a good token (None removes one), `key` and `header` what it is signed
    with, `twist` names the other things that it can do wrong.
    """

    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, str] = field(default_factory=dict)
    key: RSAKey | OctKey | None = None
    twist: str = ""
    address: str = ""
    email: str = "ministry@example.org"
    asked: list[dict[str, str]] = field(default_factory=list)
    own: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "a"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def token(self, nonce: str) -> str:
        """Return an identity token, as good as it is told to be."""
        now = int(time.time())
        good = {
            "iss": self.address,
            "sub": "person-1",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": nonce,
            "email": self.email,
            "email_verified": True,
        }
        claims = {k: v for k, v in (good | self.claims).items() if v is not None}
        if self.twist == "unsigned":
            return by_hand({"alg": "none"}, claims, b"")
        if self.twist == "public key":
            return by_hand({"alg": "HS256", "kid": "a"}, claims, self.own.as_pem(private=False))
        header = {"alg": "RS256", "kid": "a"} | self.header
        return jwt.encode(header, claims, self.key or self.own, algorithms=[header["alg"]])

    def site(self) -> Flask:
        """Return the program."""
        site = Flask("provider", static_folder=None)
        site.add_url_rule("/.well-known/openid-configuration", "said", self.said)
        site.add_url_rule("/keys", "keys", self.keys)
        site.add_url_rule("/authorize", "authorize", self.authorize)
        site.add_url_rule("/token", "exchange", self.exchange, methods=["POST"])
        return site

    def said(self) -> ResponseReturnValue:
        """Answer what it is."""
        issuer = "https://other.example" if self.twist == "another issuer" else self.address
        token = "http://elsewhere.invalid/token" if self.twist == "token elsewhere" else None
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{self.address}/authorize",
            token_endpoint=token or f"{self.address}/token",
            jwks_uri=f"{self.address}/keys",
        )

    def keys(self) -> ResponseReturnValue:
        """Answer its public key."""
        return jsonify(KeySet([self.own]).as_dict(private=False))

    def authorize(self) -> ResponseReturnValue:
        """Send a browser back with a code; everybody is the same person here."""
        asked = request.args.to_dict()
        self.asked.append(asked)
        code = secrets.token_hex(8)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"]}
        if self.twist == "another state":
            back["state"] = "made up"
        if self.twist == "refused":
            back = {"error": "access_denied", "state": asked["state"]}
        if self.twist == "answered by another":
            back["iss"] = "https://other.example"
        return redirect(f"{asked['redirect_uri']}?{urlencode(back)}")

    def exchange(self) -> ResponseReturnValue:
        """Give a token for a code, to the client that asked and knows the verifier."""
        asked = self.codes.pop(request.form.get("code", ""), {})
        verifier = request.form.get("code_verifier", "")
        digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
        given = request.authorization
        known = given is not None and (given.username, given.password) == (CLIENT, SECRET)
        if not known or digest.decode() != asked.get("code_challenge"):
            return jsonify(error="invalid_grant"), 400
        if self.twist == "broken":
            return "no JSON", 200
        nonce = "of another time" if self.twist == "another nonce" else asked["nonce"]
        return jsonify(access_token="x", token_type="Bearer", id_token=self.token(nonce))  # noqa: S106


def by_hand(header: dict[str, str], claims: dict[str, Any], key: bytes) -> str:
    """Return a token that no library would make: unsigned, or signed with what is no secret."""
    said = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    made = hmac.digest(key, said.encode(), "sha256") if key else b""
    return f"{said}.{encoded(made)}"


def encoded(part: bytes) -> str:
    """Return a part of a token as it is written."""
    return urlsafe_b64encode(part).rstrip(b"=").decode()


@contextmanager
def provider() -> Iterator[Provider]:
    """Run a provider on a free port."""
    made = Provider()
    with served(made.site()) as made.address:
        yield made
