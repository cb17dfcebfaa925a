"""All steps of the language model, one after another; a step whose output exists is skipped.

    python models/language/build.py --shared ../shared --silver DIR --trees FILE [--work DIR] [--out DIR] [--force]

The silver and the trees come from the teacher (``models/teacher/build.py``), which reads what ``sentences.py`` writes.
"""

from __future__ import annotations

import distil
import evaluate
import lemmas
import prepare
import relations
import silver
import train

if __name__ == "__main__":
    for step in (prepare, silver, distil, lemmas, relations, train, evaluate):
        step.main()
