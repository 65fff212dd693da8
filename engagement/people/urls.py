"""The addresses of people: contacts, what they agreed to and what they need; all for staff."""

from django.urls import path

from engagement.people.views import contacts

urlpatterns = [
    path("staff/participants/", contacts.index, name="contact-list"),
    path("staff/participants/add/", contacts.add, name="contact-add"),
    path("staff/participants/<int:pk>/", contacts.detail, name="contact-detail"),
    path("staff/participants/<int:pk>/change/", contacts.edit, name="contact-edit"),
    path("staff/participants/<int:pk>/agree/", contacts.agree, name="contact-agree"),
    path("staff/participants/<int:pk>/withdraw/", contacts.withdraw, name="contact-withdraw"),
    path("staff/participants/<int:pk>/need/", contacts.need, name="contact-need"),
    path(
        "staff/participants/<int:pk>/need/<int:need>/",
        contacts.change_need,
        name="contact-need-edit",
    ),
    path(
        "staff/participants/<int:pk>/need/<int:need>/remove/",
        contacts.remove_need,
        name="contact-need-remove",
    ),
    path("staff/participants/<int:pk>/join/", contacts.join, name="contact-join"),
    path("staff/participants/<int:pk>/part/", contacts.part, name="contact-part"),
]
