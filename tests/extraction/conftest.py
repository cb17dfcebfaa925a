"""Lets the tests of this folder import ``parses`` and ``made_weights``, and take their time on a busy machine."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))
settings.register_profile("unhurried", deadline=None, max_examples=60)
settings.load_profile("unhurried")
