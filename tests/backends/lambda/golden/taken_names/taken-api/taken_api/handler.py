"""The taken API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import app_, handler_, item, json, key, line2, line10, page, property, request

app = App(
    vertical="taken",
    tenant_claim="custom:organization_id",
    collections=(
        item.items,
        page.pages,
        key.key_collection,
        request.requests,
        property.properties,
        handler_.handlers,
        app_.apps,
        json.jsons,
        line10.line10s,
        line2.line2s,
    ),
    routes=(
        item.list_items,
        item.create_item,
        item.get_item,
        item.update_item,
        item.delete_item,
        page.list_pages,
        page.create_page,
        page.get_page,
        key.list_keys,
        key.create_key,
        key.get_key,
        request.list_requests,
        request.create_request,
        request.get_request,
        request.delete_request,
        property.list_properties,
        property.create_property,
        property.get_property,
        handler_.list_handlers,
        handler_.create_handler,
        handler_.get_handler,
        app_.list_apps,
        app_.create_app,
        app_.get_app,
        json.list_jsons,
        json.create_json,
        json.get_json,
        line10.list_line10s,
        line10.get_line10,
        line2.list_line2s,
        line2.get_line2,
    ),
)
handler = app.handle
