import json

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from shop import services
from shop.models import Order, Product


@require_POST
def checkout(request):
    body = json.loads(request.body)
    product = get_object_or_404(Product, sku=body["sku"])
    order = services.place_order(product, int(body.get("quantity", 1)), body.get("code"))
    return JsonResponse(
        {"order": order.id, "status": order.status, "total": order.total},
        status=201 if order.status == Order.PAID else 202,
    )


@require_GET
def order_status(request, order_id):
    order = get_object_or_404(Order, pk=order_id)
    return JsonResponse({"order": order.id, "status": order.status, "payment": services.payment_state(order)})
