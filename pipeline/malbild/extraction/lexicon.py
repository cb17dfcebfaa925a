"""Word lists of this room: cue classes by lemma, names of public bodies, role nouns, people."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


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
NAMES = ("municipality", "county", "agency", "country", "unit", "group", "office")


@cache
def cue_classes() -> dict[str, tuple[str, ...]]:
    """Cue classes of every lemma that has any."""
    found: dict[str, tuple[str, ...]] = {}
    for cue in CUES:
        for lemma in entries("cues", cue):
            found[lemma] = (*found.get(lemma, ()), cue)
    return found
