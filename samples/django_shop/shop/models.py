from django.db import models


class Product(models.Model):
    sku = models.CharField(max_length=32, unique=True)
    price = models.PositiveIntegerField(help_text="in cents")


class Order(models.Model):
    PENDING = "pending"
    PAID = "paid"
    REFUNDED = "refunded"

    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    quantity = models.PositiveIntegerField(default=1)
    total = models.PositiveIntegerField(help_text="in cents")
    status = models.CharField(max_length=16, default=PENDING)
    payment_reference = models.CharField(max_length=64, blank=True)
