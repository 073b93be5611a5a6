"""Answers are made once, kept as plain JSON, and made anew where Redis fails or holds junk."""

import base64
import json
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
import redis
from flask import Flask

from dashboard.app import create_app, edition_of
from dashboard.model import Release
from dashboard.service import Statistics
from dashboard.settings import Settings
from dashboard.web.delivery import Answer, answer
from dashboard.web.memory import Memory, key_of, open_memory, vintage_of
from scripts.system_parts import part

TEXT = "Exports rose 3% in July – برآمدات. " * 40


class Kitchen:
    """Makes answers and counts how often it had to."""

    def __init__(self, status: int = 200, takes: float = 0) -> None:
        self.made = 0
        self.status = status
        self.takes = takes

    def __call__(self) -> Answer:
        self.made += 1
        time.sleep(self.takes)
        return answer(
            TEXT, "text/plain", status=self.status, headers=(("X-Robots-Tag", "noindex"),)
        )


def memory_at(url: str = "") -> Memory:
    """Return the memory of one process of a site."""
    return open_memory(Flask(__name__), url)


def test_an_answer_is_made_once_and_comes_back_whole() -> None:
    memory, kitchen = memory_at(), Kitchen()
    first = memory.remember("a", kitchen)
    again = memory.remember("a", kitchen)
    assert kitchen.made == 1
    assert again == first
    assert again.squeezed == first.squeezed
    assert set(again.squeezed) == {"br", "gzip"}
    memory.remember("b", kitchen)
    assert kitchen.made == 2


def test_a_rush_makes_each_answer_once() -> None:
    memory = memory_at()
    kitchens = {f"key {n}": Kitchen(takes=0.05) for n in range(4)}
    together = threading.Barrier(8)

    def read(key: str) -> list[bytes]:
        together.wait(10)
        return [memory.remember(name, kitchens[name]).body for name in (key, *kitchens)]

    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(read, list(kitchens) * 2))
    assert {name: kitchen.made for name, kitchen in kitchens.items()} == dict.fromkeys(kitchens, 1)
    assert {body for bodies in found for body in bodies} == {TEXT.encode()}


@pytest.mark.parametrize("status", [302, 400, 404, 503])
def test_only_successes_are_kept(status: int) -> None:
    memory, kitchen = memory_at(), Kitchen(status)
    assert memory.remember("a", kitchen).status == status
    assert memory.remember("a", kitchen).status == status
    assert kitchen.made == 2


def test_a_failure_is_nobodys_answer_and_the_next_reader_tries_again() -> None:
    memory, kitchen = memory_at(), Kitchen()

    def fails() -> Answer:
        raise LookupError("no release")

    with pytest.raises(LookupError):
        memory.remember("a", fails)
    assert memory.remember("a", kitchen).body == TEXT.encode()
    assert kitchen.made == 1


def test_a_key_tells_every_part_apart() -> None:
    keys = [
        key_of("e", "r", "ab"),
        key_of("e", "r", "a", "b"),
        key_of("e", "ra", "b"),
        key_of("x", "r", "ab"),
        key_of("e", "r", ""),
        key_of("e", "r"),
    ]
    assert len(set(keys)) == len(keys)


def test_what_answers_show_is_part_of_their_keys(statistics: Statistics, built: Path) -> None:
    release = statistics.release()
    anew: Release = replace(release, checksum="of other content")
    assert vintage_of(anew) != vintage_of(release)
    plain = Settings()
    others = [
        plain.model_copy(update={"illustrative": "off"}),
        plain.model_copy(update={"public_url": "https://figures.example"}),
        plain.model_copy(update={"contact": "errors@figures.example"}),
    ]
    assert len({edition_of(settings, built) for settings in (plain, *others)}) == 4
    assert edition_of(plain, built) == edition_of(Settings(cache_url="redis://other"), built)


class Server:
    """A real Redis on a free port."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        program = str(part("redis").find())
        arguments = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder)]
        self.process = subprocess.Popen(  # noqa: S603  (found by us)
            [program, *arguments, "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.client = redis.Redis.from_url(self.url, socket_timeout=5)
        self._wait()

    def _wait(self) -> None:
        for _ in range(100):
            try:
                self.client.ping()
                return
            except redis.ConnectionError:
                time.sleep(0.05)
        raise TimeoutError("Redis does not start")

    def freeze(self) -> None:
        """Stop it without closing anything: connections stay open and nobody answers."""
        os.kill(self.process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Wake it."""
        os.kill(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        """End it at once."""
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A Redis of this test alone."""
    found = Server(tmp_path)
    yield found
    found.client.close()
    found.stop()


@pytest.mark.redis
def test_processes_share_answers_as_plain_json(server: Server) -> None:
    kitchen = Kitchen()
    first = memory_at(server.url).remember("a", kitchen)
    assert memory_at(server.url).remember("a", kitchen) == first
    assert kitchen.made == 1
    (name,) = server.client.keys()
    raw = cast(bytes, server.client.get(name))
    assert name == b"bwp:a"
    content = json.loads(raw)
    assert base64.b64decode(content["body"]).decode() == TEXT
    assert base64.b64decode(content["squeezed"]["br"]) == first.squeezed["br"]
    assert 0 < server.client.ttl(name) <= 3600


JUNK = (
    b"",
    b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x07os.exit\x94.",
    b"cos\nsystem\n(S'true'\ntR.",
    b"!cos\nsystem\n(S'true'\ntR.",
    b"not json",
    b"null",
    b"17",
    b'"text"',
    b"[]",
    b"{}",
    b'{"body": 1, "squeezed": {}}',
    b'{"body": "", "mimetype": "text/html", "squeezed": {"br": "%%%"}, "headers": [[1]]}',
    b"\xff\xfe",
)


@pytest.mark.redis
@pytest.mark.parametrize("junk", JUNK)
def test_junk_is_no_answer_and_is_never_run(server: Server, junk: bytes) -> None:
    memory, kitchen = memory_at(server.url), Kitchen()
    server.client.set("bwp:a", junk)
    assert memory.remember("a", kitchen).body == TEXT.encode()
    assert kitchen.made == 1
    assert memory.remember("a", kitchen).body == TEXT.encode()
    assert kitchen.made == 1, "the junk was not replaced"


@pytest.mark.redis
def test_a_key_of_another_kind_is_no_answer(server: Server) -> None:
    memory, kitchen = memory_at(server.url), Kitchen()
    server.client.lpush("bwp:a", "one", "two")
    assert memory.remember("a", kitchen).body == TEXT.encode()


def trouble(server: Server, how: str) -> None:
    """Make a Redis of no use."""
    if how == "stopped":
        server.stop()
    elif how == "frozen":
        server.freeze()
    else:
        server.client.config_set("maxmemory", "1")


@pytest.mark.redis
@pytest.mark.parametrize("how", ["stopped", "frozen"])
def test_a_redis_in_trouble_costs_a_moment_once_and_is_left_alone_for_a_while(
    server: Server, how: str
) -> None:
    now = [100.0]
    memory, kitchen = replace_clock(memory_at(server.url), lambda: now[0]), Kitchen()
    memory.remember("a", kitchen)
    trouble(server, how)
    began = time.monotonic()
    assert memory.remember("a", kitchen).body == TEXT.encode()
    assert time.monotonic() - began < 1
    began = time.monotonic()
    for _ in range(50):
        memory.remember("a", kitchen)
    assert time.monotonic() - began < 0.2, "it was asked again within the pause"
    assert kitchen.made == 52
    if how == "frozen":
        server.go_on()
        memory.remember("a", kitchen)
        assert kitchen.made == 53, "it was asked again within the pause"
        now[0] += memory.pause
        memory.remember("a", kitchen)
        assert kitchen.made == 53, "it was not asked again after the pause"


def replace_clock(memory: Memory, clock: Callable[[], float]) -> Memory:
    """Return a memory with another clock."""
    return replace(memory, clock=clock)


@pytest.mark.redis
def test_a_full_redis_costs_no_error(server: Server) -> None:
    memory, kitchen = memory_at(server.url), Kitchen()
    trouble(server, "full")
    assert memory.remember("a", kitchen).body == TEXT.encode()
    assert memory.remember("a", kitchen).body == TEXT.encode()


@pytest.mark.redis
def test_a_site_starts_and_answers_with_a_redis_that_is_not_there(
    database: str, built: Path, server: Server
) -> None:
    server.stop()
    site = create_app(Settings(database_url=database, cache_url=server.url), built=built)
    reader = site.test_client()
    began = time.monotonic()
    assert reader.get("/charts/exports_goods.csv").status_code == 200
    assert reader.get("/readyz").status_code == 200
    assert time.monotonic() - began < 3


@pytest.mark.redis
def test_two_sites_on_one_redis_never_give_each_others_answers(
    database: str, built: Path, server: Server
) -> None:
    def reader(illustrative: str) -> Callable[[str], int]:
        settings = Settings.model_validate(
            {"database_url": database, "cache_url": server.url, "illustrative": illustrative}
        )
        client = create_app(settings, built=built).test_client()
        return lambda address: client.get(address).status_code

    shown, hidden = reader("on"), reader("off")
    for address in ("/charts/women_workers.csv", "/charts/women_workers"):
        assert (shown(address), hidden(address), shown(address)) == (200, 404, 200)
