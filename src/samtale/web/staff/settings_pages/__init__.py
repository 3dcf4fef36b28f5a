"""Innstillinger: what administrators decide for everybody, and everyone for themselves."""

from django.urls import path

from samtale.web.staff.settings_pages import departments, index, organisation, profile, rooms, users, wordings

urlpatterns = [
    path("", index.settings, name="settings"),
    path("gallery/", index.components, name="gallery"),
    path("profile/", profile.profile, name="profile"),
    path("organisation/", organisation.organisation, name="organisation"),
    path("users/", users.users, name="users"),
    path("users/new/", users.new, name="user-new"),
    path("users/<int:user_id>/", users.edit, name="user-edit"),
    path("users/<int:user_id>/password/", users.send_password_link, name="user-password"),
    path("departments/", departments.departments, name="departments"),
    path("departments/new/", departments.new, name="department-new"),
    path("departments/<int:department_id>/", departments.edit, name="department-edit"),
    path("departments/<int:department_id>/delete/", departments.delete, name="department-delete"),
    path("rooms/", rooms.rooms, name="rooms"),
    path("rooms/new/", rooms.new, name="room-new"),
    path("rooms/<int:room_id>/", rooms.edit, name="room-edit"),
    path("templates/", wordings.templates, name="templates"),
    path("templates/<str:kind>/<str:language>/", wordings.edit, name="template-edit"),
    path("templates/<str:kind>/<str:language>/reset/", wordings.reset, name="template-reset"),
]
