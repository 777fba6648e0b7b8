"""The everything API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import thing

app = App(
    vertical="everything",
    tenant_claim="custom:organization_id",
    collections=(thing.things,),
    routes=(thing.list_things, thing.get_thing),
)
handler = app.handle
