"""An archive of sentences on disk: finds repeats of a new document's sentences, and keeps the analysis of each.

The format of its file is told in :mod:`malbild.archive.layout`.
"""

from malbild.archive.archive import Archive
from malbild.archive.contents import Counts, Entry, Listed, Place, Stored
from malbild.archive.errors import ArchiveError

__all__ = ["Archive", "ArchiveError", "Counts", "Entry", "Listed", "Place", "Stored"]
