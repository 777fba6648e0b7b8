"""The help desk API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import ticket

app = App(
    vertical="help_desk",
    tenant_claim="custom:organization_id",
    collections=(ticket.tickets,),
    routes=(ticket.list_tickets, ticket.create_ticket, ticket.get_ticket),
)
handler = app.handle
