"""One polite question to a publisher over HTTP: limits, conditions, redirects, errors in words."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests
from requests import PreparedRequest, Response, Session
from tenacity import RetryCallState
from urllib3.exceptions import HTTPError

from data_loaders.fetching.answers import ComeLater, NotHad, Unreachable
from data_loaders.fetching.plans import LOOPBACK

PIECE = 2**16
REDIRECTS = 3
MOVED = frozenset({301, 302, 303, 307, 308})
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
WORDS = {
    401: "refuses the key (401); keys run out: get a new one and set it",
    403: "refuses the question (403), perhaps for want of a valid key",
    404: "knows no such address (404); mend it in config/sources",
    410: "has withdrawn the address (410); mend it in config/sources",
    413: "says that this is too much at once (413); ask for less in config/sources",
}

Received = Callable[[int, int | None], None]
"""Told with every piece: bytes so far, and how many there will be where the publisher says it."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How long we wait, how much we take and how often we ask; seconds and bytes."""

    connect: float = 10
    silent: float = 60
    total: float = 900
    largest: int = 128 * 2**20
    attempts: int = 5
    unreachable: int = 3
    first_wait: float = 1
    longest_wait: float = 120

    def wait(self, state: RetryCallState) -> float:
        """Return how long to wait: what the publisher says, else twice as long each time.

        Up to half as much again is added by chance, so that not everybody comes back at once.
        """
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ComeLater) and error.wait is not None:
            return error.wait
        doubled: float = self.first_wait * 2 ** (state.attempt_number - 1)
        return min(doubled, self.longest_wait) * random.uniform(1, 1.5)  # noqa: S311  no secret

    def stop(self, state: RetryCallState) -> bool:
        """Whether to give up: asked often enough, or told to come back much later."""
        error = state.outcome.exception() if state.outcome else None
        often = self.unreachable if isinstance(error, Unreachable) else self.attempts
        later = isinstance(error, ComeLater) and (error.wait or 0) > self.longest_wait
        late = (state.seconds_since_start or 0) > self.total
        return later or late or state.attempt_number >= often


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: address, parameters, headers; `etag` and `modified` of the file we have."""

    url: str
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""

    @property
    def host(self) -> str:
        """The host, the only one that is asked."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the body was put, and what the publisher said of it; `unchanged` has no body."""

    unchanged: bool
    day: date | None
    etag: str = ""
    modified: str = ""


class Asker:
    """Asks over one session; one question at a time."""

    def __init__(self, manners: Manners, agent: str) -> None:
        self.manners = manners
        self.session = Session()
        self.session.headers["User-Agent"] = agent
        # No name or password of this machine (.netrc) goes anywhere
        self.session.auth = _as_it_is

    def ask(self, question: Question, into: Path, received: Received) -> Answer:
        """Put the body of the answer into a file; raise NotHad, or ComeLater to be asked again."""
        limit = monotonic() + self.manners.total
        try:
            with self._sent(question) as response:
                self._refuse(response, question)
                if response.status_code == 304:
                    return _said(response, unchanged=True)
                with into.open("wb") as file:
                    for piece in self._pieces(response, limit, received):
                        file.write(piece)
                return _said(response, unchanged=False)
        except (requests.ConnectionError, requests.Timeout) as error:
            raise Unreachable(f"no answer from {question.host} ({_reason(error)})") from error
        except (requests.RequestException, HTTPError) as error:
            raise ComeLater(
                f"the answer of {question.host} broke off ({_reason(error)})"
            ) from error

    def close(self) -> None:
        """Leave the connections."""
        self.session.close()

    def _sent(self, question: Question) -> Response:
        """Ask, and follow redirects on the same host only."""
        conditions = {"If-None-Match": question.etag, "If-Modified-Since": question.modified}
        headers = question.headers | {name: value for name, value in conditions.items() if value}
        url, params = question.url, question.params
        # A proxy of the environment is for the outside world
        self.session.trust_env = question.host not in LOOPBACK
        for _ in range(REDIRECTS + 1):
            response = self.session.get(
                url,
                params=params,
                headers=headers,
                timeout=(self.manners.connect, self.manners.silent),
                stream=True,
                allow_redirects=False,
            )
            if response.status_code not in MOVED:
                return response
            response.close()
            url, params = _next(response, question), {}
        raise NotHad(f"{question.host} sends us round in circles")

    def _refuse(self, response: Response, question: Question) -> None:
        status = response.status_code
        conditional = bool(question.etag or question.modified)
        if status == 200 or (status == 304 and conditional):
            return
        if status in BUSY:
            wait = _asked_wait(response)
            again = f" and asks to come back in {wait:.0f} s" if wait else ""
            raise ComeLater(f"{question.host} is busy ({status}){again}", wait)
        raise NotHad(f"{question.host} {WORDS.get(status, f'answers {status}')}")

    def _pieces(self, response: Response, limit: float, received: Received) -> Iterator[bytes]:
        """Yield the body unpacked; raise NotHad when it is too large or takes too long."""
        declared = response.headers.get("Content-Length", "")
        length = int(declared) if declared.isdigit() else None
        done, largest = 0, self.manners.largest
        # read1 gives what has come: a slow drip cannot hold us beyond the limit
        while piece := response.raw.read1(PIECE, decode_content=True):
            done += len(piece)
            if done > largest:
                raise NotHad(f"larger than {largest / 2**20:g} MB; ask for less in config/sources")
            if monotonic() > limit:
                raise NotHad(f"not there after {self.manners.total:g} s; asked again another day")
            received(response.raw.tell(), length)
            yield piece
        if length is not None and response.raw.tell() != length:
            raise ComeLater(f"cut off: {response.raw.tell()} of {length} bytes came")


def _as_it_is(request: PreparedRequest) -> PreparedRequest:
    return request


def _next(response: Response, question: Question) -> str:
    url = urljoin(response.url, response.headers.get("Location", ""))
    parts, own = urlsplit(url), urlsplit(question.url)
    if (parts.scheme, parts.netloc) != (own.scheme, own.netloc):
        raise NotHad(
            f"{question.host} sends us to another host ({parts.hostname}), which is not followed; "
            "if that is right, name it in config/sources"
        )
    return url


def _said(response: Response, *, unchanged: bool) -> Answer:
    headers = response.headers
    sent = moment(headers.get("Date", ""))
    changed = moment(headers.get("Last-Modified", ""))
    told = [when for when in (changed, sent) if when]
    return Answer(
        unchanged=unchanged,
        day=min(told).date() if told else None,
        etag=headers.get("ETag", ""),
        modified=headers.get("Last-Modified", ""),
    )


def moment(text: str) -> datetime | None:
    """Return the moment of an HTTP header, None where it says none."""
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _asked_wait(response: Response) -> float | None:
    """Return the seconds of Retry-After, which are a number or a moment."""
    text = response.headers.get("Retry-After", "").strip()
    if text.isdigit():
        return float(text)
    until = moment(text)
    if until is None:
        return None
    now = moment(response.headers.get("Date", "")) or datetime.now(UTC)
    return max((until - now).total_seconds(), 0)


def _reason(error: Exception) -> str:
    """Return the innermost reason without addresses, which may be long and are known."""
    while error.__cause__ or error.__context__:
        inner = error.__cause__ or error.__context__
        if not isinstance(inner, Exception):
            break
        error = inner
    return getattr(error, "strerror", "") or str(error) or type(error).__name__
