"""The recruitment calendar."""

from django.urls import path

from samtale.web.staff.calendar import page

urlpatterns = [
    path("", page.calendar, name="calendar"),
]
