"""The store API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import product

app = App(
    vertical="store",
    tenant_claim="custom:organization_id",
    request_headers=("traceparent", "baggage"),
    exposed_headers=("Server-Timing",),
    collections=(product.products,),
    routes=(product.list_products, product.get_product),
)
handler = app.handle
