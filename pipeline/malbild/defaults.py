"""What a run is told unless told otherwise, light enough for the command line's help."""

from __future__ import annotations

from typing import Final, Literal

Profile = Literal["accurate", "fast"]
"""How thoroughly to read: with an encoder that reads sentences in their context, or without."""

BACKEND: Final = "spacy"
PROFILE: Final[Profile] = "accurate"
LEAST_CONFIDENCE: Final = 0.4
"""Findings below it are left out: F1 is highest there in cross-validation, not at one half."""
MAX_BYTES: Final = 200_000_000
"""Larger files are refused."""
MAX_PAGES: Final = 5_000
"""Longer PDFs are refused."""
MAX_UNPACKED: Final = 500_000_000
"""Bytes that an office file, or a member of an archive, may unpack to."""
MAX_RATIO: Final = 200
"""Unpacked to packed bytes of a member above a megabyte; more is a ZIP bomb."""
MAX_MEMBERS: Final = 10_000
Ocr = Literal["tesseract"]
"""Programs that can read pictures of words."""
