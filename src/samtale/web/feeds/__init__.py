"""Interviews for calendar programs, at addresses that are their own key."""

from django.urls import path

from samtale.web.feeds import feed

app_name = "feeds"

urlpatterns = [path("<str:token>.ics", feed.feed, name="feed")]
