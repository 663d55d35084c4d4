"""Collects every folder that is named, each in a process of its own that is forked from one with pytest imported.

The answer for FOLDER goes to FOLDER.json, its output to FOLDER.out.
"""

import os
import sys

import pytest


def collect(folder):
    os.chdir(folder)
    output = os.open(folder + ".out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.environ["HASTEN_ORACLE_OUT"] = folder + ".json"
    options = ["-p", "collect_plugin", "-p", "no:cacheprovider", "--collect-only", "-q", "--color=no"]
    pytest.main([*options, "--continue-on-collection-errors", folder])


for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            collect(name)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
