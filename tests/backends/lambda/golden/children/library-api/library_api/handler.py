"""The library API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import book, copy, shelf

app = App(
    vertical="library",
    tenant_claim="custom:organization_id",
    collections=(shelf.shelves, book.books, copy.copies),
    routes=(
        shelf.list_shelves,
        shelf.create_shelf,
        shelf.get_shelf,
        shelf.delete_shelf,
        book.list_books,
        book.create_book,
        book.get_book,
        book.delete_book,
        copy.list_copies,
        copy.create_copy,
        copy.get_copy,
        copy.delete_copy,
    ),
)
handler = app.handle
