"""Programs of the system that some tests need: found, or installed through apt where it may be.

Run as a program it installs what is missing, or says which tests are left out and why. With names
of packages as arguments it installs those.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BESIDE_THE_PATH = (Path("/usr/lib/postgresql"), Path("/opt/homebrew/opt"), Path("/usr/local/opt"))


@dataclass(frozen=True)
class Part:
    """A program of the system, the tests that need it (a marker of pytest) and its package."""

    name: str
    marker: str
    programs: tuple[str, ...]
    package: str

    def find(self) -> Path | None:
        """Return the program, or None where it is not installed."""
        return next(filter(None, map(_program, self.programs)), None)


PARTS = (
    Part(
        "Chromium",
        "browser",
        ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
        "chromium",
    ),
    Part("PostgreSQL", "postgres", ("initdb",), "postgresql"),
    Part("Redis", "redis", ("redis-server", "valkey-server"), "redis-server"),
)
"""What is installed where it is missing."""

LARGE = (Part("LibreOffice", "libreoffice", ("soffice", "libreoffice"), "libreoffice"),)
"""What is used where it is there: half a gigabyte is not brought along for a few tests."""


def part(marker: str) -> Part:
    """Return the part that tests with this marker need."""
    return next(p for p in (*PARTS, *LARGE) if p.marker == marker)


def main(packages: list[str]) -> int:
    """Install `packages`, or without any what the tests lack; say what stays left out."""
    if packages:
        return 0 if all(map(install, packages)) else 1
    for missing in (p for p in PARTS if p.find() is None):
        print(f"Installing {missing.name} for the tests marked '{missing.marker}'", flush=True)
        if not install(missing.package) or missing.find() is None:
            print(
                f"Left out: the tests marked '{missing.marker}', because {missing.name} is not here"
            )
            print(f"  and {reason()}. To run them, install the package {missing.package}.")
    return 0


def install(package: str) -> bool:
    """Install a Debian package without asking; tell whether it worked."""
    apt = _apt()
    if apt is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _run([*apt, "update", "-qq"], environment)
    return _run([*apt, "install", "-y", "-qq", "--no-install-recommends", package], environment)


def reason() -> str:
    """Say why a part could not be installed."""
    if shutil.which("apt-get") is None:
        return "there is no apt-get on this machine"
    if _apt() is None:
        return "apt-get may not be used here (neither root nor sudo without a password)"
    return "apt-get could not install it"


def _apt() -> list[str] | None:
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and _run([sudo, "-n", "true"], dict(os.environ)):
        return [sudo, "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    return None


def _run(command: list[str], environment: dict[str, str]) -> bool:
    done = subprocess.run(  # noqa: S603  (fixed programs, package names from this file)
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def _program(name: str) -> Path | None:
    found = shutil.which(name)
    return Path(found) if found else next(_elsewhere(name), None)


def _elsewhere(name: str) -> Iterator[Path]:
    for folder in BESIDE_THE_PATH:
        yield from sorted(folder.glob(f"*/bin/{name}"), reverse=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
