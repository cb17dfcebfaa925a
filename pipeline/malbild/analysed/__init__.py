"""Sentences are analysed once: what an archive keeps of their analysis, for documents in which they stand again.

A record is the same, byte for byte, as without. A reading is taken for the same text only and, where an encoder has a
say, in the same passage, made by the same models, code and libraries (``made_with``).
"""

from malbild.analysed.analyses import Analyses, Asked, Known
from malbild.analysed.fingerprint import made_with

__all__ = ["Analyses", "Asked", "Known", "made_with"]
