"""`bwp user` and `bwp consent`: accounts and consents at the machine."""

import getpass
import os
from datetime import date
from typing import Annotated

import typer

from dashboard import settings as settings_of
from dashboard.accounts import samples
from dashboard.accounts.register import Register, open_consent
from dashboard.accounts.taking import take
from dashboard.people import Account, BadAccount, Role
from dashboard.store import Accounts, Dossiers, Published
from dashboard.store.accounts import schema

user = typer.Typer(no_args_is_help=True, help="Accounts of the partners' site.")
consent = typer.Typer(no_args_is_help=True, help="Which brand may see which factory and cycle.")

Email = Annotated[str, typer.Argument(metavar="EMAIL")]
Brand = Annotated[str, typer.Option(help="the brand's code, for an account of a brand")]
Kind = Annotated[Role, typer.Option("--role", help="what the account is for")]
Day = Annotated[
    date | None,
    typer.Option(metavar="DATE", parser=date.fromisoformat, help="YYYY-MM-DD; today if not said"),
]
Which = Annotated[str, typer.Argument(metavar="BRAND")]
Factory = Annotated[str, typer.Argument(metavar="FACTORY")]
Cycle = Annotated[str, typer.Argument(metavar="CYCLE", help="such as C2")]


@user.command()
def add(email: Email, role: Kind, name: str = "", brand: Brand = "") -> None:
    """Add an account and print the link by which its owner sets a password."""
    register, chosen = _register()
    account = register.add(Account("", email, name or email.split("@")[0], role, brand))
    if chosen.oidc_issuer:
        typer.echo(f"{account.email} ({role}) signs in with {chosen.oidc_issuer}")
        return
    token = register.link(account, "invitation")
    typer.echo(f"{account.email} ({role}) is invited. This link works once, for three days:")
    typer.echo(f"{chosen.partners_url}/welcome/{token}")


@user.command("list")
def list_all() -> None:
    """List every account: address, role, brand, whether it may sign in."""
    for one in _register()[0].accounts.people.all():
        notes = [one.brand, "disabled" if one.disabled else "", "sample" if one.sample else ""]
        said = ", ".join(filter(None, notes))
        typer.echo(f"{one.email}\t{one.role}" + (f"\t{said}" if said else ""))


@user.command()
def disable(email: Email) -> None:
    """Let an account in no more, from the next request on."""
    account = _register()[0].disable(email)
    typer.echo(f"{account.email} is disabled; all its sessions have ended")


@user.command()
def enable(email: Email) -> None:
    """Let a disabled account in again."""
    typer.echo(f"{_register()[0].enable(email).email} may sign in again")


@user.command("role")
def change_role(
    email: Email, to: Annotated[Role, typer.Argument(metavar="ROLE")], brand: Brand = ""
) -> None:
    """Give an account another role, from the next request on."""
    account = _register()[0].role(email, to, brand)
    typer.echo(f"{account.email} is {account.role} now and has to sign in again")


@user.command()
def reset(
    email: Email,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="also forget the authenticator")
    ] = False,
) -> None:
    """Void a password and print the link by which its owner sets a new one."""
    register, chosen = _register()
    token = register.reset(email, second_factor=second_factor)
    if chosen.oidc_issuer:
        typer.echo("All sessions have ended; the provider is asked anew who this person is")
        return
    typer.echo("The old password is void, all sessions have ended. This link works once:")
    typer.echo(f"{chosen.partners_url}/welcome/{token}")


@user.command("samples")
def sample() -> None:
    """Make sample accounts with new passwords and print them; for this machine only."""
    chosen = settings_of.read(os.environ)
    samples.refuse(chosen.environment, os.environ.get("HOST", "127.0.0.1"))
    register, chosen = _register()
    typer.echo(f"Sample accounts of {chosen.partners_url}, with new passwords at each start:")
    for one in samples.renew(register):
        typer.echo(f"  {one.email:<24} {one.password}")
        if one.codes:
            typer.echo(f"  {'':<24} second step: {', '.join(one.codes)} (each once)")
            typer.echo(f"  {'':<24} or an authenticator with the key {one.key}")


@consent.command("add")
def add_consent(brand: Which, factory: Factory, cycle: Cycle, since: Day = None) -> None:
    """Let a brand see a factory's assessment cycle, from a day on."""
    given = open_consent(brand, factory, cycle, since)
    _register()[0].consent(given)
    typer.echo(f"{given.brand} may see {given.factory}, {given.cycle}, from {given.since}")


@consent.command("remove")
def remove_consent(brand: Which, factory: Factory, cycle: Cycle) -> None:
    """Take a consent back, from the next request on."""
    ended = open_consent(brand, factory, cycle)
    _register()[0].withdraw(ended)
    typer.echo(f"{ended.brand} may no longer see {ended.factory}, {ended.cycle}")


@consent.command("load")
def load_consents() -> None:
    """Take over what the programme's brand links of the current release say of consent."""
    register, chosen = _register()
    board = Published.at(chosen.database_url).board()
    edition = next(one.checksum for one in board.releases if one.id == board.current)
    taken = take(register, Dossiers.at(chosen.records_url), edition)
    typer.echo(f"Consents from the brand links: {taken.added} added, {taken.ended} taken back")


@consent.command("list")
def list_consents(brand: Annotated[str, typer.Argument(metavar="BRAND")] = "") -> None:
    """List consents, all or those of a brand: factory, cycle, first and last day."""
    for one in _register()[0].accounts.consents.all(brand):
        typer.echo(f"{one.brand}\t{one.factory}\t{one.cycle}\t{one.since}\t{one.until or ''}")


def check_approver(url: str, email: str) -> None:
    """Raise BadAccount for somebody who may not approve, where anybody has a real account.

    Before there are accounts, whoever is named counts.
    """
    if not schema.exists(url):
        return
    accounts = Accounts.at(url)
    if not schema.current(accounts.engine):
        return
    real = [one for one in accounts.people.all() if not one.sample]
    found = accounts.people.by_email(email)
    if not real:
        return
    if found is None or found.sample or found.disabled or found.role not in ("staff", "admin"):
        raise BadAccount(f"{email} has no account of staff or administrators that is in use")


def _register() -> tuple[Register, settings_of.Settings]:
    """Open the store, bring its tables up to date, return who changes it; raise Unavailable."""
    chosen = settings_of.read(os.environ)
    accounts = Accounts.at(chosen.accounts_url, upgrade=True)
    return Register(accounts, f"{_login()} at the machine"), chosen


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"
