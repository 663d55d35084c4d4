"""Where the provider's key comes from: the environment, as the platform team wants it."""

import os

SANDBOX_KEY = "sk_sandbox"


def api_key():
    return os.environ.get("PAYMENTS_API_KEY", SANDBOX_KEY)


def region():
    return os.environ.get("PAYMENTS_REGION", "eu")


def is_live():
    return api_key() != SANDBOX_KEY
