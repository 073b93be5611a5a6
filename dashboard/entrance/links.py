"""Links that let somebody in once: an invitation, a new password."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from dashboard.components.form import form
from dashboard.entrance import words
from dashboard.entrance.showing import Entrance, query_of, titled, with_passwords
from dashboard.entrance.signing import asked
from dashboard.pages.reading import Reading, address
from dashboard.people import Refused

INTRO = {
    "invitation": "You are invited as {name}. Choose the password for {email}.",
    "reset": "Choose a new password for {email}, {name}.",
}


def blueprint(entrance: Entrance) -> Blueprint:
    """Return the routes of links. Looking at one does not use it up."""
    routes, door = Blueprint("links", __name__), entrance.keeper.door

    @routes.get("/welcome/<token>")
    def ask(token: str) -> ResponseReturnValue:
        with_passwords(entrance)
        return _choose(entrance, entrance.reading(), token)

    @routes.post("/welcome/<token>")
    def take(token: str) -> ResponseReturnValue:
        with_passwords(entrance)
        reading, chosen = entrance.reading(), request.form.get("new", "")
        try:
            if chosen != request.form.get("again", ""):
                raise Refused("differ")
            found, stage = door.accept(token, chosen, entrance.knock)
        except Refused as error:
            return _choose(entrance, reading, token, error)
        door.forget(entrance.token, entrance.knock)
        return entrance.step(reading, found, stage, "/")

    return routes


def _choose(
    entrance: Entrance, reading: Reading, token: str, error: Refused | None = None
) -> ResponseReturnValue:
    text = reading.locale.text
    try:
        account, link = entrance.keeper.door.invited(token, entrance.knock)
    except Refused as over:
        return asked(entrance, reading, "/", over)
    intro = text(INTRO[link.purpose], name=account.name, email=account.email)
    action = address(f"/welcome/{token}", query_of(reading, "/"))
    main = titled(
        text("Choose a password"),
        intro,
        form(action, words.new_passwords(reading.locale), text("Continue"), email=account.email),
    )
    return entrance.show(reading, text("Choose a password"), main, error)
