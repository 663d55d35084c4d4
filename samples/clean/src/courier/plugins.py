"""Carriers add themselves here."""

HANDLERS = {}


def register(name, handler):
    HANDLERS[name] = handler


def handler_for(name):
    return HANDLERS.get(name, HANDLERS["post"])


register("post", str.upper)


class Metrics:
    """Counts parcels for the whole process."""

    parcels = 0
    labels = []

    @classmethod
    def sent(cls, label):
        cls.parcels += 1
        cls.labels.append(label)
