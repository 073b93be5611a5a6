"""Serves the site and what it is set beside, each by gunicorn as the repository configures it."""

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

from bench.asking import Asked, rate, waits
from bench.lines import Group, Line, beside
from bench.plain import CALLBACK, FIGURE
from dashboard.web import static

ROOT = Path(__file__).parents[1]
STARTS_WITHIN = 60
ROUNDS = 3
TIMES = 400
CROWD = 8
FIGURE_JSON = "/charts/exports_goods.figure.json"


class NotStarted(RuntimeError):
    """A server of the benchmark did not come up."""


@contextmanager
def served(application: str, ready: str, settings: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Serve an application on a free port; give (port, process), stop it at the end."""
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
    started = subprocess.Popen(  # noqa: S603  (our own server)
        [*gunicorn, "--bind", f"127.0.0.1:{port}", "--log-level", "warning", application],
        cwd=ROOT,
        env={**os.environ, **settings},
    )
    try:
        wait_for(port, ready, started)
        yield port, started.pid
    finally:
        started.terminate()
        started.wait(STARTS_WITHIN)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers 200; raise NotStarted."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if _answers(port, path):
            return
        time.sleep(0.2)
    raise NotStarted(f"nothing answers at 127.0.0.1:{port}{path}")


def _answers(port: int, path: str) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def measure(database: str, figure: Path) -> tuple[Group, Group, Group]:
    """Set the site beside a static file, a route that does nothing and a stock Dash callback."""
    own = {"DATABASE_URL": database, "CACHE_URL": "", "BWP_SITE": "public"}
    own |= {"BWP_ENVIRONMENT": "development", "BWP_ILLUSTRATIVE": "on"}
    site = served("dashboard.wsgi:application", "/readyz", own)
    plain = served("bench.plain:application", "/nothing", {FIGURE: str(figure)})
    with site as (port, process), plain as (other, stranger):
        return rates(port, other), waiting(port), memory(process, stranger)


def rates(site: int, plain: int) -> Group:
    """Ask each address in turn, a few rounds, so that a slow moment hits all of them."""
    files = static.read(ROOT / "build" / "static")
    asked = {
        "static file (style.css)": Asked(site, files.url("style.css")),
        "route that does nothing": Asked(plain, "/nothing"),
        "stock Dash callback, graph_objects": Asked(
            plain, "/_dash-update-component", json.dumps(CALLBACK).encode()
        ),
        "figure.json of exports by month": Asked(site, FIGURE_JSON),
        "figure.json of a heat table": Asked(site, "/charts/noncompliance_cluster.figure.json"),
        "CSV of exports by month": Asked(site, "/charts/exports_goods.csv"),
        "page /exports": Asked(site, "/exports"),
        "page /": Asked(site, "/"),
    }
    for one in asked.values():
        rate(one, 40)
    found: dict[str, list[float]] = {what: [] for what in asked}
    for _ in range(ROUNDS):
        for what, one in asked.items():
            found[what].append(rate(one, TIMES))
    first, *others = (Line(what, median(rates), "a sec") for what, rates in found.items())
    return Group("Answers known already, four connections", beside(first, others))


def waiting(site: int) -> Group:
    """Say how long a reader waits in a crowd: usually, and the one of a hundred who waits most."""
    parts = quantiles(waits(Asked(site, FIGURE_JSON), TIMES * ROUNDS, CROWD), n=100)
    usual, longest = (Line(what, parts[at] * 1000, "ms") for what, at in (("p50", 49), ("p99", 98)))
    return Group("Waiting for figure.json, eight connections", beside(usual, [longest]))


def memory(site: int, plain: int) -> Group:
    """Return the resident memory of one worker of each; pages shared with the parent count too."""
    first = Line("worker of the stock Dash site", max(worker_mb(plain), default=0), "MB")
    ours = Line("worker of the site", max(worker_mb(site), default=0), "MB")
    return Group("Memory (0: this system has no ps)", beside(first, [ours]))


def worker_mb(process: int) -> Sequence[float]:
    """Return the resident memory of each child of a process in MB, as `ps` knows it."""
    ps = shutil.which("ps")
    if ps is None:
        return ()
    asked = [ps, "-A", "-o", "ppid=,rss="]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)  # noqa: S603  (ps)
    rows = (line.split() for line in told.stdout.splitlines())
    return [int(kilobytes) / 1000 for parent, kilobytes in rows if int(parent) == process]
