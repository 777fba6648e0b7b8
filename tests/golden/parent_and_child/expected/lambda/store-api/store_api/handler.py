"""The store API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import line, order

app = App(
    vertical="store",
    tenant_claim="custom:organization_id",
    collections=(order.orders, line.lines),
    routes=(
        order.list_orders,
        order.create_order,
        order.get_order,
        order.delete_order,
        line.list_lines,
        line.create_line,
        line.get_line,
        line.delete_line,
    ),
)
handler = app.handle
