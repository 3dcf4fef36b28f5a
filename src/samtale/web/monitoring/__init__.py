"""What machines ask: is it well (`/healthz`), and how much of what (`/metrics`). Numbers only, no names."""

from django.urls import path

from samtale.web.monitoring import health, metrics

urlpatterns = [
    path("healthz", health.healthz),
    path("healthz/web", health.web),
    path("metrics", metrics.metrics),
]
