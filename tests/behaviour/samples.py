"""Bodies that the API accepts."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

ABSENT = "01K00000000000000000000000"
"""An id that no item has."""

COURSES = "/education/courses"
INSTRUCTORS = "/education/instructors"
ENROLLMENTS = "/education/enrollments"
SAMPLES = "/education/samples"
RACKS = "/education/racks"
BOXES = f"{RACKS}/{{rack_id}}/boxes"
SLOTS = f"{BOXES}/{{box_id}}/slots"
LABELS = f"{SLOTS}/{{slot_id}}/labels"
TOPICS = "/education/topics"
REMARKS = "/education/remarks"
JOURNALS = "/education/journals"
DRAFTS = "/education/drafts"


def slug() -> str:
    """A slug that nothing else has."""
    return f"course-{uuid4().hex}"


def course(**fields: Any) -> dict[str, Any]:
    """A course; give fields to add or replace."""
    return {"title": "Statistics", "slug": slug(), **fields}


def instructor(**fields: Any) -> dict[str, Any]:
    """An instructor."""
    return {"name": "Ada Lovelace", "email": f"{uuid4().hex}@example.com", **fields}


def lesson(**fields: Any) -> dict[str, Any]:
    """A lesson."""
    return {"title": "Counting", "position": 1, **fields}


def enrollment(course_id: str, **fields: Any) -> dict[str, Any]:
    """An enrollment in a course."""
    return {"course": course_id, "learner": "learner-1", **fields}


def sample(**fields: Any) -> dict[str, Any]:
    """A sample."""
    return {"label": "first", **fields}
