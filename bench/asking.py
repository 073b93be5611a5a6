"""Asks a server as fast as it answers, over a few connections that stay open."""

import socket
import threading
import time
from dataclasses import dataclass

CONNECTIONS = 4
PATIENCE = 30


class Unanswered(RuntimeError):
    """A server did not answer as it must, so its speed means nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request, ready to be sent."""

    port: int
    path: str
    body: bytes = b""

    @property
    def sent(self) -> bytes:
        """The bytes of the request."""
        method = "POST" if self.body else "GET"
        kind = f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n"
        head = (
            f"{method} {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Accept-Encoding: br\r\n{kind if self.body else ''}\r\n"
        )
        return head.encode() + self.body


def rate(asked: Asked, times: int) -> float:
    """Return answers a second; raise Unanswered for anything but 200."""
    started = time.perf_counter()
    return len(waits(asked, times)) / (time.perf_counter() - started)


def waits(asked: Asked, times: int, connections: int = CONNECTIONS) -> list[float]:
    """Return the seconds that each answer took; raise Unanswered for anything but 200."""
    taken: list[float] = []
    failures: list[Exception] = []

    def ask() -> None:
        try:
            taken.extend(_ask(asked, times // connections))
        except (OSError, Unanswered) as error:
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise Unanswered(f"{asked.path}: {failures[0]}")
    return taken


def _ask(asked: Asked, times: int) -> list[float]:
    sent, taken = asked.sent, []
    with socket.create_connection(("127.0.0.1", asked.port), timeout=PATIENCE) as connection:
        for _ in range(times):
            started = time.perf_counter()
            connection.sendall(sent)
            _answer(connection)
            taken.append(time.perf_counter() - started)
    return taken


def _answer(connection: socket.socket) -> None:
    """Read one answer to its end; a client that does little leaves the processors to the server."""
    got = b""
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(connection)
    head = got[:end].lower()
    if not head.startswith(b"http/1.1 200"):
        raise Unanswered(head.partition(b"\r\n")[0].decode())
    if (at := head.find(b"content-length:")) < 0:
        raise Unanswered("the answer does not say how long it is")
    missing = int(head[at + 15 :].partition(b"\r\n")[0]) - (len(got) - end - 4)
    while missing > 0:
        missing -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    got = connection.recv(65536)
    if not got:
        raise Unanswered("the server closed the connection")
    return got
