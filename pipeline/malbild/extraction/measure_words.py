"""Words that make or unmake a measure: units and months from their lists, and the grammar's small closed classes."""

from __future__ import annotations

import re
from functools import cache

from malbild.sv import words


@cache
def units() -> dict[str, tuple[str, float]]:
    """Every form of a unit: the unit's name and the scale the form brings ("mnkr": kronor, 1e6)."""
    table: dict[str, tuple[str, float]] = {}
    for line in words("units"):
        word, unit, *factor = line.split()
        table[word] = (unit, float(factor[0]) if factor else 1.0)
    return table


@cache
def months() -> frozenset[str]:
    """Names and abbreviations of months."""
    return frozenset(name for line in words("months") for name in line.split())


def word_set(names: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(names.split())


TIME = word_set("år månader veckor dagar dygn timmar minuter sekunder arbetsdagar")
ORDINALS = {
    "första": 1, "andra": 2, "annan": 2, "annat": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "sjunde": 7,
    "åttonde": 8, "nionde": 9, "tionde": 10, "elfte": 11, "tolfte": 12, "trettonde": 13, "fjortonde": 14,
    "femtonde": 15, "sextonde": 16, "sjuttonde": 17, "artonde": 18, "nittonde": 19, "tjugonde": 20, "hundrade": 100,
}  # fmt: skip
PARTS = {
    "tredjedel": 3, "fjärdedel": 4, "femtedel": 5, "sjättedel": 6, "sjundedel": 7, "åttondel": 8, "åttondedel": 8,
    "niondel": 9, "niondedel": 9, "tiondel": 10, "tiondedel": 10, "tjugondel": 20, "hundradel": 100, "tusendel": 1000,
}  # fmt: skip
PART = re.compile(r"(?P<part>[a-zåäö]+del)(?:en|ar|arna|s)?")
FACTOR = re.compile(r"(?P<head>halver|fördubbl|tredubbl|fyrdubbl|femdubbl|sexdubbl|tiodubbl)"
                     r"(?:a|as|ad|at|ar|ats|ade|ades|ing|ingen)")  # fmt: skip
FACTORS = {
    "halver": 0.5, "fördubbl": 2.0, "tredubbl": 3.0, "fyrdubbl": 4.0, "femdubbl": 5.0, "sexdubbl": 6.0,
    "tiodubbl": 10.0,
}  # fmt: skip
OPENERS = word_set("dubbelt hälften halva var vart varannan vartannat plats topp")
LABELS = word_set(
    "kapitel kap årskurs årskurserna åk klass artikel artiklarna bilaga sida sid sidan mål delmål åtgärd etapp steg fas"
    " utgiftsområde fokusområde insatsområde område punkt avsnitt nr nummer version studieväg kurs anslag anslagspost"
    " ap dnr tabell figur diagram tyngdpunkt löfte val kl klockan vecka v väg riksväg länsväg bankgiro plusgiro telefon"
    " paragraf prop skr sou ds eu eg agenda vision strategi kvartal tema insats del ruta covid förordning läsår nivå"
    " ledstjärna prioritering inriktning skalan rösterna år fyller fyllt fyllda linje busslinje"
)
AFTER_LABEL = word_set("§ §§ kap kapitlet paragrafen")
ONLY = word_set("minst högst bara endast blott")
STOP = word_set(
    "och eller samt men än som i på av för till från med mot under över vid inom om efter före genom utan hos åt"
    " kring mellan bland sedan när där då så att den det de dem en ett sin sitt sina alla inte ej ännu också även"
    " bara redan nu är var vara varit har hade ha haft ska skall skulle kan kunde bör får fick fått blir blev blivit"
    " kommer kom pågår gick går gäller finns fanns står stod saknar saknas återstår ligger låg per år året jämfört"
    " respektive varav ut in upp ned ner bort fram hem kvar igen helt delvis idag hittills totalt årligen vardera"
    " dessutom därefter därmed medan vilket vilka eftersom innan tills trots därför alltså dock antingen varken både"
    " tidigare senare avser avsåg används användes bedöms utgör utgjorde deltog arbetar arbetade hör senast drygt"
    " knappt cirka ca mer mindre bättre sämre lägre högre större snabbare dyrare billigare kortare längre"
    " långsammare lång långa stor man vi han hon jag ni deras dess vår våra vårt minskade ökade svarade uppgav"
    " uppger anser använder klarade avsätts avsattes tillförs gavs ges gav satsas satsades beviljades lades nådde"
    " nåddes avbröt drogs räcker ytterligare åtminstone jämte exklusive inklusive motsvarande första andra tredje kl"
    " vart försvann stå samma läsåret verkar"
)
NOMINAL = word_set(
    "anställda omkomna döda skadade boende studerande sökande deltagande arbetslösa unga äldre vuxna inskrivna"
    " förtroendevalda kunniga sakkunniga sjuka närvarande röstande doktorander"
)
DEGREE = word_set("mest minst bäst högst glest hårdast enkelt allvarligt helt nytt lika nära")
WHICH = word_set("första sista senaste återstående föregående kommande närmaste andra gångna")
MORE = word_set("fler färre")
VERBAL = ("ats", "tts", "ades", "ndes", "rdes", "ldes", "gdes", "rts", "lts", "jts", "its", "it", "nat", "kat")
PERIOD = word_set("fåtal åren dagarna veckorna månaderna timmarna dygnen minuterna årens")
HEADS = word_set("mer mindre")
RATE = {
    ("om", "året"), ("om", "dagen"), ("i", "månaden"), ("i", "veckan"), ("i", "timmen"), ("i", "kvartalet"),
    ("om", "dygnet"), ("i", "sekunden"),
}  # fmt: skip
WINDOW = word_set("på för sedan i under senaste närmaste kommande gångna första de över fyllt om inom efter mellan är")
PAST = word_set("sedan senare tidigare därefter gammal gamla gammalt dessförinnan innan fyllda äldre efteråt framåt")
DEFINITE = ("rna", "ena", "målen", "dena", "tten", "näten")
