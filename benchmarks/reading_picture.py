#!/usr/bin/env python3
"""A page of a PDF with what was found on it drawn in place, to see whether the boxes lie where the words do.

    reading_picture.py FILE.pdf PAGE OUT.png

Goals are blue over a line, outcome claims orange over dashes. Needs the `benchmark` extra (Pillow).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

import malbild
from malbild.record import Record

SCALE = 1.6
"""Pixels a point."""
GOAL, OUTCOME = ((198, 224, 255), "line"), ((255, 222, 190), "dashes")


def drawn(path: Path, page: int, record: Record) -> Image.Image:
    """The page as an image; ``page`` counts from 1."""
    with pypdfium2.PdfDocument(path) as document:
        image = document[page - 1].render(scale=SCALE).to_pil().convert("RGB")
    for findings, colour, edge in ((record.goals, *GOAL), (record.outcomes, *OUTCOME)):
        for box in (box for finding in findings for box in finding.boxes if box.page == page):
            tint = Image.new("RGB", image.size, "white")
            frame = [part * SCALE for part in (box.left, box.top, box.right, box.bottom)]
            ImageDraw.Draw(tint).rectangle(frame, fill=colour)
            image = ImageChops.multiply(image, tint)
            left, _, right, bottom = frame
            for x in range(int(left), int(right), 1 if edge == "line" else 6):
                ImageDraw.Draw(image).line([(x, bottom), (min(x + 3, right), bottom)], fill=(60, 60, 60))
    return image


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("page", type=int)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    drawn(options.file, options.page, malbild.extract_file(options.file)).quantize(32).save(options.out, optimize=True)


if __name__ == "__main__":
    main()
