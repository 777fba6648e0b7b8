"""The community API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import post, reaction, space, thread

app = App(
    vertical="community",
    tenant_claim="custom:organization_id",
    collections=(space.spaces, thread.threads, post.posts, reaction.reactions),
    routes=(
        space.list_spaces,
        space.create_space,
        space.get_space,
        space.update_space,
        space.delete_space,
        thread.list_threads,
        thread.create_thread,
        thread.get_thread,
        thread.update_thread,
        thread.delete_thread,
        thread.restore_thread,
        post.list_posts,
        post.create_post,
        post.get_post,
        post.update_post,
        post.delete_post,
        post.restore_post,
        reaction.list_reactions,
        reaction.create_reaction,
        reaction.get_reaction,
        reaction.update_reaction,
        reaction.delete_reaction,
    ),
)
handler = app.handle
