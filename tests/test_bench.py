"""The benchmarks measure what they say, and never end quietly on a server that fails."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bench import asking, drawing, lines, serving
from bench.asking import Asked, Unanswered
from bench.lines import Group, Line
from bench.plain import CALLBACK, FIGURE, create_app

WORDS = ("/facts", "/data")
"""Pages that list everything and draw nothing: the limit is for those with a picture."""
CALLBACK_PATH = "/_dash-update-component"


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The parts of a small figure."""
    path = tmp_path_factory.mktemp("plain") / "figure.json"
    path.write_text('{"data": [{"type": "bar", "x": ["a"], "y": [3]}], "layout": {}}')
    return path


@pytest.fixture(scope="module")
def gunicorn(figure: Path) -> Iterator[tuple[int, int]]:
    """Port and process of the plain server, as the benchmark serves it."""
    with serving.served("bench.plain:application", "/nothing", {FIGURE: str(figure)}) as found:
        yield found


def test_a_line_stands_beside_another_as_a_multiple() -> None:
    first, other = lines.beside(Line("file", 200, "a sec"), [Line("page", 50, "a sec")])
    assert (first.ratio, other.ratio, other.beside) == ("", "0.25 x", "file")
    title, *rows = lines.written(Group("Speed", (first, other)))
    assert title == "Speed"
    assert [row.split() for row in rows] == [
        ["file", "200", "a", "sec"],
        ["page", "50.0", "a", "sec", "0.25", "x", "of", "file"],
        [],
    ]


def test_answers_of_every_length_are_read_to_their_end(gunicorn: tuple[int, int]) -> None:
    body = json.dumps(CALLBACK).encode()
    for asked in (Asked(gunicorn[0], "/nothing"), Asked(gunicorn[0], CALLBACK_PATH, body)):
        assert asking.rate(asked, 20) > 0


def test_every_answer_to_a_crowd_is_waited_for(gunicorn: tuple[int, int]) -> None:
    taken = asking.waits(Asked(gunicorn[0], "/nothing"), 24, connections=8)
    assert len(taken) == 24
    assert min(taken) > 0


def test_the_stock_callback_answers_threads_at_once(figure: Path) -> None:
    server = create_app(figure)

    def ask(_number: int) -> int:
        return server.test_client().post(CALLBACK_PATH, json=CALLBACK).status_code

    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as readers:
            statuses = set(readers.map(ask, range(400)))
    finally:
        sys.setswitchinterval(usual)
    assert statuses == {200}


def test_a_server_that_answers_an_error_is_no_benchmark(gunicorn: tuple[int, int]) -> None:
    with pytest.raises(Unanswered, match=r"/nothing: http/1\.1 405"):
        asking.rate(Asked(gunicorn[0], "/nothing", b"{}"), 4)


def test_the_stock_callback_sends_the_figure_that_the_site_draws(figure: Path) -> None:
    answer = create_app(figure).test_client().post(CALLBACK_PATH, json=CALLBACK)
    assert answer.json is not None
    assert answer.json["response"]["graph"]["figure"]["data"][0]["y"] == [3]


def test_memory_is_that_of_the_workers_of_a_server(gunicorn: tuple[int, int]) -> None:
    if shutil.which("ps") is None:
        pytest.skip("this system has no ps")
    sizes = serving.worker_mb(gunicorn[1])
    assert len(sizes) >= 1
    assert all(10 < size < 1000 for size in sizes)


def test_a_server_that_does_not_come_up_is_said() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(serving.NotStarted, match="nothing answers"):
        serving.wait_for(serving.free_port(), "/", process)


@pytest.mark.parametrize("language", ["en", "ur", "ar", "bn"])
@pytest.mark.parametrize("path", [path for path in drawing.PAGES if path not in WORDS])
def test_the_first_html_of_a_page_of_charts_fits_thirty_kilobytes(
    client: FlaskClient, path: str, language: str
) -> None:
    sizes = drawing.weigh(client, path if language == "en" else f"{path}?lang={language}")
    assert 1_000 < sizes["br"] <= 30_000
    assert sizes["br"] <= sizes["gzip"] < sizes["identity"]
