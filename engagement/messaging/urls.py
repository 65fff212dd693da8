"""The addresses of deliveries; all for staff."""

from django.urls import path

from engagement.messaging.views import deliveries

urlpatterns = [
    path("staff/deliveries/<int:pk>/", deliveries.settle, name="delivery-settle"),
]
