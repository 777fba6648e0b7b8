"""Products: It's "quoted" \"\"\" + ${var.x} \\N{DASH} {{ view.x }} {% raw %}"""

from typing import Literal

from nexus_runtime import attributes, checks
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection
from nexus_runtime.http import Request, Response, created, found, page, route
from nexus_runtime.keys import Ancestors, Tenant, primary_key
from nexus_runtime.record import Record, stamps


class Product(Record):
    """A product as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    kind: Literal['a"b', "${c}", "d'e"] | None


CHECKS = {
    "name": checks.string(max_length=240),
    "kind": checks.enum('a"b', "${c}", "d'e"),
}


def encode(product: Product) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(product["name"]),
            "kind": attributes.string(product["kind"]),
        }
    )


def decode(item: Item) -> Product:
    """The product that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name", "${x} \"q\" 'p' \\"),
        "kind": attributes.read_string(item, "kind", "${c}"),
    }


def keys(tenant: Tenant, product: Product, ancestors: Ancestors) -> Item:
    """Where a product lies in the table."""
    return primary_key(tenant, "product", product["id"], ancestors)


products: Collection[Product] = Collection(
    entity="product",
    path="/store/products",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    defaults={"name": "${x} \"q\" 'p' \\", "kind": "${c}"},
)


@route("GET", "/store/products", allow=("member",))
def list_products(request: Request) -> Response:
    """One page of products, in order of creation."""
    return page(request, products.list(request))


@route("POST", "/store/products", allow=("member",))
def create_product(request: Request) -> Response:
    """Create a product in the caller's organization."""
    return created(request, products.create(request))


@route("GET", "/store/products/{product_id}", allow=("member",))
def get_product(request: Request) -> Response:
    """One product."""
    return found(request, products.get(request))
