from shop.payments.client import PaymentsClient, PaymentsUnavailable

__all__ = ["PaymentsClient", "PaymentsUnavailable"]
