"""Suppliers as a brand's own people read them: where each one stands, and beside what."""

from dashboard.suppliers.standing import (
    ClusterCount,
    OpenItem,
    Recurrence,
    Standing,
    cluster_counts,
    open_items,
    recurrences,
    standing,
)

__all__ = [
    "ClusterCount",
    "OpenItem",
    "Recurrence",
    "Standing",
    "cluster_counts",
    "open_items",
    "recurrences",
    "standing",
]
