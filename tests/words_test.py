"""No file of the repository speaks of the machine that it was written on, and lock files name no registry."""

import re

import repository

# Written in halves, so that this file passes its own test.
WORDS = [
    re.compile(rb"(?<![\w.])/wor" + rb"k/"),
    re.compile(rb"shared" + rb"/(?:spec|design|style)"),
    re.compile(rb"/tmp/" + rb"(?:build-|real/|brief)"),
    re.compile(rb"\bissues" + rb" show\b"),
]
REGISTRY = [re.compile(rb'"resolved"\s*:'), re.compile(rb"https?://[^\s\"']*(?:npm|pypi|artifact|proxy|mirror)[^\s\"']*")]
LOCKS = {"package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "uv.lock", "poetry.lock", "Pipfile.lock", ".npmrc"}

complaints = []
for path in repository.files():
    forbidden = WORDS + (REGISTRY if path.name in LOCKS and path.parts[0] != "samples" else [])
    for number, line in enumerate((repository.ROOT / path).read_bytes().splitlines(), 1):
        for word in forbidden:
            if found := word.search(line):
                complaints.append(f"{path}:{number}: {found.group().decode(errors='replace')!r} has no place here")
repository.finish(complaints)
