"""PDF: the text layer as a person reads it, each word with its place on its page. Pictures of words are not read."""

from malbild.read.pdf.reader import read

__all__ = ["read"]
