from django.apps import AppConfig


class RecruitingConfig(AppConfig):
    name = "samtale.recruiting"

    def ready(self) -> None:
        """Make the permissions known, how the acts in this app read, and join what lower floors call."""
        from samtale.accounts.followers import rights_set
        from samtale.outbox.followers import came_back
        from samtale.recruiting import rules, sentences  # noqa: F401
        from samtale.recruiting.domain.came_back import tell_recruiter
        from samtale.recruiting.domain.rejection_letters import correct_rejections
        from samtale.recruiting.domain.taken_rights import stop_letters
        from samtale.recruiting.followers import candidate_changed

        rights_set.append(stop_letters)
        came_back.append(tell_recruiter)
        candidate_changed.append(correct_rejections)
