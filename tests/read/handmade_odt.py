"""OpenDocument texts written by hand: Swedish styles and lists, and the elements of text, tables and notes."""

import io
import zipfile

_NAMES = {"office", "text", "table", "style", "meta"}
XMLNS = " ".join(
    [
        *(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in sorted(_NAMES)),
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"',
        'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"',
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
    ]
)
MIME = "application/vnd.oasis.opendocument.text"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def style(
    name: str, letters: str = "", parent: str = "", more: str = "", inner: str = "", family: str = "paragraph"
) -> str:
    above = f'style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}" {above} {more}>{inner}'
        f"<style:text-properties {letters}/></style:style>"
    )


COMMON = "".join(
    [
        style("", 'fo:font-size="12pt"').replace("style:style", "style:default-style"),
        style("Standard"),
        style("Heading", 'fo:font-size="14pt"', "Standard"),
        style("Heading_20_1", 'fo:font-size="150%"', "Heading", 'style:default-outline-level="1"'),
        style("Heading_20_2", 'fo:font-size="120%"', "Heading", 'style:default-outline-level="2"'),
        style("Title", 'fo:font-size="28pt"', "Heading"),
        style("Subtitle", 'fo:font-size="18pt"', "Heading"),
        style("Citat", 'fo:font-size="18pt"', "Standard"),
        style("Caption", 'fo:font-style="italic"', "Standard"),
        style("Illustration", "", "Caption"),
        style("Contents_20_1", "", "Standard"),
        style("Table_20_Heading", 'fo:font-weight="bold"', "Standard"),
        style("List_20_Bullet_20_2", "", "Standard"),
        style("Egen_20_rubrik", "", "Heading_20_2", 'style:default-outline-level="3"'),
        style("Avstängd", "", "Heading_20_2", 'style:default-outline-level=""'),
    ]
)


def level(
    at: int, form: str, after: str = ".", before: str = "", levels: int = 1, tag: str = "list-level-style-number"
) -> str:
    return (
        f'<text:{tag} text:level="{at}" style:num-format="{form}" style:num-prefix="{before}"'
        f' style:num-suffix="{after}" text:display-levels="{levels}"/>'
    )


OUTLINE = "".join(
    [
        "<text:outline-style>",
        level(1, "1", "", tag="outline-level-style"),
        level(2, "1", ".", levels=2, tag="outline-level-style"),
        level(3, "", tag="outline-level-style"),
        "</text:outline-style>",
    ]
)


def list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


OWN = "".join(
    [
        style("Fet", 'fo:font-weight="bold"', "Standard"),
        style("Stor", 'fo:font-size="18pt"', "Standard"),
        style("Indrag", "", "Standard", inner='<style:paragraph-properties fo:margin-left="1cm"/>'),
        style("Dold", 'text:display="none"', "Standard"),
        style("dold", 'text:display="none"', family="text"),
        style("fet", 'fo:font-weight="bold"', family="text"),
        list_style(
            "Punkter", '<text:list-level-style-bullet text:level="1"/><text:list-level-style-bullet text:level="2"/>'
        ),
        list_style("Tal", level(1, "1"), level(2, "a", ")"), level(3, "i", ")", "(")),
        list_style("Mål", level(1, "1", ":", "Mål "), level(2, "1", " –", "Delmål ", 2)),
        list_style("Inga", level(1, "", "")),
    ]
)
PAGES = (
    '<style:master-page style:name="Standard"><style:header><text:p>Umeå kommun</text:p></style:header>'
    '<style:header-left style:display="false"><text:p>Visas inte</text:p></style:header-left>'
    "<style:footer><text:p>Sida <text:page-number>1</text:page-number></text:p></style:footer></style:master-page>"
)


def odt(body: str, swap: dict[str, bytes | None] | None = None, pages: str = "", title: str = "") -> bytes:
    """An ODT of hand-written XML; ``swap`` replaces members, or leaves them out."""
    members: dict[str, str | bytes | None] = {
        "mimetype": MIME,
        "content.xml": (
            f"<office:document-content {XMLNS}><office:automatic-styles>{OWN}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        ),
        "styles.xml": (
            f"<office:document-styles {XMLNS}><office:styles>{COMMON}{OUTLINE}</office:styles>"
            f"<office:master-styles>{pages}</office:master-styles></office:document-styles>"
        ),
        "meta.xml": (
            f"<office:document-meta {XMLNS}><office:meta><dc:title>{title}</dc:title></office:meta>"
            "</office:document-meta>"
        ),
        "META-INF/manifest.xml": (
            f'<manifest:manifest xmlns:manifest="{MANIFEST}"><manifest:file-entry manifest:full-path="content.xml"'
            ' manifest:media-type="text/xml"/></manifest:manifest>'
        ),
    }
    members |= swap or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if data is not None:
                archive.writestr(name, data)
    return out.getvalue()


def h(text: str, level_: int = 1, name: str = "", more: str = "") -> str:
    named = name or f"Heading_20_{level_}"
    return f'<text:h text:style-name="{named}" text:outline-level="{level_}" {more}>{text}</text:h>'


def p(text: str, name: str = "Standard") -> str:
    return f'<text:p text:style-name="{name}">{text}</text:p>'


def item(*inner: str, more: str = "") -> str:
    return f"<text:list-item {more}>{''.join(one if one.startswith('<') else p(one) for one in inner)}</text:list-item>"


def listed(*items: str, name: str = "", more: str = "") -> str:
    named = f'text:style-name="{name}"' if name else ""
    return (
        f"<text:list {named} {more}>{''.join(one if one.startswith('<') else item(one) for one in items)}</text:list>"
    )


def tc(inner: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{inner if inner.startswith('<') else p(inner)}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"


def tr(*cells: str) -> str:
    return f"<table:table-row>{''.join(c if c.startswith('<table') else tc(c) for c in cells)}</table:table-row>"


def tbl(*rows: str) -> str:
    return f"<table:table><table:table-column/>{''.join(rows)}</table:table>"


def note(text: str, kind: str = "footnote") -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p(text)}</text:note-body></text:note>"
    )


def box(inner: str) -> str:
    return f"<draw:frame>\n <svg:title>Ruta</svg:title><draw:text-box>\n {inner}</draw:text-box></draw:frame>"


BODY = p("Staden ska minska utsläppen med hälften till 2030.")  # the city is to halve its emissions by 2030
