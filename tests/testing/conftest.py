"""What all these tests stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .world import REGION


@pytest.fixture(autouse=True, scope="package")
def nothing_of_this_machine() -> Iterator[None]:
    """No profile, endpoint or Region from outside."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        yield
