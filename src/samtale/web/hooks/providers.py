"""django-anymail's own addresses, in which `email` looks a provider's view up. They are not mounted."""

from django.urls import include, path

urlpatterns = [path("", include("anymail.urls"))]
