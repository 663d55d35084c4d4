#!/usr/bin/env python3
"""Set-up counts of some small random suites, against the pytest that is installed (tests/oracle/random_setups.py)."""

import importlib.util
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "oracle"))

if importlib.util.find_spec("pytest") is None:
    print("skipped: no pytest here")
    sys.exit(77)

from random_setups import different_counts  # noqa: E402

sys.exit(1 if different_counts(os.path.abspath(sys.argv[1]), range(25)) else 0)
