"""The addresses of deliveries and of the outbox; all for staff."""

from django.urls import path

from engagement.messaging.views import deliveries, outbox

urlpatterns = [
    path("staff/deliveries/<int:pk>/", deliveries.settle, name="delivery-settle"),
    path("staff/outbox/", outbox.index, name="outbox-list"),
    path("staff/outbox/<str:name>/", outbox.detail, name="outbox-detail"),
    path("staff/outbox/<str:name>/html/", outbox.html, name="outbox-html"),
]
