"""The wordings of letters to those who attend an interview, by the languages that staff read."""

from dataclasses import replace

from samtale.outbox.kinds import Wording

_FACTS_NB = """Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {where}
Kandidat: {candidates}
Intervjuere: {interviewers}
Rekruttering: {vacancy}, {round}

{interview-link}"""
_FACTS_EN = """When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {where}
Candidate: {candidates}
Interviewers: {interviewers}
Recruitment: {vacancy}, {round}

{interview-link}"""

INVITATION = {
    "nb": Wording(
        "Du skal på intervju {interviewdate} kl. {interviewtime}: {candidates} – {vacancy}",
        f"Du er satt opp som intervjuer.\n\n{_FACTS_NB}",
    ),
    "en": Wording(
        "You attend an interview on {interviewdate} at {interviewtime}: {candidates} – {vacancy}",
        f"You have been set up as an interviewer.\n\n{_FACTS_EN}",
    ),
}
CHANGE = {
    "nb": Wording(
        "Endret intervju: {interviewdate} kl. {interviewtime}, {candidates} – {vacancy}",
        f"Et intervju du skal på, er endret. Dette gjelder nå:\n\n{_FACTS_NB}",
    ),
    "en": Wording(
        "Interview changed: {interviewdate} at {interviewtime}, {candidates} – {vacancy}",
        f"An interview that you attend has been changed. This holds now:\n\n{_FACTS_EN}",
    ),
}
CANCELLATION = {
    "nb": Wording(
        "Avlyst: intervjuet {interviewdate} kl. {interviewtime} – {vacancy}",
        "Intervjuet med {candidates} {interviewdate} kl. {interviewtime} ({vacancy}) er avlyst. Tiden er ledig"
        " igjen.\n\n{interview-link}",
    ),
    "en": Wording(
        "Cancelled: the interview on {interviewdate} at {interviewtime} – {vacancy}",
        "The interview with {candidates} on {interviewdate} at {interviewtime} ({vacancy}) is cancelled. The"
        " time is free again.\n\n{interview-link}",
    ),
}
# To whoever the interview goes on without. They may not see its page any longer, so nothing leads there.
NOT_ATTENDING = {
    "nb": Wording(
        "Du skal ikke lenger delta: intervjuet {interviewdate} kl. {interviewtime} – {vacancy}",
        "Du er ikke lenger satt opp som intervjuer på intervjuet med {candidates} {interviewdate}"
        " kl. {interviewtime} ({vacancy}). Du trenger ikke å sette av tid til det.",
    ),
    "en": Wording(
        "You no longer attend: the interview on {interviewdate} at {interviewtime} – {vacancy}",
        "You are no longer set up as an interviewer for the interview with {candidates} on {interviewdate}"
        " at {interviewtime} ({vacancy}). You need not keep the time free.",
    ),
}
# The line of the facts that names whom they meet, of one and of several.
_WHOM = {"nb": ("\nKandidat: ", "\nKandidater: "), "en": ("\nCandidate: ", "\nCandidates: ")}
LINK_LABELS = {"nb": {"interview-link": "Åpne intervjuet"}, "en": {"interview-link": "Open the interview"}}


def for_several(wording: Wording, language: str) -> Wording:
    """Return the wording as it reads where they meet several candidates."""
    return replace(wording, content=wording.content.replace(*_WHOM[language]))
