from django.apps import AppConfig


class CandidateConfig(AppConfig):
    name = "samtale.web.candidate"
    label = "candidate"
