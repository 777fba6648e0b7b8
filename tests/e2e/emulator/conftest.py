"""One corrected emulator for the tests of its corrections."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from nexus_gen.local.emulator import Emulator
from tests.e2e.emulator.start import corrected


@pytest.fixture(scope="session")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """The emulator with every correction applied; its data is thrown away."""
    with corrected(tmp_path_factory.mktemp("emulator")) as process:
        yield process
