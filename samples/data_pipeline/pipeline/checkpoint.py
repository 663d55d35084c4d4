"""Remembers how far the last run came."""

import json
import os

CHECKPOINT = "/tmp/sensor-pipeline.checkpoint"


def save(position, path=CHECKPOINT):
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"position": position}, file)


def load(path=CHECKPOINT):
    if not os.path.exists(path):
        return 0
    with open(path, encoding="utf-8") as file:
        return json.load(file)["position"]
