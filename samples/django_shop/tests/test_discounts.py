from unittest import mock

import pytest

from shop import discounts
from shop.discounts import Campaign


@pytest.fixture
def no_campaigns():
    saved = Campaign.active[:]
    Campaign.active.clear()
    yield
    Campaign.active[:] = saved


def half(total):
    return total // 2


@pytest.mark.parametrize("code, total", [("WELCOME10", 900), ("fiveoff", 500), ("UNKNOWN", 1000), (None, 1000)])
def test_codes_lower_the_total(code, total):
    assert discounts.apply(code, 1000) == total


def test_a_code_can_be_added():
    with mock.patch.dict(discounts.DISCOUNTS):
        discounts.add("half", half)
        assert discounts.apply("HALF", 1000) == 500


def test_added_codes_ignore_case():
    discounts.add("Vip", half)  # expect: HS302
    assert discounts.apply("vIP", 1000) == 500


def test_a_rule_can_be_replaced():
    discounts.DISCOUNTS["SPRING"] = half  # expect: HS302
    assert discounts.apply("spring", 1000) == 500


def test_a_rule_can_be_replaced_for_a_while(monkeypatch):
    monkeypatch.setitem(discounts.DISCOUNTS, "SUMMER", half)
    assert discounts.apply("summer", 1000) == 500


def test_budgets_add_up(no_campaigns):
    Campaign.active.extend([Campaign("june", 100), Campaign("july", 200)])
    assert Campaign.total_budget() == 300


def test_a_campaign_runs_once_started():
    campaign = Campaign("august", 300)
    campaign.start()  # expect: HS302
    assert campaign in Campaign.active
