"""Headings, items, captions, paragraphs and sections of whole texts.

The texts are written with a letter for each sentence's kind before it, so that what is expected stands beside them.
"""

import pytest

from malbild.read import read_bytes, read_text
from malbild.segment import outline
from malbild.source import Source

PARAGRAPH = "Staden har under perioden arbetat för att stärka sin ställning i regionen."  # "The city has worked …"
OTHER = "Arbetet fortsätter under nästa period tillsammans med grannkommunerna."  # "The work goes on …"


def kinds(source: Source | str) -> list[tuple[str, str]]:
    source = read_text(source) if isinstance(source, str) else source
    return [(sentence.kind, sentence.span.quote(source.text)) for sentence in outline(source).sentences]


H, I, C, B, T, F = "heading", "item", "caption", "body", "cell", "footnote"  # noqa: E741

CASES = {
    "numbered headings (10. Helsinki strengthens …)": (
        f"10. Helsingfors stärker sin intressebevakning\n\n{PARAGRAPH}\n\n11. Helsingfors växer\n\n{OTHER}",
        [
            (H, "10. Helsingfors stärker sin intressebevakning"),
            (B, PARAGRAPH),
            (H, "11. Helsingfors växer"),
            (B, OTHER),
        ],
    ),
    "numbers of two levels, without stops": (
        f"1 Inledning\n\n{PARAGRAPH}\n\n1.2 Mål\n\n{OTHER}",
        [(H, "1 Inledning"), (B, PARAGRAPH), (H, "1.2 Mål"), (B, OTHER)],
    ),
    "chapters (Ch. 3 The city's aims)": (
        f"Kap. 3 Stadens mål\n\n{PARAGRAPH}",
        [(H, "Kap. 3 Stadens mål"), (B, PARAGRAPH)],
    ),
    "headings without numbers": (
        f"Strategi 2030\n\nVisionen\n\n{PARAGRAPH}\n\nHur gick det?\n\n{OTHER}",
        [(H, "Strategi 2030"), (H, "Visionen"), (B, PARAGRAPH), (H, "Hur gick det?"), (B, OTHER)],
    ),
    "headings in hashes and bold": (
        f"## ▻ Mål ##\n{PARAGRAPH}\n\n**Medel**\n\n{OTHER}",
        [(H, "Mål"), (B, PARAGRAPH), (H, "**Medel**"), (B, OTHER)],
    ),
    "underlined headings": (
        f"Mål\n===\n{PARAGRAPH}\n\nMedel\n-----\n{OTHER}",
        [(H, "Mål"), (B, PARAGRAPH), (H, "Medel"), (B, OTHER)],
    ),
    "a sentence is no heading": (f"Staden växer.\n\n{PARAGRAPH}", [(B, "Staden växer."), (B, PARAGRAPH)]),
    "a quantity is no number (10 percent)": (
        f"10 procent av staden är park\n\n{PARAGRAPH}",
        [(H, "10 procent av staden är park"), (B, PARAGRAPH)],
    ),
    "bullets of all kinds": (
        "Vi ska:\n- bygga\n– öka\n• minska\n▻ stärka\n* förbättra\n\uf0b7 utreda\n▫ mäta\n✓ höra\n- ▻ följa\n- -pröva",
        [
            (B, "Vi ska:"),
            *(
                (I, word)
                for word in (
                    "bygga",
                    "öka",
                    "minska",
                    "stärka",
                    "förbättra",
                    "utreda",
                    "mäta",
                    "höra",
                    "följa",
                    "pröva",
                )
            ),
        ],
    ),
    "numbered list": (
        "Vi ska:\n\n1. bygga fler bostäder\n2. minska utsläppen\n3. höra invånarna",
        [(B, "Vi ska:"), (I, "1. bygga fler bostäder"), (I, "2. minska utsläppen"), (I, "3. höra invånarna")],
    ),
    "numbered list of short names with blank lines": (
        "Parter är:\n\n1. Esbo stad\n\n2. Vanda stad\n\n3. Grankulla stad",
        [(B, "Parter är:"), (I, "1. Esbo stad"), (I, "2. Vanda stad"), (I, "3. Grankulla stad")],
    ),
    "lettered list": ("Vi ska\n\na) bygga\nb) öka", [(B, "Vi ska"), (I, "a) bygga"), (I, "b) öka")]),
    "list without marks after a colon": (
        f"Forskningen har tre områden:\n\ncirkulärt byggande\n\nkustnära energi\n\nvälfärdsteknik\n\n{PARAGRAPH}",
        [
            (B, "Forskningen har tre områden:"),
            (I, "cirkulärt byggande"),
            (I, "kustnära energi"),
            (I, "välfärdsteknik"),
            (B, PARAGRAPH),
        ],
    ),
    "items of several sentences": (
        "Vi ska:\n- Bygga. Det är bråttom.\n- Öka.",
        [(B, "Vi ska:"), (I, "Bygga."), (I, "Det är bråttom."), (I, "Öka.")],
    ),
    "speech is no item (– We are glad, says she.)": (
        f"{PARAGRAPH}\n\n– Vi är glada, säger hon.\n\n{OTHER}",
        [(B, PARAGRAPH), (B, "Vi är glada, säger hon."), (B, OTHER)],
    ),
    "caption above a paragraph (Inside the city hall.)": (
        f"{OTHER}\n\nInne i stadshuset.\n{PARAGRAPH}",
        [(B, OTHER), (C, "Inne i stadshuset."), (B, PARAGRAPH)],
    ),
    "captions by their first word": (
        f"Foto: Anna Berg\n\n{PARAGRAPH}\n\nFigur 8. Utsläpp per år\n\n{OTHER}",
        [(C, "Foto: Anna Berg"), (B, PARAGRAPH), (C, "Figur 8."), (C, "Utsläpp per år"), (B, OTHER)],
    ),
    "table": (
        "| Mål | År |\n|---|---|\n| Öka andelen | 2030 |\n\nMål | Åtgärd | Ansvarig\nFler bostäder | Bygg | Staden",
        [
            (T, cell)
            for cell in [
                "Mål",
                "År",
                "Öka andelen",
                "2030",
                "Mål",
                "Åtgärd",
                "Ansvarig",
                "Fler bostäder",
                "Bygg",
                "Staden",
            ]
        ],
    ),
    "rules between paragraphs": (
        f"{PARAGRAPH}\n\n* * *\n\n\\* \u00a0\\*\n\n-----\n{OTHER}",
        [(B, PARAGRAPH), (B, OTHER)],
    ),
    "footnotes": (
        f"{PARAGRAPH} [1]\n\n[1] Se bilagan. [2] Se s. 3.",
        [(B, PARAGRAPH), (F, "[1] Se bilagan."), (F, "[2] Se s. 3.")],
    ),
    "quotes": (f"> {PARAGRAPH}\n\n{OTHER}", [(B, PARAGRAPH), (B, OTHER)]),
    "figure and month on a line of their own": (
        f"{PARAGRAPH}\n\n1996:\n\n{OTHER}",
        [(B, PARAGRAPH), (B, "1996:"), (B, OTHER)],
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_kinds(text: str, expected: list[tuple[str, str]], newline: str) -> None:
    assert kinds(text.replace("\n", newline)) == expected


WRAPPED = (  # "The strategy describes how the city supports its inhabitants …"
    "Strategin beskriver hur staden stöder sina invånare i alla skeden av\n"
    "livet, från den första skolan till den sista resan, och hur arbetet i\n"
    "Helsingfors leds. Målet är att alla ska få den service som de behöver.\n"
    "Staden följer upp målen varje år. Nämnderna rapporterar till stads-\n"
    "styrelsen före utgången av mars, dock senast den kommande vårens den\n"
    "3. maj, i den ordning som stadsstyrelsen har bestämt i samråd med bl.a.\n"
    "Fostransnämnden."
)


def test_wrapped_paragraph_is_put_together() -> None:
    assert [words.split()[0] for _, words in kinds(WRAPPED)] == ["Strategin", "Målet", "Staden", "Nämnderna"]
    assert len({sentence.block for sentence in outline(read_text(WRAPPED)).sentences}) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "Anna Svensson, socialtjänstminister\nLinda Lindberg, gruppledare\nMaria Berg, ordförande", id="names"
        ),
        pytest.param(
            "Delmål 2025: minst 70 procent av invånarna\nUtfall: 58,4 procent 2018, 61,0 procent 2020", id="labels"
        ),
        pytest.param(
            "att delmålet om gymnasieexamen ligger fast,\natt insatserna samlas i ett program,\natt allt följs upp",
            id="att",
        ),
        pytest.param(
            "plantera 250 gatuträd om året,\nställa krav på gröna gårdar i alla nya planer samt\nöppna skolgårdarna",
            id="acts",
        ),
        pytest.param("ÅBO STADSSTRATEGI 2022–2029\nÅRSRAPPORT 2023", id="titles"),
        pytest.param("Bilda fyra nya reservat i skärgården\nAnsvarig: länsstyrelsen", id="fields"),
    ],
)
def test_lines_that_stand_for_themselves_are_kept_apart(text: str) -> None:
    assert [words for _, words in kinds(text)] == text.split("\n")


def test_markdown_is_looked_into() -> None:
    text = "# Mål\n\nVi ska:\n• bygga\n• öka\n\n- ▻ minska\n\nen rad\nsom går vidare\n\n"
    text += "```\nx = 1\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n![Inne i huset](x.png)\n"
    expected = [(H, "Mål"), (B, "Vi ska:"), (I, "bygga"), (I, "öka"), (I, "minska"), (B, "en rad\nsom går vidare")]
    expected += [(T, "a"), (T, "b"), (T, "c"), (T, "d"), (C, "Inne i huset")]
    assert kinds(read_bytes(text.encode(), "plan.md")) == expected


def test_headings_are_inferred_only_where_markdown_has_none() -> None:
    body = f"Visionen\n\n{PARAGRAPH}\n"
    assert kinds(read_bytes(body.encode(), "a.md"))[0] == (H, "Visionen")
    assert kinds(read_bytes(f"{body}\n# Mål\n".encode(), "a.md"))[0] == (B, "Visionen")


def leads(text: str) -> dict[str, str | None]:
    found = outline(read_text(text)).sentences
    return {
        item.span.quote(text): None if item.lead_in is None else found[item.lead_in].span.quote(text)
        for item in found
        if item.kind == "item"
    }


def test_lead_in_is_the_sentence_with_the_colon() -> None:
    text = f"{PARAGRAPH} Vi ska:\n- bygga\n- öka\n\n{OTHER}\n\n- annat\n- mera"
    assert leads(text) == {"bygga": "Vi ska:", "öka": "Vi ska:", "annat": None, "mera": None}


def test_lead_in_without_a_colon() -> None:
    assert leads("Vi föreslår att\n\n• bygga\n• öka") == {"bygga": "Vi föreslår att", "öka": "Vi föreslår att"}


def test_lead_in_of_nested_lists() -> None:
    text = "Vi ska:\n- bygga\n  - tätt\n- öka:\n  - andelen\n    - unga\n  - antalet\n- minska"
    assert leads(text) == {
        "bygga": "Vi ska:",
        "tätt": "Vi ska:",
        "öka:": "Vi ska:",
        "andelen": "öka:",
        "unga": "öka:",
        "antalet": "öka:",
        "minska": "Vi ska:",
    }


def test_sections_number_level_and_parent() -> None:
    blocks = [
        "Inledande ord om planen.",
        "# Plan",
        "## 1. Mål",
        PARAGRAPH,
        "### 1.1 Delmål",
        OTHER,
        "## 2. Medel",
        OTHER,
    ]
    text = "\n\n".join(blocks)
    found = outline(read_text(text))
    assert [(part.number, part.level, part.parent) for part in found.sections] == [
        (None, 0, None),
        (None, 1, None),
        ("1", 2, 1),
        ("1.1", 3, 2),
        ("2", 2, 1),
    ]
    assert found.sections[0].heading is None
    assert found.sections[2].heading is not None
    assert found.sections[2].heading.quote(text) == "1. Mål"
    assert found.sections[2].span.quote(text) == text[text.index("1. Mål") : text.index("\n\n## 2.")]
    assert [sentence.section for sentence in found.sentences] == [0, 1, 2, 2, 3, 3, 4, 4]
    assert [found.sections[n].number for n in found.section_indexes(3)] == ["1.1", "1", None]


def test_levels_of_headings_that_have_no_marks() -> None:
    text = "\n\n".join(
        ["Strategi 2030", PARAGRAPH, "1. Mål", PARAGRAPH, "Läget", OTHER, "1.1 Delmål", OTHER, "2. Medel", OTHER]
    )
    levels = [(part.heading.quote(text), part.level) for part in outline(read_text(text)).sections if part.heading]
    assert levels == [("Strategi 2030", 1), ("1. Mål", 2), ("Läget", 3), ("1.1 Delmål", 3), ("2. Medel", 2)]


def test_text_without_headings_is_one_section() -> None:
    (part,) = outline(read_text(f"{PARAGRAPH}\n\n{OTHER}\n")).sections
    assert (part.heading, part.level, part.parent) == (None, 0, None)
    assert part.span == (0, len(PARAGRAPH) + 2 + len(OTHER))
