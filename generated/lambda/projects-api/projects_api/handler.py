"""The projects API: its routing table, and the entry point of its Lambda function."""

from nexus_runtime.app import App

from . import comment, issue, label, milestone, project

app = App(
    vertical="projects",
    tenant_claim="custom:organization_id",
    collections=(
        project.projects,
        label.labels,
        milestone.milestones,
        issue.issues,
        comment.comments,
    ),
    routes=(
        project.list_projects,
        project.create_project,
        project.get_project,
        project.update_project,
        project.delete_project,
        project.restore_project,
        label.list_labels,
        label.create_label,
        label.get_label,
        label.update_label,
        label.delete_label,
        milestone.list_milestones,
        milestone.create_milestone,
        milestone.get_milestone,
        milestone.update_milestone,
        milestone.delete_milestone,
        issue.list_issues,
        issue.create_issue,
        issue.get_issue,
        issue.update_issue,
        issue.delete_issue,
        issue.restore_issue,
        comment.list_comments,
        comment.create_comment,
        comment.get_comment,
        comment.update_comment,
        comment.delete_comment,
        comment.restore_comment,
    ),
)
handler = app.handle
