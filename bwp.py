"""bwp, the command of the product: the only module that knows both loaders and dashboard."""

import getpass
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from dashboard import catalogue, i18n, store
from dashboard import settings as settings_of
from dashboard.accounts import commands as accounts_of
from dashboard.briefing import Pack, read_list
from dashboard.model import PUBLIC, BadView, NoRelease, NotPublished
from dashboard.outlets import briefing as packs
from dashboard.outlets.asking import Asking
from dashboard.outlets.purging import Purging
from dashboard.people import BadAccount, Unavailable
from dashboard.prints import LETTERS, PressMissing, fonts
from dashboard.service import Statistics
from dashboard.store import Held
from dashboard.web import static
from data_loaders import approvals, differences, drafts, fetching, releases
from data_loaders.publish import ReleaseRefused
from data_loaders.reading import Report, accounts
from data_loaders.reading.marked import mark
from data_loaders.reading.templates import template as write_template
from data_loaders.reading.written import written
from data_loaders.sources import read_files

ROOT = Path(__file__).parent
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
app.add_typer(accounts_of.user, name="user")
app.add_typer(accounts_of.consent, name="consent")


Paths = Annotated[list[Path], typer.Argument(metavar="PATH…", help="files, or folders of files")]


AsOf = Annotated[
    date | None,
    typer.Option(
        metavar="DATE",
        parser=date.fromisoformat,
        help="the day (YYYY-MM-DD) of snapshots whose name says none",
    ),
]


class Site(StrEnum):
    """The two sites of the product."""

    public = "public"
    partners = "partners"


PORTS = {Site.public: ("PORT", "8050"), Site.partners: ("PARTNERS_PORT", "8051")}
"""Variable and default of each site's port: a Procfile runner may set PORT for every process."""


@app.command()
def serve(site: Site = Site.public) -> None:
    """Serve one site with gunicorn and the repository's configuration."""
    os.environ["BWP_SITE"] = site
    os.chdir(ROOT)
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    os.execv(  # noqa: S606  (this process becomes gunicorn)
        sys.executable,
        [*gunicorn, "--bind", address(site, os.environ), "dashboard.wsgi:application"],
    )


def address(site: Site, environment: Mapping[str, str]) -> str:
    """Return host:port where a site listens."""
    variable, default = PORTS[site]
    return f"{environment.get('HOST', '127.0.0.1')}:{environment.get(variable, default)}"


@app.command()
def worker(
    minutes: Annotated[float, typer.Option(help="between two looks at the inputs", min=0.1)] = 60,
    fetch: Annotated[bool, typer.Option(help="also fetch what config/sources plans")] = True,
) -> None:
    """Fetch what the calendar plans and keep the release current, again and again until stopped.

    What was fetched waits in the inbox for a person; only what was loaded is published.
    """
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    typer.echo(f"Looking for new inputs every {minutes:g} minutes")
    while not stop.wait(minutes * 60):
        for words in ([["fetch", "--due"]] if fetch else []) + [["release"]]:
            subprocess.run([sys.executable, __file__, *words], check=False)  # noqa: S603  (this program)


@app.command()
def settings() -> None:
    """List every setting, its value and what it means."""
    for variable, value, meaning in settings_of.listing(settings_of.read(os.environ)):
        typer.echo(f"{variable}={value}  # {meaning}")


@app.command()
def assets() -> None:
    """Make the files that browsers and pictures need, from what npm brought and our own."""
    vendor, out = ROOT / "build" / "vendor", ROOT / "build" / "static"
    made = static.build(vendor, ROOT / "assets", out)
    letters = fonts.build(vendor / "fonts", out / LETTERS)
    typer.echo(f"{len(made.names)} files for the browser in {out.relative_to(ROOT)}")
    typer.echo(f"{len(letters)} fonts for pictures in {(out / LETTERS).relative_to(ROOT)}")


@app.command()
def template(
    kind: Annotated[str, typer.Argument(help="for example enrolment; without it, all are listed")],
    out: Annotated[Path | None, typer.Option(help="where to; KIND.xlsx if not said")] = None,
) -> None:
    """Write an empty workbook of one of the programme's own kinds."""
    kinds = sorted(written().forms)
    if kind not in kinds:
        raise SystemExit(f"There is no kind {kind!r}. There are: {', '.join(kinds)}")
    path = out or Path(f"{kind}.xlsx")
    if path.exists():
        raise SystemExit(f"{path} is there already: name another file with --out")
    typer.echo(f"Written: {write_template(path, kind, written())}")


@app.command()
def fetch(
    source: Annotated[str, typer.Argument(help="for example wdi; all of them with --due")] = "",
    inbox: Annotated[Path | None, typer.Option(help="where to; INBOX if not said")] = None,
    due: Annotated[bool, typer.Option("--due", help="only what the calendar plans")] = False,
) -> None:
    """Bring the newest official statistics from their publishers into the inbox.

    Nothing is published. 0 all there, 1 something was refused, 2 something did not come.
    """
    if not source and not due:
        raise SystemExit(f"Name one of {', '.join(fetching.discover())}, or say --due")
    with _fetcher(inbox) as fetcher:
        planned = fetching.jobs(fetcher.declared)
        if source and source not in fetching.discover():
            known = ", ".join(fetching.discover())
            raise SystemExit(f"There is no source {source!r} to fetch. There are: {known}")
        code = 0
        for job in planned:
            if source in ("", job.publisher) and (not due or fetcher.is_due(job)):
                outcome = _fetched(fetcher, job)
                code = max(code, outcome.end)
                typer.echo("\n".join(outcome.lines))
    raise typer.Exit(code)


@app.command()
def check(
    paths: Paths,
    as_json: Annotated[bool, typer.Option("--json", help="one document for programs")] = False,
    marked: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="where a marked copy of each refused file goes"),
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Read files and say every problem; write nothing. 0 all right, 1 refused, 2 unreadable."""
    files = drafts.files_in(paths)
    reports = read_files(files, _catalogue().sources, as_of).reports
    told = list(zip(files, reports, strict=True))
    copies = mark(told, marked) if marked else {}
    if as_json:
        typer.echo(accounts.document(told, copies))
        raise typer.Exit(accounts.exit_code(reports))
    code = _told(reports)
    for path, copy in copies.items():
        typer.echo(f"{path}: the marked copy is {copy}")
    raise typer.Exit(code)


@app.command()
def load(
    paths: Paths,
    account: Annotated[str, typer.Option("--as", help="who loads; your login if not said")] = "",
    as_of: AsOf = None,
) -> None:
    """Check files, then add them to the draft of the next release."""
    who = approvals.account_of(account or login())
    drafted = drafts.draft(_desk(), drafts.files_in(paths), who, as_of)
    _told(drafted.result.reports)
    made_up = [file for file in drafted.left if file.illustrative]
    if made_up:
        typer.echo(f"The made-up programme is out of the draft: {len(made_up)} files")
    for file in drafted.left:
        if file not in made_up:
            typer.echo(f"{file.name}: replaced")
    typer.echo(
        f"The draft holds {len(drafted.result.files)} files. `bwp diff` says what it would change; "
        f"somebody other than {who} approves it, then `bwp publish` makes it public"
    )


def login() -> str:
    """Return the name of whoever runs the program, as the machine knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user {os.getuid()}"


@app.command()
def approve(
    what: Annotated[str, typer.Argument(metavar="RELEASE|draft")],
    account: Annotated[str, typer.Option("--as", help="who approves: not who loaded")],
) -> None:
    """Approve the draft as a second person, exactly as it is now."""
    accounts_of.check_approver(settings_of.read(os.environ).accounts_url, account)
    checksum = releases.approve(_desk(), what, account)
    typer.echo(f"The draft {checksum[:12]} is approved by {account}; `bwp publish` makes it public")


@app.command()
def diff(
    json: Annotated[bool, typer.Option("--json", help="for a program")] = False,
    whole: Annotated[bool, typer.Option("--all", help="every value, however many")] = False,
) -> None:
    """Say what the draft would change, value by value; write nothing."""
    found = differences.differences(_desk())
    typer.echo(found.json() if json else "\n".join(found.lines(whole=whole)))


@app.command()
def publish(
    note: Annotated[str, typer.Option(help="what readers should know of it")],
    correction: Annotated[bool, typer.Option(help="mend the current release: YYYY.N.C")] = False,
) -> None:
    """Make a release of the draft and show it to readers: all of it or nothing."""
    with progress() as watch:
        made = releases.publish_draft(_desk(watch), note, correction=correction)
    typer.echo(f"Release {made.name} is current" + ("" if made.new else ": same content as before"))


@app.command()
def release() -> None:
    """Publish what ships with the product and what was loaded, if it says anything new."""
    with progress() as watch:
        desk = _desk(watch)
        made = releases.release(desk)
    for file in approvals.waiting(desk):
        typer.echo(f"Waits for `bwp approve`: {file.name}, loaded by {file.loaded_by}")
    typer.echo(f"Release {made.name}" + (" is published" if made.new else ": nothing new"))


@app.command()
def rollback(name: Annotated[str, typer.Argument(metavar="RELEASE")]) -> None:
    """Make an older release current again."""
    published = _desk().published
    published.switch(name)
    typer.echo(f"Release {name} is current")
    for stored in published.releases():
        if stored.id == name:
            typer.echo(f"Readers see figures to {stored.cut_off}: {stored.note}")


@app.command()
def withdraw(
    what: Annotated[str, typer.Argument(metavar="RELEASE|VIEW", help="2026.2, or an address")],
    why: Annotated[str, typer.Option(help="the reason, for readers")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="show it again")] = False,
) -> None:
    """Take a release or a view out of sight; print the addresses that caches have to forget."""
    if bool(why.strip()) == lift:
        raise SystemExit('Say --why "…", the reason that readers see, or --lift to show it again')
    chosen, published = settings_of.read(os.environ), _desk().published
    statistics = Statistics(_catalogue(), i18n.locales(ROOT / "config"), Held(published))
    purging = Purging.of(statistics, chosen.public_url)
    withdrawal = purging.withdrawal(what, why.strip())
    if lift:
        published.show_again(withdrawal.what)
        typer.echo(f"{withdrawal.what} is shown again")
        return
    addresses = purging.addresses(withdrawal)
    current = published.withdraw(withdrawal, addresses)
    typer.echo(f"{withdrawal.what} is out of sight; release {current} is current", err=True)
    typer.echo("Caches have to forget:", err=True)
    typer.echo("\n".join(addresses))


@app.command()
def briefing(  # noqa: PLR0913, PLR0917  (an argument an option)
    views: Annotated[Path, typer.Option(metavar="FILE", help="one view a line; # is a comment")],
    to: Annotated[str, typer.Option(help="pptx, pdf or xlsx")] = "pptx",
    lang: Annotated[str, typer.Option(help="for example ur; English if not said")] = "",
    title: Annotated[str, typer.Option(help="at most 120 letters")] = "",
    release: Annotated[str, typer.Option(help="the newest if not said")] = "",
    out: Annotated[Path | None, typer.Option(help="a file, or a folder that is there")] = None,
) -> None:
    """Write the charts of a list as one file for a meeting: slides, pages or sheets."""
    asking = _asking()
    listed = read_list(
        str(views), _read(views), lambda view: asking.statistics.slice(view, PUBLIC), release
    )
    done = packs.made(asking, Pack.of(listed, title, lang, release), to, PUBLIC)
    path = out or Path(done.name)
    path = path / done.name if path.is_dir() else path
    typer.echo(f"Written: {packs.saved(done, path)}")


def _read(path: Path) -> str:
    """Return the text of a file that a person has written."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SystemExit(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SystemExit(f"{path} is not a text in UTF-8: save it as such") from error


def _asking() -> Asking:
    """Return what makes files of views, as the site does, without a site."""
    chosen = settings_of.read(os.environ)
    held = Held(store.Published.at(chosen.database_url), illustrative=chosen.shows_illustrative)
    statistics = Statistics(_catalogue(), i18n.locales(ROOT / "config"), held)
    return packs.offline(statistics, ROOT / "build" / "static" / LETTERS, chosen.public_url)


@app.command()
def status() -> None:
    """Say which release is current, what it was made from, and what is illustrative."""
    for line in releases.status(_desk()).lines():
        typer.echo(line)


@app.command()
def bench() -> None:
    """Measure the product beside simpler things, as docs/benchmarks.md says; takes a minute."""
    os.chdir(ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "bench"])  # noqa: S606  (our own module)


def _catalogue() -> catalogue.Catalogue:
    return catalogue.load(ROOT / "config")


@contextmanager
def progress() -> Iterator[drafts.Watch]:
    """Show how far a publication is, to a person at a terminal; a log gets nothing of it."""
    if not sys.stderr.isatty():
        yield drafts.unwatched
        return
    with typer.progressbar(length=100, file=sys.stderr, show_eta=False) as bar:

        def watch(step: str, done: float) -> None:
            bar.label = step
            bar.update(round(100 * done) - bar.pos)

        yield watch


def _desk(watch: drafts.Watch = drafts.unwatched) -> drafts.Desk:
    chosen = settings_of.read(os.environ)
    return drafts.Desk(
        records=store.Records.at(chosen.records_url),
        published=store.Published.at(chosen.database_url, create=True),
        catalogue=_catalogue(),
        facts=ROOT / "config" / "facts",
        illustrative=chosen.shows_illustrative,
        p_percent=chosen.p_percent,
        watch=watch,
    )


def _fetched(fetcher: fetching.Fetcher, job: fetching.Job) -> fetching.Outcome:
    try:
        return fetcher.fetch(job)
    except OSError as error:
        folder = fetcher.inbox.folder
        raise SystemExit(f"The inbox {folder} cannot be written: {error.strerror}") from error


@contextmanager
def _fetcher(inbox: Path | None) -> Iterator[fetching.Fetcher]:
    chosen = settings_of.read(os.environ)
    agent = f"better-work-pakistan-dashboard ({chosen.contact or chosen.public_url})"
    asker = fetching.Asker(fetching.Manners(), agent)
    with closing(asker):
        yield fetching.Fetcher(
            inbox=fetching.Inbox(inbox or chosen.inbox),
            asker=asker,
            watch=fetching.Shown(),
            declared=_catalogue().sources,
            environment=os.environ,
            today=date.today(),  # noqa: DTZ011  (the day of this machine's calendar)
            mirrors=fetching.mirrors(chosen.mirrors),
        )


def _told(reports: Sequence[Report]) -> int:
    """Print the account and every problem of every file; return the exit code."""
    for report in reports:
        for line in report.lines():
            typer.echo(line)
    if not reports:
        typer.echo("No files found", err=True)
    return accounts.exit_code(reports)


PLAINLY = (
    settings_of.BadSetting,
    catalogue.CatalogueError,
    fetching.BadPlan,
    BadView,
    NoRelease,
    NotPublished,
    ReleaseRefused,
    approvals.NotApproved,
    PressMissing,
    packs.Unwritable,
    BadAccount,
    Unavailable,
)
"""Mistakes whose message is all that a person needs."""


def main() -> None:
    """Run a command; a mistake ends it with one clear message."""
    try:
        app()
    except drafts.Refused as error:
        code = _told([report for report in error.result.reports if report.refused])
        typer.echo(str(error), err=True)
        raise SystemExit(code) from error
    except PLAINLY as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
