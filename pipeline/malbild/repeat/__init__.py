"""Sentences that are repeated: keys, and groups of equal keys."""

from malbild.repeat.exact import exact_groups, repeats
from malbild.repeat.keys import sentence_form, sentence_key

__all__ = ["exact_groups", "repeats", "sentence_form", "sentence_key"]
