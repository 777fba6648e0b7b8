"""The agents API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import agent, agent_version, conversation, message, run, tool

app = App(
    vertical="agents",
    tenant_claim="custom:organization_id",
    collections=(
        agent.agents,
        agent_version.agent_versions,
        tool.tools,
        conversation.conversations,
        message.messages,
        run.runs,
    ),
    routes=(
        agent.list_agents,
        agent.create_agent,
        agent.get_agent,
        agent.update_agent,
        agent.delete_agent,
        agent.restore_agent,
        agent_version.list_agent_versions,
        agent_version.create_agent_version,
        agent_version.get_agent_version,
        agent_version.update_agent_version,
        agent_version.delete_agent_version,
        agent_version.restore_agent_version,
        tool.list_tools,
        tool.create_tool,
        tool.get_tool,
        tool.update_tool,
        tool.delete_tool,
        conversation.list_conversations,
        conversation.create_conversation,
        conversation.get_conversation,
        conversation.update_conversation,
        conversation.delete_conversation,
        message.list_messages,
        message.create_message,
        message.get_message,
        message.update_message,
        message.delete_message,
        run.list_runs,
        run.create_run,
        run.get_run,
        run.update_run,
        run.delete_run,
    ),
)
handler = app.handle
