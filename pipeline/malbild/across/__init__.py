"""Repeats across documents: what is said again in a set of reports, and against an archive of earlier ones."""

from malbild.across.documents import Document, Said, said_in, said_in_record
from malbild.across.gather import Gathered
from malbild.across.told import Found, boilerplate, found_in

__all__ = ["Document", "Found", "Gathered", "Said", "boilerplate", "found_in", "said_in", "said_in_record"]
