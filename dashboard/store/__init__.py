"""The databases: published releases, records, accounts. The only package that speaks SQL."""

from dashboard.store.accounts import Accounts
from dashboard.store.audits import Audits
from dashboard.store.board import Board, Stored
from dashboard.store.dossiers import Dossiers
from dashboard.store.held import Held
from dashboard.store.official import Official
from dashboard.store.published import Published
from dashboard.store.records import Draft, Records, StoredFile

__all__ = [
    "Accounts",
    "Audits",
    "Board",
    "Dossiers",
    "Draft",
    "Held",
    "Official",
    "Published",
    "Records",
    "Stored",
    "StoredFile",
]
