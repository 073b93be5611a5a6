"""Signing in with an OpenID Connect provider: authorization code flow with PKCE (RFC 7636).

OpenID Connect Core 1.0, 3.1: state and nonce belong to one browser and one attempt, the token is
taken from the provider itself, and its signature, issuer, audience and time are checked.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from dashboard.people import Refused
from dashboard.settings import Settings

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures that count: none of them can be made with a secret that both sides know."""
SCOPE = "openid email profile"
WITHIN = 3
"""Seconds in which a provider answers."""
LEEWAY = 60
"""Seconds by which its clock may differ from ours."""
BACK = "/sign-in/back"
"""Where a provider sends people back to."""


class Unproven(Exception):
    """A provider did not prove who somebody is; the message is for the log only."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is to a provider. `email` is "" unless the provider has verified it."""

    issuer: str
    subject: str
    email: str


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider and how it knows this site."""

    issuer: str
    client_id: str
    client_secret: str
    back: str
    name: str

    @classmethod
    def of(cls, settings: Settings) -> "Provider | None":
        """Return the provider of an installation, if it has one."""
        if not settings.oidc_issuer:
            return None
        return cls(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            back=settings.partners_url + BACK,
            name=settings.oidc_name or str(urlsplit(settings.oidc_issuer).hostname),
        )

    def start(self) -> tuple[str, dict[str, str]]:
        """Return (address to go to, what has to be remembered until the answer). Raise Refused."""
        note = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        try:
            with self._client() as client:
                place = self._described(client)["authorization_endpoint"]
                url, _ = client.create_authorization_url(
                    place, note["state"], code_verifier=note["verifier"], nonce=note["nonce"]
                )
        except FAILURES as error:
            raise Refused("provider") from error
        return str(url), note

    def identify(self, query: str, note: Mapping[str, str]) -> Identity:
        """Return who somebody is, from the query they were sent back with. Raise Unproven."""
        answer = dict(parse_qsl(query))
        state = answer.get("state", "")
        if not secrets.compare_digest(state.encode(), note.get("state", "-").encode()):
            raise Unproven("another state")
        if answer.get("iss", self.issuer) != self.issuer:
            raise Unproven("another issuer answered")
        if "code" not in answer:
            raise Unproven("no code")
        try:
            with self._client() as client:
                return self._identity(client, answer["code"], note)
        except FAILURES as error:
            raise Unproven(type(error).__name__) from error

    def _identity(self, client: OAuth2Session, code: str, note: Mapping[str, str]) -> Identity:
        described = self._described(client)
        token = client.fetch_token(
            described["token_endpoint"],
            code=code,
            grant_type="authorization_code",
            code_verifier=note["verifier"],
            allow_redirects=False,
        )
        keys = KeySet.import_key_set({"keys": _document(client, described["jwks_uri"])["keys"]})
        claims = self._checked(token, keys, note["nonce"])
        email = claims.get("email") if claims.get("email_verified") is True else ""
        return Identity(self.issuer, str(claims["sub"]), str(email or ""))

    def _checked(self, token: Mapping[str, Any], keys: KeySet, nonce: str) -> Mapping[str, Any]:
        """Return the claims of a token that is signed, meant for this site and of this attempt."""
        found = jwt.decode(str(token["id_token"]), keys, algorithms=ALGORITHMS)
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "sub": {"essential": True},
            "aud": {"essential": True, "value": self.client_id},
            "exp": {"essential": True},
            "nonce": {"essential": True, "value": nonce},
        }
        params = {
            "nonce": nonce,
            "client_id": self.client_id,
            "access_token": token.get("access_token"),
        }
        claims = CodeIDToken(found.claims, found.header, options, params)
        claims.validate(leeway=LEEWAY)
        return found.claims

    def _described(self, client: OAuth2Session) -> Mapping[str, Any]:
        """Return what the provider says of itself; raise Unproven if it is another one."""
        found = _document(client, f"{self.issuer}/.well-known/openid-configuration")
        if found.get("issuer") != self.issuer:
            raise Unproven("the provider calls itself something else")
        scheme = urlsplit(self.issuer).scheme
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if urlsplit(str(found[name])).scheme not in ("https", scheme):
                raise Unproven(f"{name} is not at https")
        return found

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self.client_id,
            self.client_secret,
            scope=SCOPE,
            redirect_uri=self.back,
            code_challenge_method="S256",
            default_timeout=WITHIN,
        )


def _document(client: OAuth2Session, url: str) -> dict[str, Any]:
    answer = client.request("GET", url, withhold_token=True, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    if not isinstance(found, dict):
        raise Unproven("not a JSON object")
    return found


FAILURES = (AuthlibBaseError, JoseError, RequestException, Unproven, KeyError, ValueError)
"""What can go wrong between here and a provider, or with what it sends."""
