"""Where the checkout, its sample texts and the shared gold lie."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The checkout the tests lie in."""
    return CHECKOUT


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    """The sample texts, without the page that describes them."""
    files = sorted([*(CHECKOUT / "corpus").glob("*.txt"), *(CHECKOUT / "corpus").glob("*.md")])
    return [file for file in files if file.name != "README.md"]


@pytest.fixture(scope="session")
def gold() -> Path:
    """The shared gold folder; a test that asks for it is skipped where there is none."""
    folder = Path(os.environ.get("MALBILD_SHARED") or CHECKOUT.parent / "shared") / "gold"
    if not (folder / "dev").is_dir():
        pytest.skip("no gold files: set MALBILD_SHARED to the shared folder")
    return folder
