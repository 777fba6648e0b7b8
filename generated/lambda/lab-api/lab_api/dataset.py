"""Datasets: Data that experiments use, in one version."""

from typing import Literal

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Dataset(Record):
    """A dataset as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    slug: str | None
    release: str | None
    format: Literal["csv", "json", "parquet", "text", "images", "audio"] | None
    description: str | None
    rows: int | None
    bytes: int | None
    checksum: str | None
    source: str | None
    license: str | None
    columns: dict[str, str] | None
    personal: bool | None


CHECKS = {
    "name": checks.string(min_length=1, max_length=120),
    "slug": checks.slug(max_length=100),
    "release": checks.string(max_length=17, pattern=r"^\d{1,5}\.\d{1,5}\.\d{1,5}$"),
    "format": checks.enum("csv", "json", "parquet", "text", "images", "audio"),
    "description": checks.text(max_length=4000),
    "rows": checks.integer(minimum=0),
    "bytes": checks.integer(minimum=0),
    "checksum": checks.string(max_length=64, pattern=r"^[0-9a-f]{64}$"),
    "source": checks.url(max_length=2048),
    "license": checks.string(max_length=60),
    "columns": checks.map_of(checks.string(max_length=40), max_items=200),
    "personal": checks.boolean(),
}


def encode(dataset: Dataset) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(dataset["name"]),
            "slug": attributes.string(dataset["slug"]),
            "release": attributes.string(dataset["release"]),
            "format": attributes.string(dataset["format"]),
            "description": attributes.string(dataset["description"]),
            "rows": attributes.number(dataset["rows"]),
            "bytes": attributes.number(dataset["bytes"]),
            "checksum": attributes.string(dataset["checksum"]),
            "source": attributes.string(dataset["source"]),
            "license": attributes.string(dataset["license"]),
            "columns": attributes.map_of(dataset["columns"], attributes.string),
            "personal": attributes.boolean(dataset["personal"]),
        }
    )


def decode(item: Item) -> Dataset:
    """The dataset that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "slug": attributes.read_string(item, "slug"),
        "release": attributes.read_string(item, "release"),
        "format": attributes.read_string(item, "format"),
        "description": attributes.read_string(item, "description"),
        "rows": attributes.read_integer(item, "rows"),
        "bytes": attributes.read_integer(item, "bytes"),
        "checksum": attributes.read_string(item, "checksum"),
        "source": attributes.read_string(item, "source"),
        "license": attributes.read_string(item, "license"),
        "columns": attributes.read_map(item, "columns", attributes.as_string),
        "personal": attributes.read_boolean(item, "personal", False),
    }


def keys(tenant: Tenant, dataset: Dataset, ancestors: Ancestors) -> Item:
    """Where a dataset lies in the table: its own key, and its entry in each index."""
    name = sorting.text(dataset["name"])
    return {
        **primary_key(tenant, "dataset", dataset["id"], ancestors),
        **index_key("gsi1", tenant, "dataset#by_name", (), name, dataset["id"]),
        **index_key("gsi2", tenant, "dataset#by_format", (dataset["format"],), name, dataset["id"]),
    }


datasets: Collection[Dataset] = Collection(
    entity="dataset",
    path="/lab/datasets",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name", "slug", "release", "format"),
    immutable=("slug", "release", "checksum"),
    defaults={"personal": False},
    unique=("slug",),
    indexes=(
        Index("by_name", "gsi1", sort="name"),
        Index("by_format", "gsi2", match=("format",), sort="name"),
    ),
    retain_seconds=2592000,
)


@route("GET", "/lab/datasets", allow=("member", "instructor", "builder", "admin"))
def list_datasets(request: Request) -> Response:
    """One page of datasets, filtered and ordered as an index serves."""
    return page(request, datasets.list(request))


@route("POST", "/lab/datasets", allow=("builder", "admin"))
def create_dataset(request: Request) -> Response:
    """Create a dataset in the caller's organization."""
    return created(request, datasets.create(request))


@route("GET", "/lab/datasets/{dataset_id}", allow=("member", "instructor", "builder", "admin"))
def get_dataset(request: Request) -> Response:
    """One dataset."""
    return found(request, datasets.get(request))


@route("PATCH", "/lab/datasets/{dataset_id}", allow=("admin",), owner=True)
def update_dataset(request: Request) -> Response:
    """Change a dataset by JSON Merge Patch."""
    return found(request, datasets.update(request))


@route("DELETE", "/lab/datasets/{dataset_id}", allow=("admin",))
def delete_dataset(request: Request) -> Response:
    """Move a dataset to the trash."""
    datasets.delete(request)
    return no_content()


@route("POST", "/lab/datasets/{dataset_id}/restore", allow=("admin",))
def restore_dataset(request: Request) -> Response:
    """Bring a dataset back from the trash."""
    return found(request, datasets.restore(request))
