"""Where providers call. Each call is checked by its signature or secret; there is no log-in."""

from django.urls import path

from samtale.web.hooks import email, inbox, sms

urlpatterns = [
    path("email/<slug:provider>/", email.report, name="email_hook"),
    path("inbox/<slug:provider>/", inbox.receive, name="inbox_hook"),
    # Mailgun sends a letter whole where the address it calls has "mime" in it.
    path("inbox/<slug:provider>/mime/", inbox.receive),
    path("sms/<slug:gateway>/", sms.report, name="sms_hook"),
    path("sms/<slug:gateway>/<str:token>/", sms.report, name="sms_hook"),
]
