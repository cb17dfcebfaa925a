"""Sentences that are repeated: the same again, exactly or but for slips, and the same frame with another value."""

from malbild.repeat.compare import Relation, compare, similarity
from malbild.repeat.document import repeats_of
from malbild.repeat.exact import exact_groups
from malbild.repeat.groups import Group, Spread, Version, groups
from malbild.repeat.keys import sentence_form, sentence_key
from malbild.repeat.words import is_telling

__all__ = [
    "Group",
    "Relation",
    "Spread",
    "Version",
    "compare",
    "exact_groups",
    "groups",
    "is_telling",
    "repeats_of",
    "sentence_form",
    "sentence_key",
    "similarity",
]
