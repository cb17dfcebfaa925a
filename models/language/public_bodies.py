"""Names of public bodies in tokenised sentences, by lists and by their endings, so that silver names them as ORG.

Treebanks and news know few of them: "Region Dalarna", "Kommunförbundet i Finland", "C21-nätverket". The lists are those
of authorities, ministries, counties and municipalities, and the organisations marked as actors in the gold texts.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from treebank import Sentence

Bodies = dict[str, list[tuple[str, ...]]]
"""Names as words, longest first, by their first word."""

ENDING = re.compile(
    r".+(?:verket|styrelsen|myndigheten|kommissionen|kansliet|inspektionen|förbundet|nätverket|departementet|rådet|"
    r"ministeriet|tinget|universitetet|högskolan|stiftelsen|centralen|förvaltningen|nämnden|kassan)s?"
)
"""How a body that is one word ends; it is a name when it has a capital in mid-sentence."""
OFFICE = re.compile(
    r"(?:kommun|stads|region|läns)?(?:styrelsen|kansliet|rådet|nämnden|förvaltningen)s?|.*området|(?:stats|ordförande)rådets?|regelverkets?",
    re.I,
)
"""Offices every municipality has are no names, capital or not; nor are fields and ministers."""
PLACES = frozenset({"kommun", "stad", "län", "region"})
WORD = re.compile(r"[^\W_]+(?:[-:.][^\W_]+)*-?|[^\w\s]")


def read_bodies(shared: Path) -> Bodies:
    """All names of public bodies that are known."""

    def rows(name: str) -> list[list[str]]:
        text = (shared / "data/lex" / name).read_text(encoding="utf-8")
        return [line.split("\t") for line in text.splitlines() if line.strip()]

    agencies, counties = rows("myndigheter_se.tsv"), rows("lan_se.txt")
    places = {row[1] for row in rows("kommuner_se.txt")} | {row[1] for row in counties}
    places |= {row[2] for row in rows("kommuner_fi_fi_sv.tsv")} | {row[1] for row in rows("landskap_fi_sv.tsv")}
    names = {row[0] for row in agencies} | {row[0] for row in rows("departement_se.txt")}
    names |= {row[1] for row in agencies if len(row) > 1 and len(row[1]) > 2 and row[1].isupper()}
    names |= {f"Region {county}" for _, county in counties} | {f"Länsstyrelsen i {county}" for county, _ in counties}
    for folder in ("train", "own"):
        for path in sorted((shared / "gold" / folder).glob("*.json")):
            names |= set(_actors(json.loads(path.read_text(encoding="utf-8"))))
    bodies: Bodies = defaultdict(list)
    for name in names - places:
        words = tuple(WORD.findall(name))
        if name[:1].isupper() and (len(words) > 1 or len(name) > 2):
            bodies[words[0]].append(words)
    return {first: sorted(found, key=lambda words: (-len(words), words)) for first, found in sorted(bodies.items())}


def _actors(gold: dict[str, Any]) -> Iterator[str]:
    """Organisations of several words that stand with a capital in mid-sentence; a municipality is a place as well."""
    starts = {sentence["start"] for sentence in gold["sentences"]}
    for actor in gold.get("actors", []):
        words = actor["text"].split()
        if actor["type"] == "ORG" and actor["start"] not in starts and words[-1].rstrip("s") not in PLACES:
            yield from [actor["text"]] if len(words) > 1 else []


def name_bodies(sentence: Sentence, bodies: Bodies) -> None:
    """Tag the public bodies of a sentence as ORG, where no name reaches beyond them; in place."""
    if sentence.names is None:
        return
    forms = [word.form for word in sentence.words]
    place = 0
    while place < len(forms):
        length = _length(forms, place, bodies)
        if length and _free(sentence.names, place, place + length):
            sentence.names[place : place + length] = ["B-ORG", *["I-ORG"] * (length - 1)]
        place += max(1, length)


def _length(forms: list[str], place: int, bodies: Bodies) -> int:
    """How many words the body that begins here has; 0 if none does."""
    for words in bodies.get(forms[place], ()):
        found = tuple(forms[place : place + len(words)])
        if found == words or (found[:-1] == words[:-1] and found[-1] == words[-1] + "s"):
            return len(words)
    form = forms[place]
    alone = place > 0 and form[0].isupper() and not form.isupper() and not OFFICE.fullmatch(form)
    return int(alone and forms[place - 1] not in (":", "–", "-", "•", '"', "”") and bool(ENDING.fullmatch(form)))


def _free(names: list[str], start: int, end: int) -> bool:
    """Whether no name begins before the stretch and reaches into it, or ends after it, unless it lies whole within."""
    inside_start = names[start].startswith("I-")
    inside_end = end < len(names) and names[end].startswith("I-")
    return not inside_start and not inside_end
