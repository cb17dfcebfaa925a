"""HTML pages: what is their text, what it is made of, and what is set aside.

The pages in ``html_pages`` were written for this project after the ways of Swedish and Finland-Swedish public sites.
Beside each stands what a reader would call its text, a block a line: h1-h6, p (paragraph), li and its depth, th, td,
cap (caption), fn (footnote), code.
"""

import re
import time
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from malbild.read import ReadError, read_bytes
from malbild.read.content import Content, UnreadableError
from malbild.read.html import read
from malbild.read.media import READERS, Reader
from malbild.segment import outline
from malbild.segment.lines import DRAWING
from malbild.source import Block, Cell, Source

PAGES = sorted((Path(__file__).parent / "html_pages").glob("*.html"))
KINDS = {"paragraph": "p", "caption": "cap", "footnote": "fn", "code": "code"}


def code(block: Block) -> str:
    if block.kind == "heading":
        return f"h{block.level}"
    if block.kind == "item":
        return f"li{block.level}"
    if block.kind == "cell":
        assert block.cell is not None
        return "th" if block.cell.head else "td"
    return KINDS[block.kind]


def rows(content: Content) -> list[tuple[str, str]]:
    return [(code(block), block.span.quote(content.text)) for block in content.blocks]


def body(markup: str) -> Content:
    return read(f"<!doctype html><meta charset=utf-8><body>{markup}".encode())


BLOCKS = [
    pytest.param("<h1>Mål</h1><h4>Medel</h4>", [("h1", "Mål"), ("h4", "Medel")], id="headings (aims, means)"),
    pytest.param("<h2><button aria-expanded=false>Mål</button></h2>", [("h2", "Mål")], id="a heading that opens"),
    pytest.param("<h2><div>Mål</div><div>2030</div></h2>", [("h2", "Mål 2030")], id="a heading in parts"),
    pytest.param(
        "<h2>Mål<h3>Delmål<p>Ord</p>", [("h2", "Mål"), ("h3", "Delmål"), ("p", "Ord")], id="an unclosed heading"
    ),
    pytest.param("<h2>Mål<ul><li>växa</ul>", [("h2", "Mål"), ("li1", "växa")], id="a list ends an unclosed heading"),
    pytest.param(
        "<div role=heading aria-level=3>Mål</div><div role=heading>X</div>",
        [("h3", "Mål"), ("h2", "X")],
        id="heading by role",
    ),
    pytest.param(
        "en <b>grön</b>\n  stad<p>ren<p>", [("p", "en grön stad"), ("p", "ren")], id="white space (a green city)"
    ),
    pytest.param("<p>Hus<i>båts</i><wbr>&shy;by&#8203;n</p>", [("p", "Husbåtsbyn")], id="no white space (houseboats)"),
    pytest.param("<p>1&nbsp;200 kr</p>", [("p", "1\u00a0200 kr")], id="a space that does not break is kept"),
    pytest.param("<p>Ma&#778;l fo&#776;r</p>", [("p", "Mål för")], id="composed"),
    pytest.param("<p>ett<br>två <br/>\n tre</p>", [("p", "ett\ntvå\ntre")], id="line breaks"),
    pytest.param(
        "ett<br><br> två<br>&nbsp;<br>tre", [("p", "ett"), ("p", "två"), ("p", "tre")], id="breaks as paragraphs"
    ),
    pytest.param("<p>—</p><p>* * *</p><p>x</p>", [("p", "x")], id="rules are no words"),
    pytest.param(
        "<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>",
        [("li1", "a"), ("li2", "b"), ("li3", "c"), ("li1", "d")],
        id="lists in lists",
    ),
    pytest.param(
        "<ul><li><p>a</p><p>mer</p><ul><li>b</ul>till</ul>",
        [("li1", "a"), ("p", "mer"), ("li2", "b"), ("p", "till")],
        id="more in an item",
    ),
    pytest.param("<ul><li><h3>Mål</h3>text</ul>", [("h3", "Mål"), ("p", "text")], id="a heading in an item"),
    pytest.param(
        '<p class=MsoListParagraph style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">·<span>&nbsp; </span>'
        "</span>växa</p>",
        [("li2", "växa")],
        id="a list from Word",
    ),
    pytest.param('<ul class="lst-kix_ab-1"><li>växa</ul>', [("li2", "växa")], id="a list from Google Docs"),
    pytest.param("<dl><dt>Mål<dd>växa<dd>gro</dl>", [("p", "Mål"), ("p", "växa"), ("p", "gro")], id="definitions"),
    pytest.param("<blockquote>ett<p>två</p></blockquote>", [("p", "ett"), ("p", "två")], id="quotation"),
    pytest.param("<details><summary>Mer</summary>text</details>", [("p", "Mer"), ("p", "text")], id="details"),
    pytest.param(
        "<figure><img alt=x><figcaption><p>Bild 1</p></figcaption></figure>", [("cap", "Bild 1")], id="figure"
    ),
    pytest.param("<pre><code>a  = 1\n\nb</code></pre>", [("code", "a  = 1\n\nb")], id="code"),
    pytest.param("<pre>a;b\n1;2</pre>", [("code", "a;b\n1;2")], id="figures set in columns"),
    pytest.param(
        "<pre>Staden ska växa i takt med att det byggs\nfler bostäder och skolor i alla delar av den.\n\n"
        "Det är ett mål för hela perioden.</pre>",
        [
            ("p", "Staden ska växa i takt med att det byggs\nfler bostäder och skolor i alla delar av den."),
            ("p", "Det är ett mål för hela perioden."),
        ],
        id="prose set as code (the city shall grow)",
    ),
    pytest.param(
        "<p>Mål<sup><a href='#fn3'>3</a></sup> nås.</p><aside role=doc-footnote>Se bilagan.</aside>",
        [("p", "Mål[3] nås."), ("fn", "Se bilagan.")],
        id="footnote by role",
    ),
    pytest.param(
        "<p>Mål<a href='#_ftn1'>[1]</a></p><div id=ftn1><p>[1] Se <b>bilagan</b>.</p></div>",
        [("p", "Mål[1]"), ("fn", "[1] Se bilagan.")],
        id="footnote from Word",
    ),
    pytest.param(
        "<p>Mål</p><ol class=fotnoter><li id=fn1>Ett <a href='#r' role=doc-backlink>↩</a><li>Två</ol>",
        [("p", "Mål"), ("fn", "Ett"), ("fn", "Två")],
        id="footnotes by name",
    ),
    pytest.param(
        "<p>9 km<sup>2</sup>, 10<sup>-3</sup>, 1<sup>a</sup>, CO<sub>2</sub></p>",
        [("p", "9 km², 10⁻³, 1a, CO2")],
        id="high and low",
    ),
    pytest.param(
        "<p>Se <a href='#s2'>2</a> och <a href='/3'>3</a></p>", [("p", "Se 2 och 3")], id="links are no footnotes"
    ),
    pytest.param("<p>a</p></body></html><p>b</p>", [("p", "a"), ("p", "b")], id="words after the end"),
    pytest.param("<p>a</p><!-- <p>b</p> --><script>c</script><style>d</style>", [("p", "a")], id="no words at all"),
    pytest.param("<p>a</p", [("p", "a")], id="cut short"),
    pytest.param("<p>&aring;&#xE4;&#246; &okänd; & <3", [("p", "åäö &okänd; & <3")], id="entities"),
    pytest.param("<o:p>x</o:p><min-flik><p>Mål</p></min-flik>", [("p", "x"), ("p", "Mål")], id="unknown elements"),
]


@pytest.mark.parametrize(("markup", "expected"), BLOCKS)
def test_blocks(markup: str, expected: list[tuple[str, str]]) -> None:
    assert rows(body(markup)) == expected


def test_a_number_that_word_writes_is_that_of_the_item() -> None:
    mark = '<p style="mso-list:l1 level1 lfo2"><span style="mso-list:Ignore">{}<span> &nbsp; </span></span>växa</p>'
    numbers = [body(mark.format(sign)).blocks[0].number for sign in ("2.", "(a)", "iv)", "2.1.", "o", "§", "•")]
    assert numbers == ["2", "a", "iv", "2.1", None, None, None]
    assert body(mark.format("2.")).text == body(mark.format("o")).text == "växa"


def cells(markup: str) -> list[tuple[str, Cell | None]]:
    content = body(markup)
    return [(block.span.quote(content.text), block.cell) for block in content.blocks]


TABLES = [
    pytest.param(
        "<table><caption>Mått</caption><thead><tr><td>År<th>Mål</thead><tr><th>2024<td>7 %</table>",
        [
            ("Mått", None),
            ("År", Cell(0, 0, 0, True)),
            ("Mål", Cell(0, 0, 1, True)),
            ("2024", Cell(0, 1, 0, True)),
            ("7 %", Cell(0, 1, 1)),
        ],
        id="heads (measures)",
    ),
    pytest.param(
        "<table><tr><th rowspan=2>A<th colspan=2>B<tr><th>C<th>D<tr><td>1<td><td>3</table>",
        [
            ("A", Cell(0, 0, 0, True, rows=2)),
            ("B", Cell(0, 0, 1, True, columns=2)),
            ("C", Cell(0, 1, 1, True)),
            ("D", Cell(0, 1, 2, True)),
            ("1", Cell(0, 2, 0)),
            ("3", Cell(0, 2, 2)),
        ],
        id="spans, and an empty cell",
    ),
    pytest.param(
        "<table><tr><td rowspan=9>a<td>b<tr><td rowspan=0>c<td colspan=x>d</table>",
        [
            ("a", Cell(0, 0, 0, rows=2)),
            ("b", Cell(0, 0, 1)),
            ("c", Cell(0, 1, 1)),
            ("d", Cell(0, 1, 2)),
        ],
        id="spans that are too large, or none",
    ),
    pytest.param(
        "<table><tr><td>a<td><p>ett</p><ul><li>två</ul><tr><td>b<td>–</table><table><tr><th>x<td>y</table>",
        [
            ("a", Cell(0, 0, 0)),
            ("ett\ntvå", Cell(0, 0, 1)),
            ("b", Cell(0, 1, 0)),
            ("–", Cell(0, 1, 1)),
            ("x", Cell(1, 0, 0, True)),
            ("y", Cell(1, 0, 1)),
        ],
        id="paragraphs in a cell, and two tables",
    ),
    pytest.param("<table><tr><td><p>ett<p>två</table>", [("ett", None), ("två", None)], id="a frame of one cell"),
    pytest.param("<table><tr><td>ett<td>två</table>", [("ett", None), ("två", None)], id="columns of a page"),
    pytest.param(
        "<table><tr><td>meny<td><h1>Plan</h1><tr><td>x<td><table><tr><td>a<td>b<tr><td>1<td>2</table></table>",
        [
            ("meny", None),
            ("Plan", None),
            ("x", None),
            ("a", Cell(0, 0, 0)),
            ("b", Cell(0, 0, 1)),
            ("1", Cell(0, 1, 0)),
            ("2", Cell(0, 1, 1)),
        ],
        id="a table in a page laid out as a table",
    ),
    pytest.param(
        "<table role=presentation><tr><td>a<td>b<tr><td>c<td>d</table>",
        [(name, None) for name in "abcd"],
        id="a table that says it is none",
    ),
]


@pytest.mark.parametrize(("markup", "expected"), TABLES)
def test_tables(markup: str, expected: list[tuple[str, Cell | None]]) -> None:
    assert cells(markup) == expected


def test_how_blocks_stand_apart() -> None:
    content = body("<h1>Mål</h1><p>Vi ska<ul><li>växa<li>gro</ul><table><tr><th>a<th>b<tr><td>1<td>2</table>")
    assert re.split(r"\w+", content.text) == ["", "\n\n", " ", "\n\n", "\n\n", "\n\n", " | ", "\n", " | ", ""]
    assert content.built


TEXT = "<main><h1>Klimatplan</h1><p>Utsläppen ska halveras till 2030, och alla nämnder bidrar.</p>"
ASIDES = [
    pytest.param("<nav><a href=/>Hem</a><a href=/o>Om oss</a></nav>", [("navigation", "Hem Om oss")], id="nav"),
    pytest.param("<div role=navigation><ul><li>Hem<li>Kontakt</ul></div>", [("navigation", "Hem Kontakt")], id="role"),
    pytest.param(
        "<nav><h2>Innehåll</h2><ol><li><a href='#m'>Mål</a></ol></nav>", [("contents", "Innehåll Mål")], id="contents"
    ),
    pytest.param(
        "<div class='x-breadcrumbs'>Du är här: <a href=/>Start</a> / Plan</div>",
        [("navigation", "Du är här: Start / Plan")],
        id="crumbs (you are here)",
    ),
    pytest.param(
        "<div class=deladet><ul class='c-share'><li><a href=f>Facebook</a><li><a href=l>LinkedIn</a></ul></div>",
        [("navigation", "Facebook LinkedIn")],
        id="share",
    ),
    pytest.param("<form role=search><label>Sök<input></label></form>", [("navigation", "Sök")], id="search"),
    pytest.param("<p><a href='#t'>Till toppen</a></p>", [("navigation", "Till toppen")], id="stock (to the top)"),
    pytest.param("<button>Skriv ut</button>", [("navigation", "Skriv ut")], id="a button (print)"),
    pytest.param(
        "<div><h2>Läs också</h2><ul><li><a href=m>Miljöprogrammet</a></ul></div>",
        [("navigation", "Läs också Miljöprogrammet")],
        id="related (read also)",
    ),
    pytest.param(
        "<div class=q7><p>Vi använder kakor på sidan.</p><div><button>Acceptera alla</button></div></div>",
        [("banner", "Vi använder kakor på sidan. Acceptera alla")],
        id="consent without a name",
    ),
    pytest.param(
        "<div id=CookieBar>Vi följer dig. <a href=k>Läs mer</a></div>",
        [("banner", "Vi följer dig. Läs mer")],
        id="consent by name",
    ),
    pytest.param(
        "<div role=dialog>Få vårt nyhetsbrev!</div>", [("banner", "Få vårt nyhetsbrev!")], id="dialog (newsletter)"
    ),
    pytest.param("<p hidden>utkast</p>", [("hidden", "utkast")], id="hidden (draft)"),
    pytest.param("<p style='color:red; DISPLAY : none'>utkast</p>", [("hidden", "utkast")], id="not displayed"),
    pytest.param("<div style='visibility:hidden'><p>a</p>b</div>", [("hidden", "a b")], id="not visible"),
    pytest.param("<p>Mer <i aria-hidden=true>arrow_forward</i></p>", [("hidden", "arrow_forward")], id="decoration"),
    pytest.param("<p>Mer <span class=sr-only>Extern länk</span></p>", [("hidden", "Extern länk")], id="read aloud"),
    pytest.param("<noscript>Slå på <b>skript</b></noscript>", [("hidden", "Slå på skript")], id="noscript"),
    pytest.param("<svg><title>x</title><text>71</text></svg>", [("hidden", "71")], id="drawing"),
    pytest.param("<nav> <a href=/> </a>–</nav><p hidden></p>", [], id="nothing to note"),
]


@pytest.mark.parametrize(("markup", "expected"), ASIDES)
def test_asides(markup: str, expected: list[tuple[str, str]]) -> None:
    content = body(f"{TEXT}{markup}</main>")
    assert [(aside.kind, aside.text) for aside in content.asides] == expected
    assert all(text not in content.text for _, text in expected)
    assert content.text.startswith("Klimatplan\n\nUtsläppen ska halveras")


KEPT = [
    pytest.param("<header><h2>Mål</h2><p>för 2030</p></header>", "Mål\n\nför 2030", id="header of a part"),
    pytest.param("<footer><p>Uppdaterad i maj</p></footer>", "Uppdaterad i maj", id="footer of a text"),
    pytest.param("<aside><h3>Fakta</h3><p>Svinn är mat som slängs.</p></aside>", "Fakta\n\nSvinn", id="box (waste)"),
    pytest.param("<p hidden=until-found>fler mål</p>", "fler mål", id="hidden until found"),
    pytest.param(
        "<button aria-expanded=false aria-controls=p1>Trafik</button><div id=p1 hidden><p>Bussar</p></div>",
        "Trafik\n\nBussar",
        id="a closed panel",
    ),
    pytest.param(
        "<h3 role=button aria-expanded=false>Trafik</h3><div style='display:none'>Bussar</div>",
        "Trafik\n\nBussar",
        id="a closed panel that only stands below",
    ),
    pytest.param("<div role=tabpanel hidden>Utfall</div>", "Utfall", id="a tab"),
    pytest.param("<p>Välj <a href=d>Dela</a> i menyn.</p>", "Välj Dela i menyn.", id="stock words in running text"),
    pytest.param("<table><tr><th>Sök<td>Ja<tr><th>Dela<td>Nej</table>", "Sök | Ja\nDela | Nej", id="in a table"),
    pytest.param("<p><a href=p>Hela planen (pdf)</a></p>", "Hela planen (pdf)", id="a link to the plan"),
    pytest.param("<p>Kommunen använder kakor på fikat.</p>", "använder kakor på fikat", id="cakes, not cookies"),
]


@pytest.mark.parametrize(("markup", "words"), KEPT)
def test_kept(markup: str, words: str) -> None:
    content = body(f"{TEXT}{markup}</main>")
    assert words in content.text
    assert not content.asides


def test_what_stands_outside_of_main_is_set_aside_by_where_it_stands() -> None:
    content = body(f"Lös text <div>Stadens webb</div>{TEXT}</main><div><p>Växel 09</p> <p>Box 1</p></div>slut")
    assert [(aside.kind, aside.text) for aside in content.asides] == [
        ("header", "Lös text"),
        ("header", "Stadens webb"),
        ("footer", "Växel 09 Box 1"),
        ("footer", "slut"),
    ]
    assert content.text.startswith("Klimatplan")


def test_a_title_above_main_is_text() -> None:
    content = body(
        "<header><a href=/>Staden</a></header><div class=hero><h1>Klimatplan</h1><p>Så når vi målen.</p></div>"
        "<main><p>Utsläppen ska halveras till 2030.</p></main><footer>Växel 09</footer>"
    )
    assert content.text == "Klimatplan\n\nSå når vi målen.\n\nUtsläppen ska halveras till 2030."
    assert [aside.kind for aside in content.asides] == ["header", "footer"]


def test_a_main_that_holds_next_to_nothing_is_not_trusted() -> None:
    content = body(
        "<main><p>Laddar</p></main><div><h1>Plan</h1><p>Staden ska bygga nio nya skolor till 2030.</p></div>"
    )
    assert "nio nya skolor" in content.text


@pytest.mark.parametrize(
    ("head", "markup", "title"),
    [
        ("<title> Klimatplan \n | Helsingfors stad</title>", "<h1>Klimatplan</h1>", "Klimatplan"),
        ("<title>Sök | Helsingfors stad</title>", "<h1>Klimatplan</h1>", "Sök | Helsingfors stad"),
        ("<title>Plan</title>", "<h2>Mål</h2>", "Plan"),
        ("<title></title>", "<h2>Ingress</h2><h1>Klimat&shy;plan<br>2030</h1>", "Klimatplan 2030"),
        ("", "<p>ord</p>", None),
        ("", "<svg><title>Pil</title></svg><p>ord</p>", None),
    ],
    ids=["site's name", "another title", "no heading", "no title", "neither", "a drawing's title"],
)
def test_title(head: str, markup: str, title: str | None) -> None:
    assert read(f"<html><head>{head}</head><body>{markup}".encode()).title == title


META = '<meta http-equiv="Content-Type" content="text/html; charset={}"><p>Mål – 5 €</p>'


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        pytest.param(META.format("utf-8").encode(), [], id="utf-8"),
        pytest.param(META.format("windows-1252").encode("cp1252"), [], id="cp1252"),
        pytest.param(META.format("ISO-8859-1").encode("cp1252"), [], id="latin-1 is cp1252"),
        pytest.param(META.format("macintosh").encode("mac_roman"), [], id="mac"),
        pytest.param(META.format("iso-8859-1").encode(), [], id="says latin-1, is utf-8"),
        pytest.param(META.format("utf-16").encode(), [], id="says utf-16, is utf-8"),
        pytest.param(META.format("utf-8").encode("cp1252"), ["encoding"], id="says utf-8, is cp1252"),
        pytest.param(META.format("rot13").encode("cp1252"), ["encoding"], id="says what is no encoding"),
        pytest.param(META.format("iso-8859-99").encode("cp1252"), ["encoding"], id="says what there is not"),
        pytest.param("<p>Mål – 5 €".encode("cp1252"), ["encoding"], id="says nothing"),
        pytest.param("<meta charset=iso-8859-1><p>Mål – 5 €".encode("utf-16"), [], id="utf-16 with a mark"),
        pytest.param(b"\xef\xbb\xbf" + "<p>Mål – 5 €".encode(), [], id="utf-8 with a mark"),
        pytest.param('<?xml version="1.0" encoding="windows-1252"?><p>Mål – 5 €'.encode("cp1252"), [], id="as xml"),
    ],
)
def test_encodings(data: bytes, codes: list[str]) -> None:
    content = read(data)
    assert content.text == "Mål – 5 €"
    assert [problem.code for problem in content.problems] == codes


def test_bytes_that_the_encoding_does_not_know_are_noted() -> None:
    content = read(b"<meta charset=windows-1252><p>M\xe5l \x81</p>")
    assert content.text == "Mål \ufffd"
    assert [problem.code for problem in content.problems] == ["encoding"]


def tokens(lines: list[str]) -> Counter[str]:
    return Counter(word for line in lines for word in re.findall(r"\w+", line))


def expected(page: Path) -> list[tuple[str, str]]:
    lines = page.with_suffix(".txt").read_text("utf-8").splitlines()
    return [(kind, words) for kind, _, words in (line.partition("\t") for line in lines)]


def found(page: Path) -> list[tuple[str, str]]:
    return [(kind, " ".join(words.split())) for kind, words in rows(read(page.read_bytes()))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages(page: Path) -> None:
    gold, ours = expected(page), found(page)
    gold_words, our_words = tokens([words for _, words in gold]), tokens([words for _, words in ours])
    hits = (gold_words & our_words).total()
    assert hits >= 0.995 * gold_words.total()
    assert hits >= 0.95 * our_words.total()
    assert [row for row in ours if row[0][0] == "h"] == [row for row in gold if row[0][0] == "h"]
    assert (Counter(gold) & Counter(ours)).total() >= 0.95 * len(gold)


def test_pages_together() -> None:
    gold = tokens([words for page in PAGES for _, words in expected(page)])
    ours = tokens([words for page in PAGES for _, words in found(page)])
    hits = (gold & ours).total()
    assert hits >= 0.998 * gold.total()
    assert hits >= 0.99 * ours.total()


NAMES = [
    "",
    " class=menu",
    " class=cookie-bar",
    " id=footer",
    " class='c-share x'",
    " hidden",
    " role=dialog",
    " role=main",
    " aria-hidden=true",
    " style='display:none'",
    " class=footnote",
    " id=fn1",
    " rowspan=2 colspan=3",
    " href='#fn1'",
    " aria-controls=p1",
    " id=p1",
    " class=sr-only",
    " role=heading",
    " class=article-header",
    " style='mso-list:Ignore'",
    " class=MsoTitle",
    " class=MsoToc1",
    " class=MsoListBullet",
    " class=MsoNormal style='text-indent:-18pt'",
]
TAGS = (
    "a article aside b blockquote button caption center code dd details div dl dt em figcaption figure font footer form"
    " h1 h2 h3 header label li main nav noscript ol p pre section span sub summary sup svg table tbody td th thead time"
    " tr ul x-flik"
)
pieces = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS.split()), st.sampled_from(NAMES)),
    st.builds("</{}>".format, st.sampled_from(TAGS.split())),
    st.sampled_from(
        [
            "ord@",
            "ord@ ",
            " ord@.",
            "<br>",
            "\n",
            "&nbsp;",
            "–",
            "<img alt=x>",
            "<hr>",
            "<!-- x -->",
            "&shy;",
            "e&#769;",
            "\t",
            "7",
        ]
    ),
)
pages = st.lists(pieces, max_size=60).map("".join)


def numbered(markup: str) -> str:
    """Every word another one."""
    parts = markup.split("@")
    return "".join(f"{part}{at}q" for at, part in enumerate(parts[:-1])) + parts[-1]


def check(content: Content) -> None:
    before = 0
    for block in content.blocks:
        quote = block.span.quote(content.text)
        assert before <= block.span.start < block.span.end <= len(content.text)
        assert quote == quote.strip() != ""
        assert (block.cell is not None) == (block.kind == "cell")
        assert (block.level > 0) == (block.kind in ("heading", "item"))
        before = block.span.end
    assert unicodedata.is_normalized("NFC", content.text)
    assert not set("\u00ad\u200b\ufeff\r") & set(content.text)
    gaps = [content.text[one.span.end : other.span.start] for one, other in pairwise(content.blocks)]
    assert set(gaps) <= {"\n\n", "\n", " | "}
    assert all(aside.text == " ".join(aside.text.split()) != "" for aside in content.asides)


@settings(max_examples=400, deadline=None)
@given(pages)
def test_every_word_is_read_or_set_aside_once(markup: str) -> None:
    content = read(f"<!doctype html><body>{numbered(markup)}".encode())
    check(content)
    everything = content.text + " ".join(aside.text for aside in content.asides)
    assert Counter(re.findall(r"ord\d+q", everything)) == Counter(re.findall(r"ord\d+q", numbered(markup)))


@settings(max_examples=200, deadline=None)
@given(pages)
def test_every_word_of_the_text_stands_in_one_sentence(markup: str) -> None:
    content = read(f"<!doctype html><body>{numbered(markup)}".encode())
    source = Source("", "", content.text, "text/html", "", blocks=content.blocks, built=True)
    text = content.text
    rest, at = [], 0
    for start, end in sorted(
        [sentence.span for sentence in outline(source).sentences]
        + [block.span for block in content.blocks if block.kind == "code"]
    ):
        assert at <= start < end
        rest.append(text[at:start])
        at = end
    left = re.sub(r"\[\d{1,3}\]", "", "\n".join([*rest, text[at:]]))
    assert set("".join(left.split())) <= DRAWING


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))))
def test_anything_at_all_is_read_or_refused(data: bytes) -> None:
    try:
        check(read(data))
    except UnreadableError as error:
        assert error.code == "binary"


@pytest.mark.parametrize(
    "markup",
    ["", " \n", "<!doctype html>", "<html></html>", "<!-- bara en kommentar", "<p></p>", "<script>x</script>"],
    ids=["nothing", "blank", "doctype", "no body", "comment", "no words", "script"],
)
def test_no_text(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(markup.encode()).text == ""
    monkeypatch.setitem(READERS, "text/html", Reader("malbild.read.html:read", (".html",)))
    with pytest.raises(ReadError) as caught:
        read_bytes(markup.encode(), "tom.html")
    assert caught.value.code == "empty"


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "nav", "x-flik"])
def test_what_is_nested_too_deep_is_noted_and_the_rest_is_read(tag: str) -> None:
    content = read(f"<p>före</p>{f'<{tag}>' * 100_000}ord".encode())
    assert content.text.startswith("före")
    assert [problem.code for problem in content.problems] == ["damaged"]


@pytest.mark.parametrize(
    "unit",
    [
        "<p>ord",
        "<br>",
        "&nbsp;",
        "<li>ord",
        "<a href='#fn1'>1</a>",
        "<p class=MsoToc1>x",
        "<p>Innehåll<p><p>",
        "<p class=MsoListBullet>&nbsp;",
        "<p class=MsoListBullet>1.&nbsp;",
        "<tr><td rowspan=999 colspan=999>x<td>y",
        "</b>",
        "<",
        "&",
        "<p title='",
        "<button>Godkänn</button>Vi använder kakor ",
        "<div hidden>x</div>",
        f"{'<div>' * 1500}ord{'</div>' * 1500}",
        f"{'<sup>1' * 1500}{'</sup>' * 1500}",
        f"{'<form><a>x' * 700}{'</a></form>' * 700}",
        f"{'<pre>x' * 1500}{'</pre>' * 1500}",
    ],
    ids=lambda unit: unit[:24],
)
def test_time_grows_with_length_and_no_faster(unit: str) -> None:
    def took(size: int) -> float:
        data = ("<table>" * unit.startswith("<tr>") + unit * (size // len(unit) + 1)).encode()
        began = time.process_time()
        read(data)
        return time.process_time() - began

    took(1000)
    short, long = took(20_000), took(200_000)
    assert long < 40 * short + 1  # ten times the page: quadratic time would be a hundred times


def test_a_huge_attribute_and_a_huge_text() -> None:
    content = read(
        f"<p class='{'a ' * 3_000_000}' style='{'display ' * 500_000}'>{'ord ' * 300_000}</p><p>slut".encode()
    )
    assert content.text.endswith("ord\n\nslut")


def test_nothing_outside_of_the_page_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "hemlig.txt"
    secret.write_text("hemligt")
    url = secret.as_uri()
    content = read(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{url}">]><base href="{url}"><link rel=import href="{url}"><p>a &x; b</p>'
        f'<iframe src="{url}"></iframe><object data="{url}"></object><xi:include href="{url}" parse="text"/>'.encode()
    )
    assert "hemligt" not in content.text + "".join(aside.text for aside in content.asides)
    assert "a &x; b" in content.text
