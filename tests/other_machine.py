"""Another machine on another day: prints the SHA-256 of what a fresh site answers, as JSON.

Run as a program: the store, the folder of made files, a day, then addresses.
"""

import hashlib
import json
import sys
from pathlib import Path

import time_machine

from dashboard.app import create_app
from dashboard.settings import Settings


def main(store: str, built: str, day: str, *addresses: str) -> None:
    """Print {address: checksum of the body} of a site that stands on a day."""
    with time_machine.travel(day, tick=True):
        client = create_app(Settings(database_url=store), built=Path(built)).test_client()
        found = {}
        for address in addresses:
            answer = client.get(address)
            found[address] = f"{answer.status_code} {hashlib.sha256(answer.data).hexdigest()}"
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
