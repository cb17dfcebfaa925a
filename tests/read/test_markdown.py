"""Blocks of Markdown and where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malbild.read import read_bytes
from malbild.read.markdown import blocks_of

CASES = [
    pytest.param("# Mål #\n\n### Medel", [("heading", 1, "Mål"), ("heading", 3, "Medel")], id="hashes (aims, means)"),
    pytest.param("Mål\n===\n\nMedel\n---", [("heading", 1, "Mål"), ("heading", 2, "Medel")], id="underlined headings"),
    pytest.param("ett\ntvå\n\ntre", [("paragraph", 0, "ett\ntvå"), ("paragraph", 0, "tre")], id="paragraphs"),
    pytest.param("ett\r\ntvå\r\n\r\ntre\r\n", [("paragraph", 0, "ett\r\ntvå"), ("paragraph", 0, "tre")], id="crlf"),
    pytest.param(
        "- ett\n  - två\n* tre\n\n1. fyra",
        [("item", 1, "ett"), ("item", 2, "två"), ("item", 1, "tre"), ("item", 1, "fyra")],
        id="lists",
    ),
    pytest.param("- ett\n\n  mer om ett", [("item", 1, "ett"), ("paragraph", 0, "mer om ett")], id="more in an item"),
    pytest.param("> # Mål\n> ord", [("heading", 1, "Mål"), ("paragraph", 0, "ord")], id="quote"),
    pytest.param("    indraget", [("paragraph", 0, "indraget")], id="indented text is prose (indented)"),
    pytest.param("```py\nx = 1\n```", [("code", 0, "```py\nx = 1\n```")], id="fence"),
    pytest.param(
        "| Mål | År |\n|:--|--:|\n| A \\| B |  2030 |\n| | x |",
        [("cell", 0, "Mål"), ("cell", 0, "År"), ("cell", 0, "A \\| B"), ("cell", 0, "2030"), ("cell", 0, "x")],
        id="table",
    ),
    pytest.param("![Inne i stadshuset](a.png)", [("caption", 0, "Inne i stadshuset")], id="image (in the city hall)"),
    pytest.param("Se ![hus](a.png) här", [("paragraph", 0, "Se ![hus](a.png) här")], id="image in text"),
    pytest.param("[94]: http://fn.se", [("footnote", 0, "[94]: http://fn.se")], id="definition"),
    pytest.param(
        "[^1]: Se bilagan nedan.", [("footnote", 0, "[^1]: Se bilagan nedan.")], id="footnote (see the annex)"
    ),
    pytest.param(
        "---\ntitle: Plan\n---\n# Mål", [("code", 0, "---\ntitle: Plan\n---"), ("heading", 1, "Mål")], id="front matter"
    ),
    pytest.param("**Vi** ska [växa](x).", [("paragraph", 0, "**Vi** ska [växa](x).")], id="inline marks stay"),
    pytest.param("# må\0l", [("heading", 1, "må\0l")], id="NUL"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_blocks(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert [(block.kind, block.level, block.span.quote(text)) for block in blocks_of(text)] == expected


def test_title_is_the_first_heading() -> None:
    source = read_bytes("Ingress\n\n## Strategi 2030\n\n# Mål".encode(), "plan.md")
    assert source.title == "Strategi 2030"
    assert len(source.blocks) == 3


marked = st.lists(
    st.sampled_from(
        ["#", "# ", "- ", "1. ", "> ", "|", "a", "å ö", "\n", "\r\n", "\n\n", "  ", "\t", "---", "===", "```"]
    )
).map("".join)


@given(st.one_of(marked, st.text()))
def test_blocks_are_in_order_apart_and_trimmed(text: str) -> None:
    at = 0
    for block in blocks_of(text):
        quote = block.span.quote(text)
        assert at <= block.span.start < block.span.end <= len(text)
        assert quote.strip("\t\n\r ") == quote
        at = block.span.end


@given(marked)
def test_no_letter_stands_outside_the_blocks(text: str) -> None:
    covered = "".join(block.span.quote(text) for block in blocks_of(text))
    assert covered.count("å") == text.count("å")
    assert covered.count("a") == text.count("a")


def test_footnotes_on_lines_that_follow_each_other_are_blocks_of_their_own() -> None:
    text = "Målet nås.[^1]\n\n[^1]: Avser 2024.\n[^2]: Preliminär\nuppgift.\n"  # Refers to 2024. / Preliminary figure.
    found = [block.span.quote(text) for block in blocks_of(text) if block.kind == "footnote"]
    assert found == ["[^1]: Avser 2024.", "[^2]: Preliminär\nuppgift."]
