"""All steps of the language model, one after another; a step whose output exists is skipped.

python models/language/build.py --shared ../shared [--work DIR] [--out DIR] [--force]
"""

from __future__ import annotations

import evaluate
import prepare
import train
import vectors

if __name__ == "__main__":
    for step in (prepare, vectors, train, evaluate):
        step.main()
