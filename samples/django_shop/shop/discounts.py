"""Discount codes: a rule takes a total in cents and returns the new one."""

DISCOUNTS = {}


def register(code):
    def decorate(rule):
        DISCOUNTS[code] = rule
        return rule

    return decorate


@register("WELCOME10")
def ten_percent(total):
    return total - total // 10


@register("FIVEOFF")
def five_off(total):
    return max(0, total - 500)


def add(code, rule):
    """For codes that campaigns add at run time."""
    DISCOUNTS[code.upper()] = rule


def apply(code, total):
    rule = DISCOUNTS.get(code.upper()) if code else None
    return rule(total) if rule else total


class Campaign:
    """A discount with a budget; `active` knows those that run."""

    active = []

    def __init__(self, name, budget):
        self.name = name
        self.budget = budget

    def start(self):
        Campaign.active.append(self)

    @classmethod
    def total_budget(cls):
        return sum(campaign.budget for campaign in cls.active)
