"""The product's addresses, and the gallery where anyone may open it."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from samtale.ui.gallery import gallery
from samtale.urls import urlpatterns as product

urlpatterns = [path("gallery/", login_not_required(gallery)), *product]
