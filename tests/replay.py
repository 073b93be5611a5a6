"""A publisher on this machine that replays what publishers have answered, good and bad."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import sleep

SENT = "Wed, 21 Feb 2024 08:00:00 GMT"


@dataclass(frozen=True)
class Scene:
    """One answer; `length` is what it claims to be long, `pause` the seconds between its bytes."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    length: int | None = None
    endless: bool = False
    pause: float = 0


@dataclass(frozen=True)
class Asked:
    """One question as it arrived."""

    path: str
    headers: Mapping[str, str]


class Replay(ThreadingHTTPServer):
    """Answers scene by scene, and the last one again and again; remembers what was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.scenes: list[Scene] = [Scene(status=404)]
        self.asked: list[Asked] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def plays(self, *scenes: Scene) -> None:
        self.scenes = list(scenes)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up on an endless answer is what is wanted."""


class Answering(BaseHTTPRequestHandler):
    """Plays the next scene."""

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Replay)
        server.asked.append(Asked(self.path, dict(self.headers)))
        scene = server.scenes.pop(0) if len(server.scenes) > 1 else server.scenes[0]
        self.send_response_only(scene.status)
        length = len(scene.body) if scene.length is None else scene.length
        own = {"Date": SENT} | ({} if scene.endless else {"Content-Length": str(length)})
        for name, value in (own | dict(scene.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.play(scene)

    def play(self, scene: Scene) -> None:
        while scene.endless:
            self.wfile.write(b"x" * 2**16)
        if not scene.pause:
            self.wfile.write(scene.body)
            return
        for byte in scene.body:
            self.wfile.write(bytes([byte]))
            sleep(scene.pause)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def replay() -> Iterator[Replay]:
    """Yield a publisher that listens."""
    server = Replay()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
