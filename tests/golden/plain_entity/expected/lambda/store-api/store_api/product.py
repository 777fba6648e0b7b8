"""Products: Something that is sold."""

from nexus_runtime import attributes, checks, sorting
from nexus_runtime.attributes import Item
from nexus_runtime.collection import Collection, Index
from nexus_runtime.http import Request, Response, created, found, no_content, page, route
from nexus_runtime.keys import Ancestors, Tenant, index_key, primary_key
from nexus_runtime.record import Record, stamps


class Product(Record):
    """A product as the API serves it; `Record` holds id, version and stamps."""

    name: str | None
    price: str | None
    stock: int | None


CHECKS = {
    "name": checks.string(max_length=80),
    "price": checks.decimal(minimum="0", scale=2),
    "stock": checks.integer(minimum=0),
}


def encode(product: Product) -> Item:
    """The attributes that DynamoDB stores, keys and stamps aside."""
    return attributes.present(
        {
            "name": attributes.string(product["name"]),
            "price": attributes.number(product["price"]),
            "stock": attributes.number(product["stock"]),
        }
    )


def decode(item: Item) -> Product:
    """The product that stored attributes describe."""
    return {
        **stamps(item),
        "name": attributes.read_string(item, "name"),
        "price": attributes.read_decimal(item, "price", scale=2),
        "stock": attributes.read_integer(item, "stock", 0),
    }


def keys(tenant: Tenant, product: Product, ancestors: Ancestors) -> Item:
    """Where a product lies in the table: its own key, and its entry in each index."""
    name = sorting.text(product["name"])
    return {
        **primary_key(tenant, "product", product["id"], ancestors),
        **index_key("gsi1", tenant, "product#by_name", (), name, product["id"]),
    }


products: Collection[Product] = Collection(
    entity="product",
    path="/store/products",
    checks=CHECKS,
    encode=encode,
    decode=decode,
    keys=keys,
    required=("name",),
    defaults={"stock": 0},
    indexes=(Index("by_name", "gsi1", sort="name"),),
)


@route("GET", "/store/products", allow=("member", "admin"))
def list_products(request: Request) -> Response:
    """One page of products, filtered and ordered as an index serves."""
    return page(request, products.list(request))


@route("POST", "/store/products", allow=("admin",))
def create_product(request: Request) -> Response:
    """Create a product in the caller's organization."""
    return created(request, products.create(request))


@route("GET", "/store/products/{product_id}", allow=("member", "admin"))
def get_product(request: Request) -> Response:
    """One product."""
    return found(request, products.get(request))


@route("PATCH", "/store/products/{product_id}", allow=("admin",))
def update_product(request: Request) -> Response:
    """Change a product by JSON Merge Patch."""
    return found(request, products.update(request))


@route("DELETE", "/store/products/{product_id}", allow=("admin",))
def delete_product(request: Request) -> Response:
    """Delete a product."""
    products.delete(request)
    return no_content()
