"""Bring the newest official statistics from their publishers into the inbox; publish nothing.

config/sources plans what is fetched, from where and when; a module of `publishers` knows how a
publisher answers. Every file is read as `bwp check` does before it is left in the inbox.
"""

from data_loaders.fetching.asking import Asker, Manners
from data_loaders.fetching.fetch import End, Fetcher, Outcome
from data_loaders.fetching.inbox import Inbox
from data_loaders.fetching.plans import BadPlan, Job, jobs, mirrors
from data_loaders.fetching.publishers import discover
from data_loaders.fetching.watch import Shown

__all__ = [
    "Asker",
    "BadPlan",
    "End",
    "Fetcher",
    "Inbox",
    "Job",
    "Manners",
    "Outcome",
    "Shown",
    "discover",
    "jobs",
    "mirrors",
]
