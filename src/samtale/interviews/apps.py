from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    name = "samtale.interviews"

    def ready(self) -> None:
        """Join what lower floors call, and tell how this app's acts read."""
        from samtale.calendars.followers import wanted_of
        from samtale.inbox.readers import readers
        from samtale.interviews import sentences  # noqa: F401
        from samtale.interviews.domain.close import end_invitations, hold_interviews
        from samtale.interviews.domain.copies import wanted_copies
        from samtale.interviews.domain.correct import correct_letters
        from samtale.interviews.domain.forget import forget_invitations
        from samtale.interviews.domain.mail_answers import read_answer
        from samtale.interviews.domain.undo import forget_forms
        from samtale.jobs.followers import cleaning
        from samtale.recruiting.followers import (
            application_closed,
            application_closing,
            candidate_anonymised,
            candidate_changed,
        )

        application_closing.append(hold_interviews)
        wanted_of.append(wanted_copies)
        readers.append(read_answer)
        cleaning.append(forget_forms)
        application_closed.append(end_invitations)
        candidate_anonymised.append(forget_invitations)
        candidate_changed.append(correct_letters)
