"""The notes API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import note

app = App(
    vertical="notes",
    tenant_claim="custom:organization_id",
    collections=(note.notes,),
    routes=(note.create_note,),
)
handler = app.handle
