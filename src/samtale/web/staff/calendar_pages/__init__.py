"""One's own calendars: subscriptions to interviews, and calendars elsewhere."""

from django.urls import path

from samtale.web.staff.calendar_pages import connect, feeds, outside, overview

urlpatterns = [
    path("", overview.calendars, name="profile-calendars"),
    path("feeds/new/", feeds.new, name="feed-new"),
    path("feeds/<int:feed_id>/renew/", feeds.renew, name="feed-renew"),
    path("feeds/<int:feed_id>/end/", feeds.end, name="feed-end"),
    path("connect/", connect.connect_calendar, name="outside-new"),
    path("<int:calendar_id>/", outside.edit, name="outside-edit"),
    path("<int:calendar_id>/refresh/", outside.refresh, name="outside-refresh"),
    path("<int:calendar_id>/disconnect/", outside.leave, name="outside-disconnect"),
]
