"""What is fetched, from where and when: the `fetch` part of the files in config/sources."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dashboard.catalogue import SourceDeclaration
from data_loaders.fetching.publishers import discover

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class BadPlan(ValueError):
    """A `fetch` part, or the address of a mirror, cannot be used; the message names the place."""


def _secure(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc:
        raise ValueError("an address with https://, a host, and no name or password in it")
    return url


class Part(BaseModel):
    """A part of config/sources."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Calendar(Part):
    """The day of the month, and the months, in which the publisher has something new."""

    day: int = Field(ge=1, le=28)
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = tuple(range(1, 13))

    def last(self, today: date) -> date:
        """Return the last planned day up to and with today."""
        days = [
            date(year, month, self.day)
            for year in (today.year - 1, today.year)
            for month in self.months
        ]
        return max(day for day in days if day <= today)


class FilePlan(Part):
    """One file of a publisher: the kind that will read it, the address, what is asked there.

    `last_years` fills a parameter with that many years before this one, parted by commas.
    """

    kind: str
    url: Annotated[str, AfterValidator(_secure)]
    params: Mapping[str, str] = {}
    last_years: Mapping[str, Annotated[int, Field(ge=1, le=50)]] = {}

    def asked(self, today: date) -> dict[str, str]:
        """Return the parameters of the address."""
        years = {
            name: ",".join(str(today.year - n) for n in range(count, 0, -1))
            for name, count in self.last_years.items()
        }
        return dict(self.params) | years


class Plan(Part):
    """The `fetch` part of a source: the module that asks, when, and the files by their names.

    `key` is the environment variable that holds the publisher's key, where one is needed, and
    `key_from` says where a person gets one.
    """

    by: str
    calendar: Calendar
    key: str = ""
    key_from: str = ""
    files: Mapping[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")], FilePlan] = Field(
        min_length=1
    )


@dataclass(frozen=True, slots=True)
class Job:
    """One file to fetch; `name` begins its name in the inbox."""

    publisher: str
    source: str
    name: str
    plan: Plan
    file: FilePlan


def jobs(declared: Mapping[str, SourceDeclaration]) -> tuple[Job, ...]:
    """Return every file that config/sources plans to fetch, in order; raise BadPlan."""
    found = tuple(job for source in declared.values() for job in _of(source))
    names = [job.name for job in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise BadPlan(f"config/sources: fetch.files: {', '.join(sorted(twice))} is there twice")
    return tuple(sorted(found, key=lambda job: (job.publisher, job.name)))


def _of(source: SourceDeclaration) -> Iterator[Job]:
    part = (source.model_extra or {}).get("fetch")
    if part is None:
        return
    try:
        plan = Plan.model_validate(part)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, ("fetch", *first["loc"])))
        wanted = first["msg"].removeprefix("Value error, ")
        raise BadPlan(f"config/sources/{source.id}.yaml: {place}: {wanted}") from error
    if plan.by not in discover():
        known = ", ".join(discover())
        raise BadPlan(f"config/sources/{source.id}.yaml: fetch.by: one of {known}, not {plan.by}")
    for name, file in plan.files.items():
        yield Job(plan.by, source.id, name, plan, file)


def mirrors(setting: str) -> dict[str, str]:
    """Return publisher -> address that is asked in place of the publisher's own host.

    The setting reads `wdi=https://mirror.example.org comtrade=…`. Plain http is taken only for
    this machine itself. Raises BadPlan.
    """
    found = {}
    for words in setting.split():
        publisher, _, url = words.partition("=")
        parts = urlsplit(url)
        here = parts.scheme == "http" and parts.hostname in LOOPBACK and "@" not in parts.netloc
        try:
            found[publisher] = (url if here else _secure(url)).rstrip("/")
        except ValueError as error:
            raise BadPlan(f"BWP_MIRRORS: {publisher}=: {error}") from error
    return found
