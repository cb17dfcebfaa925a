"""OpenDocument texts: headings, lists, the words of a paragraph, and what is set aside."""

import pytest
from handmade_odt import BODY, PAGES, h, item, listed, odt, p
from outcome import Told, head, member, plain, set_aside, told

from malbild.read.odt import read

SAID = plain("Staden ska minska utsläppen med hälften till 2030.")

HEADINGS = [
    pytest.param(
        h("Mål") + h("Klimat", 2) + h("Energi", 2) + h("Läge", 3) + h("Medel"),
        [
            head(1, "Mål", "1"),
            head(2, "Klimat", "1.1"),
            head(2, "Energi", "1.2"),
            head(3, "Läge"),
            head(1, "Medel", "2"),
        ],
        id="numbers of the outline (aims, climate, energy, state, means)",
    ),
    pytest.param(
        h("Förord", more='text:is-list-header="true"') + h("Mål"),
        [head(1, "Förord"), head(1, "Mål", "1")],
        id="no number",
    ),
    pytest.param(
        h("Mål", more='text:restart-numbering="true" text:start-value="5"'),
        [head(1, "Mål", "5")],
        id="a start of its own",
    ),
    pytest.param(
        h("<text:number>2.4.</text:number>Mål", 2), [head(2, "Mål", "2.4")], id="a number that its program wrote"
    ),
    pytest.param(
        listed(item(h("Mål")), item(h("Medel")), name="Tal"),
        [head(1, "Mål", "1"), head(1, "Medel", "2")],
        id="headings in a list",
    ),
    pytest.param(p("Grön plan", "Title"), [head(1, "Grön plan")], id="a title (green plan)"),
    pytest.param(p("Antagen 2024", "Subtitle") + BODY, [plain("Antagen 2024"), SAID], id="a subtitle (adopted 2024)"),
    pytest.param(p("Nu växer vi", "Citat") + BODY, [plain("Nu växer vi"), SAID], id="a quotation (now we grow)"),
    pytest.param(p("Mål", "Egen_20_rubrik"), [head(3, "Mål")], id="a style for headings of a level"),
    pytest.param(p("Mål ska nås.", "Avstängd"), [plain("Mål ska nås.")], id="a style whose level is taken away"),
    pytest.param(p("Mål", "Rubrik_20_2"), [head(2, "Mål")], id="a style that is not there"),
    pytest.param(h("Vår<text:line-break/>plan"), [head(1, "Vår plan", "1")], id="two lines (our plan)"),
    pytest.param(
        p("Mål", "Stor")
        + BODY
        + p("Medel", "Fet")
        + BODY
        + p('<text:span text:style-name="fet">Ansvar</text:span>')
        + BODY,
        [head(1, "Mål"), SAID, head(2, "Medel"), SAID, head(2, "Ansvar"), SAID],
        id="looks (aims, means, responsibility)",
    ),
    pytest.param(
        BODY + p('<text:span text:style-name="fet">Ansvarig:</text:span> nämnden') + BODY,
        [SAID, plain("Ansvarig: nämnden"), SAID],
        id="part in bold (responsible: the board)",
    ),
]


@pytest.mark.parametrize(("body", "expected"), HEADINGS)
def test_headings(body: str, expected: list[Told]) -> None:
    assert told(read(odt(body))) == expected


LISTS = [
    pytest.param(
        listed("gå", item("cykla", listed("fort")), "åka", name="Punkter"),
        [member(1, "gå"), member(1, "cykla"), member(2, "fort"), member(1, "åka")],
        id="bullets, nested (walk, cycle, fast, ride)",
    ),
    pytest.param(
        listed(item("a", listed("b", item("c", listed("d")))), item("e", listed("f")), name="Tal"),
        [
            member(1, "a", "1"),
            member(2, "b", "a"),
            member(2, "c", "b"),
            member(3, "d", "i"),
            member(1, "e", "2"),
            member(2, "f", "a"),
        ],
        id="numbers, letters and Roman numerals, started anew under each",
    ),
    pytest.param(
        listed(item("minska", listed("kol")), "öka", name="Mål"),
        [member(1, "Mål 1: minska", "1"), member(2, "Delmål 1.1 – kol", "1.1"), member(1, "Mål 2: öka", "2")],
        id="words in the number are words of the text (aim 1: reduce, part 1.1 coal, aim 2: increase)",
    ),
    pytest.param(
        listed("a", name="Tal") + BODY + listed("b", name="Tal", more='text:continue-numbering="true"'),
        [member(1, "a", "1"), SAID, member(1, "b", "2")],
        id="a list that goes on",
    ),
    pytest.param(
        listed("a", name="Tal", more='xml:id="l1"')
        + listed("x", name="Tal")
        + listed("b", name="Tal", more='text:continue-list="l1"'),
        [member(1, "a", "1"), member(1, "x", "1"), member(1, "b", "2")],
        id="a list that goes on with one before the last",
    ),
    pytest.param(
        listed("a", item("b", more='text:start-value="7"'), "c", name="Tal"),
        [member(1, "a", "1"), member(1, "b", "7"), member(1, "c", "8")],
        id="a start of its own",
    ),
    pytest.param(
        listed(item("a", "mer om a"), "b", name="Tal"),
        [member(1, "a", "1"), plain("mer om a"), member(1, "b", "2")],
        id="more in an item (more about a)",
    ),
    pytest.param(
        listed(item(listed("a", "b")), name="Tal"),
        [member(2, "a", "a"), member(2, "b", "b")],
        id="nothing but a list in it",
    ),
    pytest.param(
        "<text:list><text:list-header><text:p>utan</text:p></text:list-header></text:list>",
        [member(1, "utan")],
        id="head",
    ),
    pytest.param(listed("fri", name="Inga"), [plain("fri")], id="a list that shows nothing (free)"),
    pytest.param(listed("a", name="Okänd"), [member(1, "a")], id="a list that is not there"),
    pytest.param(listed(item(p("a", "List_20_Bullet_20_2"))), [member(2, "a")], id="a style for nested lists"),
    pytest.param(
        p("•<text:tab/>gå") + p("–<text:tab/>fort", "Indrag"),
        [member(1, "gå"), member(2, "fort")],
        id="typed bullets, nested by their indents",
    ),
]


@pytest.mark.parametrize(("body", "expected"), LISTS)
def test_lists(body: str, expected: list[Told]) -> None:
    assert told(read(odt(body))) == expected


INLINE = [
    pytest.param('kli<text:span text:style-name="fet">mat</text:span>mål', "klimatmål", id="spans break no word"),
    pytest.param("Ma\u030al fo\u0308r A\u030akra", "Mål för Åkra", id="letters are composed"),
    pytest.param("a<text:span>\u030a</text:span>", "å", id="letters are composed over spans"),
    pytest.param("ut\u00adsläppen", "utsläppen", id="soft hyphens go"),
    pytest.param("10\u00a0000   kronor\n  om<text:s text:c='3'/>året", "10\u00a0000 kronor om året", id="spaces"),
    pytest.param("2030<text:tab/>Mål", "2030 Mål", id="tab"),
    pytest.param("Mål<text:line-break/>och medel", "Mål\noch medel", id="lines"),
    pytest.param("kli<text:soft-page-break/>mat", "klimat", id="page break"),
    pytest.param("Se <text:a>må<text:span>len</text:span></text:a>.", "Se målen.", id="link (see the aims)"),
    pytest.param("å<!-- nej -->ret", "året", id="comment of XML"),
    pytest.param(
        "kli<text:bookmark text:name='x'/>mat<text:bookmark-ref>mål</text:bookmark-ref>", "klimatmål", id="marks"
    ),
    pytest.param("sid <text:page-number>12</text:page-number>", "sid 12", id="field (page 12)"),
    pytest.param(
        "<text:ruby><text:ruby-base>Mål</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>",
        "Mål",
        id="ruby",
    ),
    pytest.param("Vi <text:change text:change-id='c'/>växer", "Vi växer", id="where something was changed (we grow)"),
    pytest.param(
        "Se <loext:content-control>år<text:span>et</text:span></loext:content-control>.", "Se året.", id="control"
    ),
    pytest.param("kli<draw:frame>\n <draw:image/>\n</draw:frame>mat", "klimat", id="a picture in a word"),
]


@pytest.mark.parametrize(("inner", "expected"), INLINE)
def test_words_of_a_paragraph(inner: str, expected: str) -> None:
    content = read(odt(p(inner)))
    assert (told(content), content.asides) == ([plain(expected)], ())


def deletion(inner: str) -> str:
    info = "<office:change-info><dc:creator>A</dc:creator><text:p>Varför?</text:p></office:change-info>"
    return f"<text:changed-region><text:deletion>{info}{inner}</text:deletion></text:changed-region>"


TRACKED = f"<text:tracked-changes>{deletion(p('inte'))}{deletion(p('Hela stycket.') + p(''))}</text:tracked-changes>"
ASIDE = [
    pytest.param(
        p('<loext:content-control loext:showing-place-holder="true">Skriv här</loext:content-control>') + BODY,
        [("hidden", "Skriv här")],
        id="a prompt (write here)",
    ),
    pytest.param(TRACKED + BODY, [("deleted", "inte\nHela stycket.")], id="deleted (not, the whole paragraph)"),
    pytest.param(
        BODY[:-9]
        + "<office:annotation><dc:creator>A</dc:creator><text:p>Stämmer det?</text:p></office:annotation></text:p>",
        [("comment", "Stämmer det?")],
        id="a comment (is that right?)",
    ),
    pytest.param(
        p("Innehåll")
        + "<text:table-of-content><text:table-of-content-source><text:index-title-template>Mall"
        + "</text:index-title-template></text:table-of-content-source><text:index-body>"
        + p("Mål<text:tab/>3", "Contents_20_1")
        + "</text:index-body></text:table-of-content>"
        + BODY,
        [("contents", "Innehåll\nMål 3")],
        id="contents",
    ),
    pytest.param(p("Mål 3", "Contents_20_1") + BODY, [("contents", "Mål 3")], id="a style of contents"),
    pytest.param(p("Gömt", "Dold") + BODY, [("hidden", "Gömt")], id="a hidden style"),
    pytest.param(
        f'<text:section text:display="none">{p("Gömt")}</text:section>{BODY}',
        [("hidden", "Gömt")],
        id="a hidden section",
    ),
    pytest.param(
        p('<text:hidden-paragraph text:is-hidden="true"/>Gömt') + BODY, [("hidden", "Gömt")], id="a hidden paragraph"
    ),
    pytest.param(
        p('<text:span text:style-name="dold">Gömt</text:span>Staden ska minska utsläppen med hälften till 2030.'),
        [("hidden", "Gömt")],
        id="a hidden span",
    ),
    pytest.param(
        BODY[:-9] + '<text:hidden-text text:is-hidden="true" text:string-value="Gömt"/></text:p>',
        [("hidden", "Gömt")],
        id="hidden text",
    ),
]


@pytest.mark.parametrize(("body", "asides"), ASIDE)
def test_words_set_aside(body: str, asides: list[tuple[str, str]]) -> None:
    content = read(odt(body))
    assert told(content) == [SAID]
    assert set_aside(content) == asides


def test_what_stands_beside_the_text() -> None:
    assert set_aside(read(odt(BODY, pages=PAGES * 2))) == [("header", "Umeå kommun"), ("footer", "Sida 1")]
