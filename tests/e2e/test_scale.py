"""Six verticals in one apply: what it costs, and that every one of them answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.e2e.estate import estate
from tests.e2e.http import sign_in, stage
from tests.e2e.workspace import Workspace, changes

pytestmark = pytest.mark.e2e

VERTICALS = ("agents", "community", "education", "lab", "notifications", "projects")


@pytest.fixture(scope="module")
def six(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workspace]:
    """Core with six verticals, each of Education's size, in the extended mode."""
    with estate(request, tmp_path_factory, "extended", VERTICALS) as space:
        yield space


def test_six_verticals_answer_after_one_apply(six: Workspace) -> None:
    outputs = six.outputs(six.core)
    token = sign_in(six.emulator, outputs, "acme1", "admin")["IdToken"]
    api = stage(six.emulator, "dev")
    body = {"title": "Algebra", "slug": "algebra"}
    for vertical in VERTICALS:
        made = api.call("POST", f"/{vertical}/courses", token, body)
        assert made.status == 201, vertical
        listed = api.call("GET", f"/{vertical}/courses", token)
        assert listed.body["items"] == [made.body], vertical


def test_the_second_plan_of_six_verticals_has_no_change(six: Workspace) -> None:
    assert changes(six.plan()) == {}
