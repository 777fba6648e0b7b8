"""The time sheets API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import time_entry

app = App(
    vertical="time_sheets",
    tenant_claim="custom:organization_id",
    collections=(time_entry.time_entries,),
    routes=(
        time_entry.list_time_entries,
        time_entry.create_time_entry,
        time_entry.get_time_entry,
        time_entry.update_time_entry,
        time_entry.delete_time_entry,
        time_entry.restore_time_entry,
    ),
)
handler = app.handle
