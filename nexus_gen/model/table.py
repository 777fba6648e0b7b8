"""The table of a vertical: what Terraform creates on AWS and `nexus-gen dev` on the emulator."""

from __future__ import annotations

from dataclasses import dataclass

from nexus_gen.model.product import Vertical


@dataclass(frozen=True, slots=True)
class TableIndex:
    """One overloaded index slot; every attribute is projected.

    Attributes:
        slot: 1-based number.
        name: `gsi1`.
        partition: its partition key, `gsi1pk`.
        sort: its sort key, `gsi1sk`.
    """

    slot: int
    name: str
    partition: str
    sort: str


@dataclass(frozen=True, slots=True)
class Table:
    """Keys, indexes and settings; every key is a string.

    Attributes:
        ttl: attribute that holds when an item expires, in seconds since the epoch.
        billing: DynamoDB's billing mode.
        point_in_time_recovery: whether the last 35 days can be restored.
        projection: what the indexes hold of an item.
    """

    indexes: tuple[TableIndex, ...]
    partition: str = "pk"
    sort: str = "sk"
    ttl: str = "ttl"
    billing: str = "PAY_PER_REQUEST"
    point_in_time_recovery: bool = True
    projection: str = "ALL"

    @property
    def key_attributes(self) -> tuple[str, ...]:
        """Every attribute that is part of a key."""
        of_indexes = (name for index in self.indexes for name in (index.partition, index.sort))
        return (self.partition, self.sort, *of_indexes)


def table_of(vertical: Vertical) -> Table:
    """The table of one vertical."""
    return Table(tuple(index_of(slot) for slot in range(1, vertical.index_slots + 1)))


def index_of(slot: int) -> TableIndex:
    """The index in one slot."""
    name = f"gsi{slot}"
    return TableIndex(slot=slot, name=name, partition=f"{name}pk", sort=f"{name}sk")
