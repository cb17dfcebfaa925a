"""The marks that open the items of lists; each room says what else it takes for one, and where."""

from __future__ import annotations

GLYPHS = "•●◦○▪▫■□‣⁃∙▻►▸▶➢➤\uf02d\uf06e\uf06f\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc"
"""Bullets that are nothing else; those of Symbol and Wingdings come out of PDF and Word as private code points."""
TICKS = "✓✔"
"""Bullets that may also be words: in a cell they say that something is done."""
SIGNS = "-–—*·"
"""Signs that are bullets where they stand apart from the words behind them."""
