"""One's own account: who one is here, where one is signed in, the password, recovery codes."""

from functools import partial

from dash import html
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound, Unauthorized

from dashboard.access import member_of
from dashboard.components.form import form
from dashboard.components.prose import defined
from dashboard.entrance import words
from dashboard.entrance.showing import Entrance, redirected, titled
from dashboard.entrance.signing import recovery
from dashboard.i18n import Locale
from dashboard.pages.reading import Reading, only
from dashboard.people import Account, Member, Refused, Session
from dashboard.web.render import Node


def blueprint(entrance: Entrance) -> Blueprint:
    """Return the routes of one's own account."""
    routes = Blueprint("own", __name__)
    routes.add_url_rule("/account", "show", partial(_show, entrance), methods=["GET"])
    routes.add_url_rule("/account/sessions", "end", partial(_end, entrance), methods=["POST"])
    routes.add_url_rule("/account/password", "change", partial(_change, entrance), methods=["POST"])
    routes.add_url_rule("/account/recovery", "renew", partial(_renew, entrance), methods=["POST"])
    return routes


def _show(entrance: Entrance) -> ResponseReturnValue:
    reading = entrance.reading()
    only(reading, ())
    return _shown(entrance, reading)


def _end(entrance: Entrance) -> ResponseReturnValue:
    found, handle = me(), request.form.get("handle", "")
    if handle == "others":
        entrance.keeper.door.end_others(found, entrance.knock)
    elif not entrance.keeper.door.end_own(found, handle, entrance.knock):
        raise NotFound
    return redirected(entrance.reading().link("/account"))


def _change(entrance: Entrance) -> ResponseReturnValue:
    reading, found = entrance.reading(), me()
    try:
        if request.form.get("new", "") != request.form.get("again", ""):
            raise Refused("differ")
        token = entrance.keeper.door.change_password(
            found, request.form.get("password", ""), request.form.get("new", ""), entrance.knock
        )
    except Refused as error:
        return _shown(entrance, reading, error)
    return entrance.keeper.give(redirected(reading.link("/account")), token)


def _renew(entrance: Entrance) -> ResponseReturnValue:
    reading, found = entrance.reading(), me()
    try:
        codes = entrance.keeper.door.renew_recovery(
            found, request.form.get("code", ""), entrance.knock
        )
    except Refused as error:
        return _shown(entrance, reading, error)
    return recovery(entrance, reading, codes, reading.link("/account"))


def me() -> Member:
    """Return who sent this request; the policy of these routes lets nobody else in."""
    found = member_of(request)
    if found is None:
        raise Unauthorized
    return found


def _shown(entrance: Entrance, reading: Reading, error: Refused | None = None) -> Response:
    text, found = reading.locale.text, me()
    door, knock = entrance.keeper.door, entrance.knock
    sessions = door.accounts.sessions.of(found.account.id, knock.now, door.idle)
    leave = form(reading.link("/sign-out"), [], text("Sign out"))
    main = titled(
        text("Your account"),
        "",
        _who(found.account, reading.locale),
        leave,
        html.H2(text("Where you are signed in")),
        *_sessions(sessions, found.session, reading),
        *_secrets(found.account, reading),
    )
    return entrance.show(reading, text("Your account"), main, error)


def _who(account: Account, locale: Locale) -> Node:
    text = locale.text
    rows = [
        (text("Name"), account.name),
        (text("E-mail address"), account.email),
        (text("Role"), words.role(account.role, locale)),
    ]
    if account.brand:
        rows.append((text("Brand"), account.brand))
    return defined(rows)


def _sessions(sessions: tuple[Session, ...], own: Session, reading: Reading) -> list[Node]:
    text, locale = reading.locale.text, reading.locale
    action = reading.link("/account/sessions")
    items = []
    for one in sessions:
        said = text(
            "Since {since}; last used {seen}",
            since=words.moment(one.created, locale),
            seen=words.moment(one.seen, locale),
        )
        here = one.hash == own.hash
        end = form(action, [], text("End this session"), handle=one.handle)
        items.append(
            html.Li(
                [
                    html.Strong(html.Bdi(words.browser(one.agent, locale))),
                    html.P(said),
                    html.P(text("This is the browser you are reading in.")) if here else end,
                ]
            )
        )
    others = form(action, [], text("End all other sessions"), handle="others")
    return [html.Ul(items, className="sittings"), others if len(sessions) > 1 else None]


def _secrets(account: Account, reading: Reading) -> list[Node]:
    if account.issuer:
        return []
    text, locale = reading.locale.text, reading.locale
    fields = [words.password(locale), *words.new_passwords(locale)]
    found: list[Node] = [
        html.H2(text("Change the password")),
        form(reading.link("/account/password"), fields, text("Change the password")),
    ]
    if account.totp:
        hint = text("Six digits that the authenticator shows now.")
        action = reading.link("/account/recovery")
        found += [
            html.H2(text("New recovery codes")),
            form(action, [words.code(locale, hint)], text("Make new recovery codes")),
        ]
    return found
