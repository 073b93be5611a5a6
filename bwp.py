"""bwp, the command of the product: the only module that knows both loaders and dashboard."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from dashboard import settings as settings_of

ROOT = Path(__file__).parent
app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


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
) -> None:
    """Keep the release current: take the release step again and again, until stopped."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    typer.echo(f"Looking for new inputs every {minutes:g} minutes")
    while not stop.wait(minutes * 60):
        subprocess.run([sys.executable, __file__, "release"], check=False)  # noqa: S603  (this program)


@app.command()
def settings() -> None:
    """List every setting, its value and what it means."""
    try:
        listed = settings_of.listing(settings_of.read(os.environ))
    except settings_of.BadSetting as error:
        raise SystemExit(str(error)) from error
    for variable, value, meaning in listed:
        typer.echo(f"{variable}={value}  # {meaning}")


if __name__ == "__main__":
    app()
