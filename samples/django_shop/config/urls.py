from django.urls import path

from shop import views

urlpatterns = [
    path("checkout/", views.checkout, name="checkout"),
    path("orders/<int:order_id>/", views.order_status, name="order-status"),
]
