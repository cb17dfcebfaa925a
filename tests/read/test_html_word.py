"""Pages that Word has saved, whole or "filtered", and what is left of them after pasting: the styles tell."""

from __future__ import annotations

import pytest
from outcome import Told, head, member, plain, set_aside, told

from malbild.read.content import Content
from malbild.read.html import read

TEXT = "<p class=MsoNormal>Bygden har elva badplatser, och fyra av dem går att nå med buss.</p>"
SAID = plain("Bygden har elva badplatser, och fyra av dem går att nå med buss.")  # eleven beaches, four by bus
IGNORED = "<![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp; </span></span><![endif]>"
TYPED = "<span style='font-family:Symbol'>{}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span>"


def page(markup: str, head: str = "") -> Content:
    return read(f"<html><head><meta charset=utf-8>{head}</head><body><div class=WordSection1>{markup}".encode())


def item(words: str, mark: str, level: int = 1, name: str = "MsoListParagraph") -> str:
    return f"<p class={name} style='mso-list:l0 level{level} lfo1'>{IGNORED.format(mark)}{words}</p>"


def filtered(words: str, mark: str, margin: str = "", name: str = "MsoListParagraph", indent: str = "-18.0pt") -> str:
    return f"<p class={name} style='{margin}text-indent:{indent}'>{TYPED.format(mark)}{words}</p>"


STYLES = [
    pytest.param(
        f"<p class=MsoTitle>Badplan för Lyckebygden</p><p class=MsoSubtitle>Antagen i maj</p><h1>Läget</h1>{TEXT}",
        [head(1, "Badplan för Lyckebygden"), plain("Antagen i maj"), head(1, "Läget"), SAID],
        id="title and subtitle (plan for bathing, adopted in May)",
    ),
    pytest.param(
        f"<p class=MsoTitleCxSpFirst>Badplan</p><p class=MsoTitleCxSpLast>för Lyckebygden</p>{TEXT}",
        [head(1, "Badplan"), head(1, "för Lyckebygden"), SAID],
        id="a title in two paragraphs",
    ),
    pytest.param(
        f"<h6>Bryggor</h6><p class=MsoHeading7>Räcken</p>{TEXT}",
        [head(6, "Bryggor"), head(7, "Räcken"), SAID],
        id="headings deeper than those of HTML (jetties, rails)",
    ),
    pytest.param(
        "<p class=MsoListBullet>rusta bryggorna</p><p class='MsoListNumber2 rad'>mäta djupet</p>",
        [member(1, "rusta bryggorna"), member(2, "mäta djupet")],
        id="list styles whose marks are lost (repair the jetties, measure the depth)",
    ),
    pytest.param(
        "<p class=MsoListParagraph>Det gäller även simskolan.</p><p class=MsoQuote>Vattnet är vårt torg.</p>",
        [plain("Det gäller även simskolan."), plain("Vattnet är vårt torg.")],
        id="an indented paragraph, a quotation",
    ),
    pytest.param(
        "<p class='MsoCaption'>Figur 3. Badande per dag.</p><div class=MsoCaption>Tabell 2. Djup.</div>",
        [("caption", 0, None, "Figur 3. Badande per dag."), ("caption", 0, None, "Tabell 2. Djup.")],
        id="captions (bathers a day, depth)",
    ),
    pytest.param(
        f"{TEXT}<p class=MsoFootnoteText>[1] Mätt i juli.</p><p class=MsoEndnoteText>[2] Enligt föreningen.</p>",
        [SAID, ("footnote", 0, None, "[1] Mätt i juli."), ("footnote", 0, None, "[2] Enligt föreningen.")],
        id="notes (measured in July, as the association has it)",
    ),
    pytest.param(
        "<table><tr><td><p class=MsoTitle>Plats</p><td>Djup<tr><td>Sjövik<td><p class=MsoListBullet>2 m</p></table>",
        [("cell", 0, None, words) for words in ("Plats", "Djup", "Sjövik", "2 m")],
        id="in a table",
    ),
]


@pytest.mark.parametrize(("markup", "expected"), STYLES)
def test_styles(markup: str, expected: list[Told]) -> None:
    assert told(page(markup)) == expected


LISTS = [
    pytest.param(
        item("rusta bryggorna,", "·") + item("den långa", "o", 2) + item("mäta djupet", "1.", 2),
        [member(1, "rusta bryggorna,"), member(2, "den långa"), member(2, "mäta djupet", "1")],
        id="as Word saves it (repair the jetties, the long one, measure the depth)",
    ),
    pytest.param(
        item("rusta bryggorna", "12", name="MsoNormal"),
        [member(1, "rusta bryggorna", "12")],
        id="no stop, no list style",
    ),
    pytest.param(
        filtered("rusta bryggorna,", "·")
        + filtered("den långa", "o", "margin-left:72.0pt;")
        + filtered("den korta", "§", "margin-left:1.5in;", "MsoListParagraphCxSpMiddle")
        + filtered("mäta djupet", "2.", name="MsoListParagraphCxSpLast"),
        [member(1, "rusta bryggorna,"), member(2, "den långa"), member(3, "den korta"), member(1, "mäta djupet", "2")],
        id="filtered: the depth is that of the margin",
    ),
    pytest.param(
        filtered("rusta bryggorna", "a)", "margin-left:1.27cm;", "MsoNormal"),
        [member(1, "rusta bryggorna", "a")],
        id="filtered, in body text",
    ),
    pytest.param(
        filtered("rusta bryggorna", "–", "margin-left:36.0pt;", "MsoListBullet2", "0cm"),
        [member(2, "rusta bryggorna")],
        id="filtered, in a list style",
    ),
    pytest.param(
        '<p class="MsoListParagraphCxSpFirst" style="mso-list: l0 level2 lfo1;">3.&nbsp; rusta bryggorna</p>',
        [member(2, "rusta bryggorna", "3")],
        id="pasted: the mark has lost its element",
    ),
    pytest.param(
        "<p class=MsoListParagraph>1&nbsp;200 bad</p><p class=MsoNormal>·&nbsp; bad</p><p class=x>·&nbsp; bad</p>",
        [plain("1\u00a0200 bad"), plain("· bad"), plain("· bad")],
        id="no marks, or no paragraphs that hang (1,200 baths)",
    ),
    pytest.param(
        "<p class=MsoListParagraph style='text-indent:-18.0pt'>•&nbsp; </p><p class=MsoNormal>bad</p>",
        [plain("bad")],
        id="nothing but a mark",
    ),
    pytest.param(
        f"<h1 style='mso-list:l1 level1 lfo2'>{IGNORED.format('1')}Läget</h1>"
        f"<h2 style='mso-list:l1 level2 lfo2'>{IGNORED.format('1.2.')}Bryggor</h2>"
        f"<h2 style='mso-list:l1 level2 lfo2'>{IGNORED.format('Del A')}Djup</h2>",
        [head(1, "Läget", "1"), head(2, "Bryggor", "1.2"), head(2, "Del A Djup")],
        id="numbered headings; words in the number are words (state, jetties, part A: depth)",
    ),
]


@pytest.mark.parametrize(("markup", "expected"), LISTS)
def test_lists(markup: str, expected: list[Told]) -> None:
    assert told(page(markup)) == expected


ENTRIES = (
    "<p class=MsoToc1><a href='#_Toc1'>1 Läget<span style='mso-tab-count:1 dotted'>. </span>2</a></p>\n"
    "<p class=MsoToc2><a href='#_Toc2'>1.1 Bryggor 3</a></p>\n"
)


@pytest.mark.parametrize(
    "title",
    [
        "<p class=MsoTocHeading>Det här står i planen</p>",
        "<h1>Innehåll</h1><p class=MsoNormal><o:p>&nbsp;</o:p></p>",
        "<p class=MsoNormal><b>Innehållsförteckning:</b></p>",
    ],
    ids=["its own style", "a heading", "body text"],
)
def test_a_table_of_contents_is_set_aside_with_its_title(title: str) -> None:
    content = page(f"<p class=MsoTitle>Badplan</p>{title}{ENTRIES}<h1>Läget</h1>{TEXT}")
    assert told(content) == [head(1, "Badplan"), head(1, "Läget"), SAID]
    assert {kind for kind, _ in set_aside(content)} == {"contents"}
    words = " ".join(text for _, text in set_aside(content))
    assert words.endswith("1 Läget. 2 1.1 Bryggor 3")
    assert len(set_aside(content)) <= 2


def test_a_table_of_figures_is_one_of_contents() -> None:
    content = page(f"{TEXT}<p class=MsoTof>Figur 3. Badande 9</p>")
    assert (told(content), set_aside(content)) == ([SAID], [("contents", "Figur 3. Badande 9")])


def test_contents_as_a_word_of_the_text_is_kept() -> None:
    content = page(f"<h2>Innehåll</h2>{TEXT}")
    assert (told(content), set_aside(content)) == ([head(2, "Innehåll"), SAID], [])


def test_comments_are_set_aside_with_their_marks() -> None:
    content = page(
        "<p class=MsoNormal>Bryggan rustas.<span class=MsoCommentReference><![if !supportAnnotations]>"
        "<a class=msocomanchor href='#_msocom_1'>[EB1]</a><![endif]></span></p></div>"
        "<div style='mso-element:comment-list'><div id='_com_1' class=msocomtxt>"
        "<p class=MsoCommentText>När då?</p></div></div>"
    )
    assert told(content) == [plain("Bryggan rustas.")]
    assert set_aside(content) == [("comment", "[EB1]"), ("comment", "När då?")]


@pytest.mark.parametrize("stated", ["<title>Microsoft Word - badplan</title>", "", "<title>Badplan</title>"])
def test_the_title_by_its_style_is_that_of_the_document(stated: str) -> None:
    assert page(f"<h1>Lyckebygden</h1><p class=MsoTitle>Badplan</p>{TEXT}", stated).title == "Badplan"
