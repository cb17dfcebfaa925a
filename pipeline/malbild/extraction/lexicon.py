"""Word lists of this room: cue classes by lemma, names of public bodies, role nouns, people."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from malbild.sv.registers import rows


@cache
def entries(folder: str, name: str) -> frozenset[str]:
    """The lines of ``<folder>/<name>.txt`` beside this module, without comments."""
    text = files("malbild.extraction").joinpath(folder, f"{name}.txt").read_text("utf-8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)


CUES = {
    "intention": "word of intent",
    "goal_noun": "word for a goal",
    "necessity": "word of need",
    "raise": "word of rising",
    "lower": "word of falling",
    "steady": "word of no change",
    "deliver": "word of something done",
    "fail": "word of failure",
    "reported": "somebody else is heard",
    "chance": "word of possibility",
    "unwanted": "thing one wants less of",
    "duty": "word of standing duty",
    "document": "the text about itself",
    "future": "word of time to come",
    "sofar": "word of time so far",
}
"""The classes of cues, and how a finding's evidence names them."""
_REGISTERS = {
    "municipality": ("municipality_se", "municipality_fi"),
    "county": ("county_se",),
    "agency": ("agency_se", "agency_fi", "ministry_se", "ministry_fi", "short_se"),
}
NAMES = (*_REGISTERS, "country", "unit", "group", "office")
_SHORTEST_ABBREVIATION = 3
"""Abbreviations of two letters mean too many things."""


def names(kind: str) -> frozenset[str]:
    """The words of one kind of ``NAMES``; of bodies in the registers, the names and abbreviations of one word."""
    if kind not in _REGISTERS:
        return entries("names", kind)
    cells = (cell for name in _REGISTERS[kind] for row in rows(name) for cell in row)
    words = (word for cell in cells for word in cell.split("|"))
    return frozenset(word for word in words if " " not in word and len(word) >= _SHORTEST_ABBREVIATION)


@cache
def cue_classes() -> dict[str, tuple[str, ...]]:
    """Cue classes of every lemma that has any."""
    found: dict[str, tuple[str, ...]] = {}
    for cue in CUES:
        for lemma in entries("cues", cue):
            found[lemma] = (*found.get(lemma, ()), cue)
    return found
