"""Norwegian (bokmål)."""

SIGNATURE = "Vennlig hilsen\n{sender-name}\n{company}"

INVITATION_SUBJECTS = {
    "information": "Invitasjon til informasjonsmøte – {vacancy}",
    "interview_1": "Invitasjon til intervju – {vacancy}",
    "interview_2": "Invitasjon til andregangsintervju – {vacancy}",
    "interview_3": "Invitasjon til tredjegangsintervju – {vacancy}",
}
INVITATION_OPENINGS = {
    "information": "Takk for søknaden på stillingen {vacancy}. Vi inviterer deg til et informasjonsmøte.",
    "interview_1": "Takk for søknaden på stillingen {vacancy}. Vi vil gjerne bli bedre kjent med deg, "
    "og inviterer deg til intervju.",
    "interview_2": "Takk for en hyggelig samtale om stillingen {vacancy}. Vi vil gjerne møte deg igjen, "
    "og inviterer deg til et andregangsintervju.",
    "interview_3": "Takk for samtalene så langt om stillingen {vacancy}. Vi inviterer deg til et siste intervju.",
}
INVITATION_CONTENT = """Hei {first-name},

%s

Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {address}
Du møter: {interviewers}

Gi oss beskjed om tidspunktet passer:
{confirmlink}"""

REMINDER_SUBJECT = "Påminnelse: intervju {interviewdate} kl. {interviewtime} – {vacancy}"
REMINDER_CONTENT = """Hei {first-name},

Vi minner om avtalen din hos {company}.

Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {address}
Du møter: {interviewers}

Passer det ikke likevel, kan du si fra her:
{confirmlink}"""
REMINDER_SMS = (
    "Hei {first-name}! Vi minner om intervju hos {company} {interviewdate} kl. {interviewtime}. Velkommen!"
)

MOVED_SUBJECT = "Nytt tidspunkt for intervjuet: {interviewdate} kl. {interviewtime} – {vacancy}"
MOVED_CONTENT = """Hei {first-name},

Intervjuet ditt er flyttet. Dette er det nye tidspunktet:

Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {address}
Du møter: {interviewers}

Gi oss beskjed om det passer:
{confirmlink}"""

CANCELLATION_SUBJECT = "Intervjuet {interviewdate} er avlyst – {vacancy}"
CANCELLATION_CONTENT = """Hei {first-name},

Intervjuet {interviewdate} kl. {interviewtime} er dessverre avlyst."""
# For one whose part is called off while the interview goes on with others.
PART_CANCELLATION_SUBJECT = "Intervjuavtalen din {interviewdate} er avlyst – {vacancy}"
PART_CANCELLATION_CONTENT = """Hei {first-name},

Intervjuavtalen din {interviewdate} kl. {interviewtime} er dessverre avlyst."""
CANCELLATION_REASON = "Begrunnelse: {reason}"

FREE_SUBJECT = "Om intervjuet – {vacancy}"
FREE_CONTENT = "Hei {first-name},\n\n"

ANSWER_SUBJECT = "{name} har svart: {answer} – {vacancy}"
ANSWER_CONTENT = """{name} har svart på innkallingen til intervju {interviewdate} kl. {interviewtime} ({vacancy}).

Svar: {answer}"""
ANSWER_WISHES = "Melding fra kandidaten: {wishes}"
ANSWER_LINK = "{application-link}"

CHANGED_SUBJECT = "Endring i intervjuet: {interviewdate} kl. {interviewtime} – {vacancy}"
CHANGED_CONTENT = """Hei {first-name},

Det er en endring i intervjuet ditt. Dette gjelder nå:

Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {address}
Du møter: {interviewers}

Gi oss beskjed om det passer:
{confirmlink}"""

PEOPLE_SUBJECT = "Endring i hvem du møter: intervju {interviewdate} kl. {interviewtime} – {vacancy}"
PEOPLE_CONTENT = """Hei {first-name},

Det er en endring i hvem du møter på intervjuet. Tid og sted er som før:

Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {address}
Du møter: {interviewers}

Du trenger ikke å svare på nytt. Har du ikke svart ennå, eller passer det ikke likevel, kan du si fra her:
{confirmlink}"""

ANSWER_REMINDER_SUBJECT = "Gi oss beskjed: intervju {interviewdate} kl. {interviewtime} – {vacancy}"
ANSWER_REMINDER_CONTENT = """Hei {first-name},

Vi har invitert deg til intervju og har ikke hørt fra deg ennå.

Når: {interviewdate} kl. {interviewtime}, {duration} minutter
Hvor: {address}

Gi oss beskjed om det passer:
{confirmlink}"""

ANSWER_NOT_TAKEN_SUBJECT = "Svaret ditt er ikke registrert – {vacancy}"
ANSWER_NOT_TAKEN_CONTENT = """Hei {first-name},

Du svarte «{answer}» på invitasjonen vår fra e-posten eller kalenderen din. Det svaret har vi ikke kunnet registrere.

{explanation}"""
ANSWER_UNREADABLE_CONTENT = """Hei {first-name},

Vi har fått et svar på invitasjonen vår fra e-posten eller kalenderen din, men har ikke kunnet lese det. Svaret er derfor ikke registrert."""
ANSWER_NOT_TAKEN_LINK = """Her ser du hva som gjelder nå, og kan svare:
{confirmlink}"""
