"""The only SQL: one committed state to read, one revision to write, on SQLite and PostgreSQL alike."""

from planner.store.database import Database
from planner.store.schema import current, downgrade, open_database, upgrade
from planner.store.snapshot import Snapshot
from planner.store.soundness import check
from planner.store.transaction import Transaction

__all__ = ["Database", "Snapshot", "Transaction", "check", "current", "downgrade", "open_database", "upgrade"]
