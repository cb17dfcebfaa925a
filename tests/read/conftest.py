"""Lets the tests of this folder import what they share: ``handmade_word``, ``handmade_odt`` and ``outcome``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
