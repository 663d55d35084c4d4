from unittest import mock

from shop import notifications


@mock.patch("shop.webhooks.deliver", return_value=True)  # expect: HS305 "`shop.notifications.deliver` is used"
def test_orders_are_announced(deliver, paid_order):
    # Replaces the name in the module that defines it; `notifications` holds a reference of its own.
    assert notifications.announce(paid_order)  # expect: HS202


@mock.patch("shop.notifications.deliver", return_value=True)
def test_the_webhook_is_preferred(deliver, paid_order):
    assert notifications.announce(paid_order) == "webhook"
    deliver.assert_called_once()


def test_mail_is_the_fallback(paid_order, monkeypatch, mailoutbox):
    monkeypatch.setattr(notifications, "deliver", lambda url, event: False)
    assert notifications.announce(paid_order) == "mail"
    assert len(mailoutbox) == 1
