from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "for-development-only"
DEBUG = False
ALLOWED_HOSTS = ["shop.example", "testserver"]
ROOT_URLCONF = "config.urls"
INSTALLED_APPS = ["django.contrib.contenttypes", "shop"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": BASE_DIR / "shop.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
MEDIA_ROOT = BASE_DIR / "media"

PAYMENTS_URL = "https://payments.example.invalid/v1"
PAYMENTS_TIMEOUT = 2.0
ORDER_WEBHOOK = "https://hooks.example.invalid/orders"
FREE_SHIPPING_FROM = 5000
