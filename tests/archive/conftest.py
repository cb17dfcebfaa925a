"""An archive to write, and what the tests of this folder share (``sentences``)."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from malbild.archive import Archive

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where an archive may be made; the name holds what URIs and SQL take for something else."""
    return tmp_path / "arkiv för 100 % #1? 'a'.malbild"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    """An archive open for writing, without a document."""
    with Archive.open(path, "parameters 1", create=True) as made:
        yield made
