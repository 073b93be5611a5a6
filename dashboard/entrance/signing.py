"""Signing in, step by step, and out."""

from dataclasses import replace
from functools import partial

from dash import html
from dash.development.base_component import Component
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from dashboard.accounts import factor
from dashboard.accounts.oidc import BACK, Unproven
from dashboard.components.form import form
from dashboard.components.prose import links, paragraph
from dashboard.entrance import words
from dashboard.entrance.showing import (
    Entrance,
    query_of,
    redirected,
    titled,
    wanted,
    with_passwords,
)
from dashboard.i18n import Locale
from dashboard.pages.reading import Reading, address, only
from dashboard.people import Refused
from dashboard.web.render import Node, Raw, also

HELP = (
    "Accounts are given by the programme. If you have none, or have forgotten your password, ask "
    "whoever you work with there for a link."
)


def blueprint(entrance: Entrance) -> Blueprint:
    """Return the routes by which somebody signs in and out."""
    routes = Blueprint("signing", __name__)
    routes.add_url_rule("/sign-in", "ask", partial(_ask, entrance), methods=["GET"])
    routes.add_url_rule("/sign-in", "take", partial(_take, entrance), methods=["POST"])
    routes.add_url_rule("/sign-in/code", "ask_code", partial(_ask_code, entrance), methods=["GET"])
    routes.add_url_rule(
        "/sign-in/code", "take_code", partial(_take_code, entrance), methods=["POST"]
    )
    routes.add_url_rule(
        "/sign-in/enrol", "ask_factor", partial(_ask_factor, entrance), methods=["GET"]
    )
    routes.add_url_rule(
        "/sign-in/enrol", "take_factor", partial(_take_factor, entrance), methods=["POST"]
    )
    routes.add_url_rule("/sign-in/provider", "go", partial(_go, entrance), methods=["GET"])
    routes.add_url_rule(BACK, "come_back", partial(_come_back, entrance), methods=["GET"])
    routes.add_url_rule("/sign-out", "leave", partial(_leave, entrance), methods=["POST"])
    return routes


def _ask(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    only(reading, ("next",))
    return asked(entrance, reading, wanted(reading.pairs.get("next", "")))


def _take(entrance: Entrance) -> ResponseReturnValue:
    with_passwords(entrance)
    reading, home = entrance.reading(), wanted(request.form.get("next", ""))
    email, password = request.form.get("email", ""), request.form.get("password", "")
    try:
        token, stage = entrance.keeper.door.password(email, password, entrance.knock)
    except Refused as error:
        return asked(entrance, reading, home, error, email)
    entrance.keeper.door.forget(entrance.token, entrance.knock)
    return entrance.step(reading, token, stage, home)


def _go(entrance: Entrance) -> ResponseReturnValue:
    """Lead somebody to the identity provider, and remember in their session what was asked."""
    reading = entrance.reading()
    home = wanted(reading.pairs.get("next", ""))
    if entrance.provider is None:
        raise NotFound
    try:
        address, note = entrance.provider.start()
    except Refused as error:
        return asked(entrance, reading, home, error)
    door = entrance.keeper.door
    token = door.begin("", "provider", entrance.knock, {**note, "next": home})
    return entrance.keeper.give(redirected(address), token)


def _come_back(entrance: Entrance) -> ResponseReturnValue:
    """Take somebody back from the identity provider; each answer counts once."""
    door, knock, home = entrance.keeper.door, entrance.knock, "/"
    reading = replace(entrance.reading(), path="/sign-in", pairs={})
    if entrance.provider is None:
        raise NotFound
    try:
        note = door.provider(entrance.token, knock)
        home = note.get("next", home)
        identity = entrance.provider.identify(request.query_string.decode(errors="replace"), note)
        token = door.identified(identity, knock)
    except Unproven as error:
        door.log(knock, "sign-in refused", None, str(error))
        return asked(entrance, reading, home, Refused("provider"))
    except Refused as error:
        return asked(entrance, reading, home, error)
    return entrance.step(reading, token, "", home)


def _ask_code(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    return _code(entrance, reading, wanted(reading.pairs.get("next", "")))


def _take_code(entrance: Entrance) -> ResponseReturnValue:
    reading, home = entrance.reading(), wanted(request.form.get("next", ""))
    try:
        token = entrance.keeper.door.code(
            entrance.token, request.form.get("code", ""), entrance.knock
        )
    except Refused as error:
        return _code(entrance, reading, home, error)
    return entrance.step(reading, token, "", home)


def _ask_factor(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    return _enrol(entrance, reading, wanted(reading.pairs.get("next", "")))


def _take_factor(entrance: Entrance) -> ResponseReturnValue:
    reading, home = entrance.reading(), wanted(request.form.get("next", ""))
    try:
        token, codes = entrance.keeper.door.enrol(
            entrance.token, request.form.get("code", ""), entrance.knock
        )
    except Refused as error:
        return _enrol(entrance, reading, home, error)
    return entrance.keeper.give(recovery(entrance, reading, codes, home), token)


def _leave(entrance: Entrance) -> ResponseReturnValue:
    entrance.keeper.door.out(entrance.token, entrance.knock)
    to = address("/sign-in", query_of(entrance.reading(), "/"))
    return entrance.keeper.take(redirected(to))


def asked(
    entrance: Entrance,
    reading: Reading,
    home: str,
    error: Refused | None = None,
    email: str = "",
) -> Response:
    """Return the page to sign in on."""
    text = reading.locale.text
    intro = text("This site is for partners of the programme: brands, the ministry and staff.")
    public = [(text("Go to the public site"), entrance.settings.public_url)]
    main = titled(
        text("Sign in"),
        intro,
        _how(entrance, reading, home, email),
        paragraph(text(HELP)),
        links(public),
    )
    return entrance.show(reading, text("Sign in"), main, error)


def _how(entrance: Entrance, reading: Reading, home: str, email: str) -> Component:
    """Return the form to sign in by, or the way to the identity provider."""
    text, locale = reading.locale.text, reading.locale
    if entrance.provider:
        to = address("/sign-in/provider", query_of(reading, home))
        said = text("Sign in with {provider}", provider=entrance.provider.name)
        return html.P(html.A(said, href=to, className="apply"))
    fields = [words.email(locale, email), words.password(locale)]
    return form(address("/sign-in", query_of(reading, "/")), fields, text("Sign in"), next=home)


def _code(
    entrance: Entrance, reading: Reading, home: str, error: Refused | None = None
) -> Response:
    text = reading.locale.text
    try:
        entrance.keeper.door.half_way(entrance.token, "code", entrance.knock)
    except Refused as late:
        return asked(entrance, reading, home, error or late)
    hint = text("Six digits from your authenticator, or one of your recovery codes.")
    action = address("/sign-in/code", query_of(reading, "/"))
    main = titled(
        text("Second step"),
        text("Your password is right. Please enter a code as well."),
        form(action, [words.code(reading.locale, hint)], text("Continue"), next=home),
    )
    return entrance.show(reading, text("Second step"), main, error)


def _enrol(
    entrance: Entrance, reading: Reading, home: str, error: Refused | None = None
) -> Response:
    text = reading.locale.text
    try:
        account, kept = entrance.keeper.door.enrolment(entrance.token, entrance.knock)
    except Refused as late:
        return asked(entrance, reading, home, error or late)
    hint = text("Six digits that the authenticator shows now.")
    action = address("/sign-in/enrol", query_of(reading, "/"))
    main = titled(
        text("Set up the second step"),
        text("Staff and administrators also need a code from an authenticator on their phone."),
        *_secret(factor.address(account, kept), kept, reading.locale),
        form(action, [words.code(reading.locale, hint)], text("Continue"), next=home),
    )
    return entrance.show(reading, text("Set up the second step"), main, error)


def _secret(otpauth: str, kept: str, locale: Locale) -> list[Node]:
    text = locale.text
    groups = " ".join(kept[at : at + 4] for at in range(0, len(kept), 4))
    label = also({"aria-label": text("QR code for the authenticator")})
    drawn: Node = Raw(factor.picture(otpauth))
    picture = html.Div(drawn, className="qr", role="img", **label)
    return [
        paragraph(text("Scan this picture with the authenticator, or type the key into it.")),
        picture,
        html.P([text("Key:"), " ", html.Code(groups, dir="ltr")]),
        links([(text("Open the authenticator on this device"), otpauth)]),
    ]


def recovery(entrance: Entrance, reading: Reading, codes: tuple[str, ...], home: str) -> Response:
    """Return the page that shows recovery codes, the only time that anybody sees them."""
    text = reading.locale.text
    listed = html.Ul([html.Li(html.Code(code)) for code in codes], className="codes", dir="ltr")
    main = titled(
        text("Recovery codes"),
        text("Each of them replaces the authenticator once, should you lose it."),
        paragraph(text("Print them or write them down now: they are not shown again.")),
        listed,
        links([(text("I have kept them: continue"), home)]),
    )
    return entrance.show(reading, text("Recovery codes"), main)
