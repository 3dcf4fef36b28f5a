"""Utboks: every message, waiting or sent, with its fate, and what can be done about it."""

from django.urls import path

from samtale.web.staff.outbox import acts, bulk, edit, listing, message, readdress

urlpatterns = [
    path("", listing.outbox, name="outbox"),
    path("several/", bulk.bulk, name="outbox-bulk"),
    path("<int:message_id>/", message.message, name="message"),
    path("<int:message_id>/html/", message.html, name="message-html"),
    path("<int:message_id>/edit/", edit.edit, name="message-edit"),
    path("<int:message_id>/address/", readdress.readdress, name="message-address"),
    path("<int:message_id>/now/", acts.hurry, name="message-now"),
    path("<int:message_id>/cancel/", acts.cancel, name="message-cancel"),
    path("<int:message_id>/again/", acts.again, name="message-again"),
    path("<int:message_id>/dismiss/", acts.dismiss, name="message-dismiss"),
    path("<int:message_id>/arrived/", acts.arrived, name="message-arrived"),
    path("<int:message_id>/leave/", acts.leave, name="message-leave"),
]
