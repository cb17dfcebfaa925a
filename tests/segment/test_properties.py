"""What holds for the outline of any text at all, how fast it is made, and how well it fits the gold files."""

import json
import os
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from malbild.read import read_bytes, read_text
from malbild.segment import outline
from malbild.segment.lines import DRAWING
from malbild.segment.sentences import LONGEST
from malbild.source import Outline

documents = st.lists(
    st.sampled_from(
        [
            "# ",
            "## ",
            "1. ",
            "2. ",
            "1.1 ",
            "a) ",
            "- ",
            "• ",
            "  ",
            "> ",
            "| ",
            "\t",
            "\n",
            "\n\n",
            "\r\n",
            "\x0c",
            "\u2028",
            "Staden växer",
            "vi ska",
            "öka",
            " ",
            ".",
            ":",
            ",",
            "?",
            "[94]",
            "m.m. ",
            "Mål 1",
            "Figur 2",
            "---",
            "===",
            "**",
            "▻",
            "\\*",
        ]
    ),
    max_size=60,
).map("".join)
anything = st.one_of(documents, st.text(), st.text(alphabet=" \n.aÅ-•1|#*[]>"))


def check(found: Outline, text: str) -> None:
    at = 0
    block = 0
    for index, sentence in enumerate(found.sentences):
        start, end = sentence.span
        assert at <= start < end <= len(text)
        assert text[start:end].strip() == text[start:end]
        assert end - start <= LONGEST
        assert sentence.block >= block
        assert sentence.section is not None
        assert found.sections[sentence.section].span.holds(sentence.span)
        if sentence.lead_in is not None:
            assert sentence.kind == "item"
            assert sentence.lead_in < index
        at, block = end, sentence.block
    for index, part in enumerate(found.sections):
        assert part.span.start < part.span.end <= len(text)
        if part.heading is not None:
            assert part.heading.start == part.span.start
        if part.parent is None:
            continue
        above = found.sections[part.parent]
        assert part.parent < index
        assert above.level < part.level
        assert above.span.holds(part.span)
    tops = [part.span for part in found.sections if part.parent is None]
    assert all(one.end <= other.start for one, other in pairwise(tops))


def left_out(found: Outline, text: str) -> str:
    """What stands in no sentence, without footnote marks."""
    at = 0
    rest = []
    for sentence in found.sentences:
        rest.append(text[at : sentence.span.start])
        at = sentence.span.end
    return re.sub(r"\[\d{1,3}\]", "", "\n".join([*rest, text[at:]]))


@settings(max_examples=400)
@given(anything)
def test_outline_of_plain_text(text: str) -> None:
    text = "A\n\n" + re.sub("[\ud800-\udfff]", "", text)
    found = outline(read_text(text))
    check(found, text)
    assert set("".join(left_out(found, text).split())) <= DRAWING


@settings(max_examples=200)
@given(documents)
def test_outline_of_markdown(text: str) -> None:
    source = read_bytes(("A\n\n" + text).encode("utf-8"), "plan.md")
    found = outline(source)
    check(found, source.text)
    assert "Staden" not in left_out(found, source.text)


@given(documents)
def test_the_same_text_has_the_same_outline(text: str) -> None:
    assert outline(read_text("A" + text)) == outline(read_text("A" + text))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        ".",
        "x. ",
        ".)",
        "- ",
        "|a",
        "(",
        ">",
        "# ",
        "*",
        "1.",
        "A. ",
        "[1]",
        "ab;",
        "\n",
        "a\n",
        "X.[1]",
        "\u00ad",
        "a " * 40 + "\n",
    ],
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    def took(size: int) -> float:
        source = read_text("Mål" + unit * (size // len(unit)) + "x")
        began = time.process_time()
        outline(source)
        return time.process_time() - began

    took(1000)
    short, long = took(20_000), took(200_000)
    assert long < 40 * short + 0.5  # ten times the text: quadratic time would be a hundred times


def test_a_megabyte_without_a_space() -> None:
    began = time.process_time()
    found = outline(read_text("x" * 1_000_000))
    assert time.process_time() - began < 5
    assert [len(sentence.span) for sentence in found.sentences] == [LONGEST] * 500


SHARED = Path(os.environ.get("MALBILD_SHARED") or Path(__file__).parents[3] / "shared")


@pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="no gold files: set MALBILD_SHARED to the shared folder")
@pytest.mark.parametrize("folder", ["train", "own", "dev"])
def test_sentence_ends_fit_the_gold(folder: str) -> None:
    gold, ours = set(), set()
    for file in sorted((SHARED / "gold" / folder).glob("*.json")):
        source = read_bytes(file.with_suffix(".txt").read_bytes(), file.stem + ".txt")
        gold |= {(file.stem, sentence["end"]) for sentence in json.loads(file.read_text("utf-8"))["sentences"]}
        ours |= {(file.stem, sentence.span.end) for sentence in outline(source).sentences}
    assert gold, f"no gold in {folder}"
    assert 2 * len(gold & ours) / (len(gold) + len(ours)) >= 0.98
