"""Gate: one line for each request: what was done, by which token, how it ended, how long it took.

Neither bodies nor questions are written down, and numbers in an address are hidden.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any, TextIO

import structlog

from creditrules.deliver.plain import clean
from creditrules.load.identifiers import masked

# A credit code in an address is not a person's, but it is somebody's.
_CODE = re.compile(r"(?<![0-9A-Za-z])[0-9A-Za-z]{2}[0-9]{6}[0-9A-Za-z]{10}(?![0-9A-Za-z])")
_STEPS = 12  # of a failure


def logger(stream: TextIO | None = None) -> Any:
    """Return what writes lines of JSON to a stream, standard error when none is named."""
    return structlog.wrap_logger(
        structlog.PrintLogger(stream or sys.stderr),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.add_log_level,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def hidden(path: str) -> str:
    """Return an address as a log may show it: without numbers of persons or firms, and not without end."""
    shown = _CODE.sub(lambda found: found[0][:2] + "*" * 12 + found[0][-4:], masked(path))
    return clean(shown).encode("ascii", "backslashreplace").decode()[:200]


def steps_of(error: BaseException) -> list[str]:
    """Return where a failure came from, without its message, which may hold what was sent."""
    places = [(f.f_code.co_filename, n, f.f_code.co_name) for f, n in traceback.walk_tb(error.__traceback__)]
    return [f"{file.rpartition('creditrules/')[2]}:{line} {name}" for file, line, name in places[-_STEPS:]]


def silent() -> Any:
    """Return what writes nothing."""
    return structlog.wrap_logger(structlog.ReturnLogger(), processors=[])
