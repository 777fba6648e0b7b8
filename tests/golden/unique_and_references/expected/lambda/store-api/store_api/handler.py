"""The store API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import offer, seller

app = App(
    vertical="store",
    tenant_claim="custom:organization_id",
    collections=(seller.sellers, offer.offers),
    routes=(
        seller.list_sellers,
        seller.create_seller,
        seller.get_seller,
        seller.delete_seller,
        offer.list_offers,
        offer.create_offer,
        offer.get_offer,
        offer.delete_offer,
    ),
)
handler = app.handle
