"""Mutated bytes of real documents in every format: a document or a plain refusal, never a crash, never long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from malbild.read import ReadError, read_bytes

READING = Path(__file__).parents[2] / "corpus" / "reading"
FILES = [
    "klimatplan-spalter.pdf", "aldreplan-rutor.pdf", "arsuppfoljning-numrerad.docx", "valfardsplan-tabeller.odt",
    "klimatplan-webb.html", "kulturmiljo.md", "kulturmiljo.txt",
]  # fmt: skip
LONGEST = 10.0
"""Seconds."""


@st.composite
def mutations(draw: st.DrawFn, data: bytes) -> bytes:
    """A document with some of its bytes changed, lost, doubled or moved."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(made) - 1))
        length = draw(st.sampled_from([1, 4, 40, 400, 4000]))
        match draw(st.sampled_from(["flip", "lose", "double", "move", "end"])):
            case "flip":
                made[at : at + 1] = draw(st.binary(min_size=1, max_size=8))
            case "lose":
                del made[at : at + length]
            case "double":
                made[at:at] = made[at : at + length]
            case "move":
                part = bytes(made[at : at + length])
                del made[at : at + length]
                made[len(made) // 3 : len(made) // 3] = part
            case _:
                del made[max(1, at) :]
        if not made:
            return b"x"
    return bytes(made)


@pytest.mark.parametrize("name", FILES)
def test_mutated_documents_are_read_or_refused(name: str) -> None:
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(mutations((READING / name).read_bytes()))
    def check(data: bytes) -> None:
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
