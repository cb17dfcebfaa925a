"""All steps of the Stanza model, one after another; a step whose output exists is skipped.

python models/stanza/build.py --shared ../shared [--trees FILE] [--silver DIR] [--work DIR] [--out DIR] [--force]
"""

from __future__ import annotations

import data
import fit
import measure
import pack
import words
from settings import options

if __name__ == "__main__":
    args = options(__doc__)
    for step in (data, words, fit, pack, measure):
        step.main(args)
