"""Mutated bytes of real documents in every format: a document or a plain refusal, never a crash, never long."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from reading_mutated import mutated

from malbild.read import ReadError, read_bytes

READING = Path(__file__).parents[2] / "corpus" / "reading"
FILES = [
    "klimatplan-spalter.pdf", "aldreplan-rutor.pdf", "arsuppfoljning-numrerad.docx", "valfardsplan-tabeller.odt",
    "klimatplan-webb.html", "kulturmiljo.md", "kulturmiljo.txt",
]  # fmt: skip
LONGEST = 10.0
"""Seconds."""


@pytest.mark.parametrize("name", FILES)
def test_mutated_documents_are_read_or_refused(name: str) -> None:
    whole = (READING / name).read_bytes()

    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.randoms(use_true_random=False))
    def check(chance: Random) -> None:
        data = mutated(whole, chance)
        start = time.monotonic()
        try:
            source = read_bytes(data, name)
        except ReadError as error:
            assert "\n" not in error.message
        else:
            assert source.text.strip()
            assert all(block.span.end <= len(source.text) for block in source.blocks)
        assert time.monotonic() - start < LONGEST

    check()
