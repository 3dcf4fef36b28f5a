from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "samtale.interviews"

    def ready(self) -> None:
        """Join what lower floors call, and tell how this app's acts read."""
        from samtale.interviews import sentences  # noqa: F401
        from samtale.interviews.domain.close import end_invitations, hold_interviews
        from samtale.interviews.domain.correct import correct_letters
        from samtale.interviews.domain.forget import forget_invitations
        from samtale.recruiting.followers import (
            application_closed,
            application_closing,
            candidate_anonymised,
            candidate_changed,
        )

        application_closing.append(hold_interviews)
        application_closed.append(end_invitations)
        candidate_anonymised.append(forget_invitations)
        candidate_changed.append(correct_letters)
