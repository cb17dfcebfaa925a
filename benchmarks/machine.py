"""Where and when a benchmark ran: the line above its table."""

from __future__ import annotations

import datetime
import platform
from pathlib import Path


def described() -> str:
    """Processor, threads, Python and date."""
    return f"{_processor()}, one thread, Python {platform.python_version()}, {datetime.date.today().isoformat()}"


def _processor() -> str:
    """The processor's name, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()
