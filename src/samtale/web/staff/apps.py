from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "samtale.web.staff"
    label = "staff"
