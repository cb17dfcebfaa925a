"""HTML, Markdown and plain text files of the reading set: one text, the pages that sites and programs make of it."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from reading_pdf import Log
from reading_texts import CALL, Element

Calls = Callable[[str], str]


def _linked(number: str) -> str:
    return f'<sup id="fnref{number}"><a href="#fn{number}">{number}</a></sup>'


def body(elements: Sequence[Element], called: Calls = _linked) -> str:
    """The text as plain HTML: headings, paragraphs, nested lists, tables with heads, captions, footnotes."""
    made: list[str] = []
    for kind, group in groupby(elements, key=_group):
        members = list(group)
        if kind == "items":
            made += _lists(members, called)
        elif kind == "table":
            made += _table(members)
        elif kind == "notes":
            notes = "".join(f'<li id="fn{note.number}">{html.escape(note.text)}</li>\n' for note in members)
            made.append(f'<section class="fotnoter"><ol>\n{notes}</ol></section>')
        else:
            made += [_plain(element, called) for element in members]
    return "\n".join(made)


def _group(element: Element) -> object:
    if element.kind == "item":
        return "items"
    if element.kind == "cell":
        return "table"
    return "notes" if element.kind == "footnote" else "plain"


def _words(drawn: str, called: Calls) -> str:
    return "".join(
        called(piece) if n % 2 else html.escape(piece, quote=False) for n, piece in enumerate(CALL.split(drawn))
    )


def _plain(element: Element, called: Calls) -> str:
    words = _words(element.drawn, called)
    if element.kind == "heading":
        number = f"{element.number} " if element.number else ""
        return f"<h{element.level}>{number}{words}</h{element.level}>"
    if element.kind == "caption" and element.text.startswith("Figur"):
        return f'<figure><img src="diagram.png" alt=""><figcaption>{words}</figcaption></figure>'
    if element.kind == "caption":
        return f'<p class="bildtext">{words}</p>'
    if element.quote:
        return f"<blockquote><p>{words}</p></blockquote>"
    return f"<p>{words}</p>"


def _lists(items: Sequence[Element], called: Calls) -> Iterator[str]:
    open_: list[str] = []
    for item in items:
        kind = "ol" if item.number else "ul"
        while len(open_) > item.level:
            yield f"</li></{open_.pop()}>"
        if len(open_) == item.level:
            yield "</li>"
        else:
            open_.append(kind)
            yield f"<{kind}>"
        yield f"<li>{_words(item.drawn, called)}"
    while open_:
        yield f"</li></{open_.pop()}>"


def _table(cells: Sequence[Element]) -> Iterator[str]:
    yield "<table>"
    for row, group in groupby(cells, key=lambda cell: cell.row):
        tag = "th" if row == 0 else "td"
        inner = "".join(f"<{tag}>{html.escape(cell.text)}</{tag}>" for cell in group)
        yield f"<thead><tr>{inner}</tr></thead><tbody>" if row == 0 else f"<tr>{inner}</tr>"
    yield "</tbody></table>"


# A municipality's site

NAVIGATION = ("Barn och utbildning", "Bygga, bo och miljö", "Kommun och politik", "Omsorg och stöd", "Uppleva och göra")
COOKIES = "Vi använder kakor för att webbplatsen ska fungera så bra som möjligt. Läs mer om hur vi hanterar kakor."
CONTACT = "Telefon: 0650-190 00, öppet vardagar 8–16.30. Besöksadress: Trädgårdsgatan 4."
RELATED = ("Så arbetar vi med energirådgivning", "Ansök om laddplats i din bostadsrättsförening")
NARROW = "Din webbläsare är för gammal för att visa sidan på rätt sätt."
UNSEEN = "Den här texten är dold och ska bara läsas av redaktören."
MENU = ("Startsida", "Nyheter", "Lediga jobb", "Kontakta oss", "Lyssna", "Other languages")
SHARE = "Dela sidan på Facebook eller skriv ut den"
UPDATED = "Sidan senast uppdaterad av kommunikationsenheten den 14 januari 2025"


def site(elements: Sequence[Element]) -> tuple[str, Log]:
    """A page with its landmarks: header, nav, main, aside, footer, and a banner for cookies."""
    log = Log()
    for kind, texts in (("navigation", (*NAVIGATION, *RELATED, SHARE)), ("banner", (COOKIES,)), ("hidden", (UNSEEN,))):
        for text in texts:
            log.aside(kind, text, 0)
    for text in (CONTACT, UPDATED):
        log.aside("footer", text, 0)
    links = "".join(f'<li><a href="/{n}">{text}</a></li>' for n, text in enumerate(NAVIGATION))
    related = "".join(f'<li><a href="/r{n}">{text}</a></li>' for n, text in enumerate(RELATED))
    title = html.escape(elements[0].text)
    page = f"""<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title} | Hudiksvalls kommun</title>
<meta name="description" content="{title}">
<style>.dold {{ display: none }} h1 {{ color: #036 }}</style>
<script>window.dataLayer = window.dataLayer || []; var text = "<p>Ska inte läsas</p>";</script>
<script type="application/ld+json">{{"@type": "WebPage", "name": "{title}"}}</script>
</head>
<body class="sv-template">
<noscript>Webbplatsen kräver javascript.</noscript>
<a class="skip-link" href="#innehall">Till innehållet</a>
<div id="cookie-banner" class="cookie-consent" role="dialog" aria-label="Kakor"><p>{COOKIES}</p>
<button>Godkänn alla</button> <button>Endast nödvändiga</button></div>
<header role="banner"><a href="/"><img src="/logotyp.svg" alt="Hudiksvalls kommun"></a>
<form role="search"><label for="sok">Sök på webbplatsen</label><input id="sok" type="search"><button>Sök</button></form>
</header>
<nav aria-label="Huvudmeny"><ul>{links}</ul></nav>
<nav aria-label="Brödsmulor" class="breadcrumb"><ol><li><a href="/">Start</a></li><li>Kommun och politik</li></ol></nav>
<main id="innehall">
<article>
{body(elements)}
<p style="display:none">{UNSEEN}</p>
</article>
<div class="share-buttons"><p>{SHARE}</p></div>
</main>
<aside><h2>Relaterad information</h2><ul>{related}</ul></aside>
<footer><h2>Kontakt</h2><p>{CONTACT}</p><p>{UPDATED}</p></footer>
</body>
</html>
"""
    return page, log


def without_landmarks(elements: Sequence[Element]) -> tuple[str, Log]:
    """A page of an older system: everything is a div, named by its class alone."""
    log = Log()
    for kind, texts in (("navigation", MENU), ("banner", (COOKIES,)), ("footer", (CONTACT,))):
        for text in texts:
            log.aside(kind, text, 0)
    menu = "\n".join(
        f'<div class="item"><a href="/{n}.html"><span>{text}</span></a></div>' for n, text in enumerate(MENU)
    )
    inner = body(elements).replace("<p>", '<p class="normal">').replace("<table>", '<table class="sv-responsive">')
    page = f"""<html>
<head><title>{html.escape(elements[0].text)}</title>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head>
<body>
<div class="pagewrap">
<div class="top-menu" id="menu">
{menu}
</div>
<div class="cookiebar">{COOKIES} <a href="#">OK</a></div>
<div class="content"><div class="text-portlet"><div class="decoration">
{inner}
</div></div></div>
<div class="footer"><div class="column">{CONTACT}</div></div>
</div>
</body>
</html>
"""
    return page, log


def plain(elements: Sequence[Element]) -> tuple[bytes, Log]:
    """A page with nothing beside the text, in ISO 8859-1, its letters as entities in places."""
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">\n'
        f"<title>{html.escape(elements[0].text)}</title></head><body>\n{body(elements)}\n</body></html>\n"
    )
    page = page.replace("–", "&#8211;").replace("ä", "&auml;", 40).replace("§", "&sect;")
    return page.encode("iso-8859-1"), Log()


def by_word(elements: Sequence[Element]) -> tuple[bytes, Log]:
    """A page that Word has saved: lists that are paragraphs, footnotes, conditional comments, Windows 1252."""

    def called(number: str) -> str:
        return (
            f'<a style=\'mso-footnote-id:ftn{number}\' href="#_ftn{number}" name="_ftnref{number}" title="">'
            f"<span class=MsoFootnoteReference><![if !supportFootnotes]>[{number}]<![endif]></span></a>"
        )

    made = []
    notes = []
    for kind, group in groupby(elements, key=_group):
        members = list(group)
        if kind == "table":
            rows = []
            for _, row in groupby(members, key=lambda cell: cell.row):
                cells = (
                    "<td width=121 valign=top style='width:90.6pt;border:solid windowtext 1.0pt'>"
                    f"<p class=MsoNormal>{html.escape(cell.text)}<o:p></o:p></p></td>"
                    for cell in row
                )
                rows.append(f"<tr>{''.join(cells)}</tr>")
            made.append("<table class=MsoTableGrid border=1>" + "\n".join(rows) + "</table>")
            continue
        for element in members:
            words = _wrapped(_words(element.drawn, called))
            if element.kind == "heading" and element.level == 1:
                made.append(f"<p class=MsoTitle>{words}<o:p></o:p></p>")
            elif element.kind == "heading":
                made.append(f"<h{element.level - 1}>{words}<o:p></o:p></h{element.level - 1}>")
            elif element.kind == "item":
                mark = f"{element.number}." if element.number else "·" if element.level == 1 else "o"
                made.append(
                    f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l{'1' if element.number else '0'} "
                    f"level{element.level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>{mark}"
                    "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]>"
                    f"{words}<o:p></o:p></p>"
                )
            elif element.kind == "footnote":
                notes.append(
                    f"<div style='mso-element:footnote' id=ftn{element.number}><p class=MsoFootnoteText>"
                    f'<a href="#_ftnref{element.number}" name="_ftn{element.number}" title="">'
                    f"<span class=MsoFootnoteReference>[{element.number}]</span></a> {words}<o:p></o:p></p></div>"
                )
            else:
                name = "MsoCaption" if element.kind == "caption" else "MsoQuote" if element.quote else "MsoNormal"
                made.append(f"<p class={name}>{words}<o:p></o:p></p>")
    page = f"""<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset=windows-1252">
<meta name=Generator content="Microsoft Word 15">
<title>{html.escape(elements[0].text)}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Kansliet</o:Author><o:Revision>14</o:Revision>
</o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-parent:""; margin:0cm; font-family:"Calibri",sans-serif;}} --></style>
</head>

<body lang=SV style='tab-interval:65.2pt'>
<div class=WordSection1>
{chr(10).join(made)}
</div>
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%">
<![endif]>
{chr(10).join(notes)}
</div>
</body>

</html>
"""
    return page.encode("cp1252"), Log()


def _wrapped(words: str) -> str:
    """Lines of about 80 letters, as Word breaks them in the file, also inside of words' tags."""
    lines, line = [], ""
    for word in words.split(" "):
        if len(line) + len(word) > 80:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


# Text


def text(elements: Sequence[Element]) -> str:
    """The text as somebody writes it in a plain editor: a row of a table a line, tabs between its cells."""
    made: list[str] = []
    before = elements[0]
    for element in elements:
        same_row = element.kind == before.kind == "cell" and (element.table, element.row) == (before.table, before.row)
        if same_row and made:
            made[-1] += f"\t{element.text}"
        else:
            if made and not (element.kind == before.kind and element.kind in ("item", "cell")):
                made.append("")
            made.append(_line(element))
        before = element
    return "\n".join(made) + "\n"


def _line(element: Element) -> str:
    if element.kind == "item":
        mark = f"{element.number}." if element.number else "-"
        return f"{'  ' * (element.level - 1)}{mark} {element.text}"
    if element.kind == "footnote":
        return f"{element.number}. {element.text}"
    return element.numbered
