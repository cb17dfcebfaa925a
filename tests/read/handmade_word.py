"""Word documents written by hand: Swedish styles and lists, and the elements of text, tables and text boxes."""

import io
import zipfile

from outcome import plain

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
}
XMLNS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
OFFICE = NAMES["r"]


def style(id_: str, name: str = "", inner: str = "", based: str = "", type_: str = "paragraph") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="{type_}" w:styleId="{id_}"><w:name w:val="{name or id_}"/>{on}{inner}</w:style>'


def listed(list_id: int, level: int | None = None) -> str:
    at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
    return f'<w:numPr>{at}<w:numId w:val="{list_id}"/></w:numPr>'


STYLES = "".join(
    [
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>',
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>',
        style("Rubrik1", "heading 1", f"<w:pPr>{listed(1)}</w:pPr><w:rPr><w:sz w:val='40'/></w:rPr>"),
        style("Rubrik2", "heading 2", f"<w:pPr>{listed(1, 1)}</w:pPr><w:rPr><w:sz w:val='32'/></w:rPr>"),
        style("Rubrik3", "heading 3", "<w:rPr><w:sz w:val='36'/></w:rPr>"),
        style("Onumrerad", "Rubrik utan nummer", f"<w:pPr>{listed(0)}</w:pPr>", based="Rubrik1"),
        style("Avdelning", "Avdelning", based="Rubrik2"),
        style("Annan", "Rubrik 2 numrerad"),
        style("Citat", "Quote", "<w:rPr><w:b/><w:i/></w:rPr>"),
        style("Delrubrik", "Min delrubrik", "<w:pPr><w:outlineLvl w:val='3'/></w:pPr>"),
        style("Brodrubrik", "Rubrik i text", f"<w:pPr>{listed(0)}<w:outlineLvl w:val='9'/></w:pPr>", based="Rubrik1"),
        style("Rubrik", "Title", "<w:rPr><w:sz w:val='56'/></w:rPr>"),
        style("Underrubrik", "Subtitle"),
        style("Beskrivning", "caption"),
        style("Innehll1", "toc 1"),
        style("Innehllsfrteckningsrubrik", "TOC Heading", "<w:pPr><w:outlineLvl w:val='9'/></w:pPr>", based="Rubrik1"),
        style("Punktlista", "List Bullet", f"<w:pPr>{listed(3)}</w:pPr>"),
        style("Punktlista2", "List Bullet 2", f"<w:pPr>{listed(6)}</w:pPr>"),
        style("Liststycke", "List Paragraph"),
        style("Dold", "Dold text", "<w:rPr><w:vanish/></w:rPr>", type_="character"),
        style("Stark", "Strong", "<w:rPr><w:b/></w:rPr>", type_="character"),
        style("Rutnat", "Table Grid", type_="table"),
        style(
            "Ljus", "Light Grid", '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>', type_="table"
        ),
    ]
)


def level(at: int, text: str, form: str = "decimal", more: str = "") -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{inner}</w:lvl>'


def abstract(id_: int, *levels: str, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{id_}">{more}{"".join(levels)}</w:abstractNum>'


def num(id_: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


NUMBERING = "".join(
    [
        abstract(
            1,
            level(0, "%1", more='<w:pStyle w:val="Rubrik1"/>'),
            level(1, "%1.%2.", more='<w:pStyle w:val="Rubrik2"/>'),
        ),
        abstract(2, level(0, "%1."), level(1, "%2)", "lowerLetter"), level(2, "(%3)", "lowerRoman")),
        abstract(3, level(0, "\uf0b7", "bullet"), level(1, "o", "bullet")),
        abstract(4, level(0, "Mål %1:"), level(1, "Delmål %1.%2 –")),
        abstract(5, level(0, "", "none")),
        abstract(6, level(0, "–", "bullet")),
        abstract(7, level(0, "%1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>")),
        abstract(8, level(0, "%1"), level(1, "%2", more='<w:lvlRestart w:val="0"/>')),
        abstract(9, level(0, "§ %1"), more='<w:styleLink w:val="Paragrafer"/>'),
        abstract(10, more='<w:numStyleLink w:val="Paragrafer"/>'),
        *(num(id_, id_) for id_ in range(1, 11)),
        num(21, 2, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride>'),
        num(22, 2),
    ]
)
PARTS = {  # the last word of the relationship's type, the root element, the last word of the content type
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "hdr",
    "footer": "ftr",
    "diagramData": "dataModel",
}


def word(body: str, swap: dict[str, bytes | None] | None = None, main: str = MAIN_TYPE, **parts: str) -> bytes:
    """A DOCX of hand-written XML; ``swap`` replaces members, or leaves them out."""
    given_parts = {"styles": STYLES, "numbering": NUMBERING, **parts}
    members: dict[str, str | bytes | None] = {}
    types, links = [], []
    for kind, inner in given_parts.items():
        prefix = "dgm" if kind == "diagramData" else "w"
        root = f"{prefix}:{PARTS[kind]}"
        members[f"word/{kind}.xml"] = f"<{root} {XMLNS}>{inner}</{root}>"
        links.append(f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{kind}.xml"/>')
        types.append(
            f'<Override PartName="/word/{kind}.xml" ContentType='
            f'"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
    members["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{"".join(types)}</Types>'
    )
    members["_rels/.rels"] = (
        f'{RELS}<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    members["word/document.xml"] = f"<w:document {XMLNS}><w:body>{body}</w:body></w:document>"
    members["word/_rels/document.xml.rels"] = f"{RELS}{''.join(links)}</Relationships>"
    members |= swap or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            if data is not None:
                archive.writestr(name, data)
    return out.getvalue()


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(inner: str, style_: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style_}"/>' if style_ else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner if inner.startswith('<') else r(inner)}</w:p>"


def item(text: str, list_id: int = 3, at: int = 0) -> str:
    return p(text, "Liststycke", listed(list_id, at))


def tc(inner: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner if inner.startswith('<') else p(inner)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(c if c.startswith('<w:tc>') else tc(c) for c in cells)}</w:tr>"


def tbl(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(rows)}</w:tbl>"


def field(instruction: str, result: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        f"{mark('begin')}<w:r><w:instrText> {instruction} </w:instrText></w:r>{mark('separate')}{result}{mark('end')}"
    )


def control(inner: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def drawn(inner: str) -> str:
    return f"<w:r><w:drawing><a:graphic><a:graphicData>{inner}</a:graphicData></a:graphic></w:drawing></w:r>"


def box(inner: str) -> str:
    """A text box as Word writes it, once as a drawing and once more for programs that know only VML."""
    content = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def note(id_: int, text: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{id_}">{p(text)}</w:{kind}>'


def ref(id_: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{id_}"/></w:r>'


B = "<w:b/>"
LARGE = '<w:sz w:val="32"/>'
BODY = p("Staden ska minska utsläppen med hälften till 2030.")  # the city is to halve its emissions by 2030
SAID = plain("Staden ska minska utsläppen med hälften till 2030.")
