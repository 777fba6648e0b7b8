"""The notifications API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import notification, preference, template

app = App(
    vertical="notifications",
    tenant_claim="custom:organization_id",
    collections=(notification.notifications, preference.preferences, template.templates),
    routes=(
        notification.list_notifications,
        notification.create_notification,
        notification.get_notification,
        notification.update_notification,
        notification.delete_notification,
        preference.list_preferences,
        preference.create_preference,
        preference.get_preference,
        preference.update_preference,
        preference.delete_preference,
        template.list_templates,
        template.create_template,
        template.get_template,
        template.update_template,
        template.delete_template,
        template.restore_template,
    ),
)
handler = app.handle
