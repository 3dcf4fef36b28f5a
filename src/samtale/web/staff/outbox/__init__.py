"""Utboks: every message, waiting or sent, with its fate."""

from django.urls import path

from samtale.web.staff.outbox import listing, message

urlpatterns = [
    path("", listing.outbox, name="outbox"),
    path("<int:message_id>/", message.message, name="message"),
    path("<int:message_id>/html/", message.html, name="message-html"),
    path("<int:message_id>/cancel/", message.cancel, name="message-cancel"),
    path("<int:message_id>/again/", message.again, name="message-again"),
    path("<int:message_id>/dismiss/", message.dismiss, name="message-dismiss"),
]
