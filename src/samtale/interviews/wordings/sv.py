"""Swedish."""

SIGNATURE = "Vänliga hälsningar\n{sender-name}\n{company}"

INVITATION_SUBJECTS = {
    "information": "Inbjudan till informationsmöte – {vacancy}",
    "interview_1": "Inbjudan till intervju – {vacancy}",
    "interview_2": "Inbjudan till en andra intervju – {vacancy}",
    "interview_3": "Inbjudan till en tredje intervju – {vacancy}",
}
INVITATION_OPENINGS = {
    "information": "Tack för din ansökan till tjänsten {vacancy}. Vi bjuder in dig till ett informationsmöte.",
    "interview_1": "Tack för din ansökan till tjänsten {vacancy}. Vi vill gärna lära känna dig bättre "
    "och bjuder in dig till intervju.",
    "interview_2": "Tack för ett trevligt samtal om tjänsten {vacancy}. Vi vill gärna träffa dig igen "
    "och bjuder in dig till en andra intervju.",
    "interview_3": "Tack för samtalen så här långt om tjänsten {vacancy}. Vi bjuder in dig till en sista intervju.",
}
INVITATION_CONTENT = """Hej {first-name},

%s

När: {interviewdate} kl. {interviewtime}, {duration} minuter
Var: {address}
Du träffar: {interviewers}

Berätta för oss om tiden passar:
{confirmlink}"""

REMINDER_SUBJECT = "Påminnelse: intervju {interviewdate} kl. {interviewtime} – {vacancy}"
REMINDER_CONTENT = """Hej {first-name},

Vi vill påminna om din tid hos {company}.

När: {interviewdate} kl. {interviewtime}, {duration} minuter
Var: {address}
Du träffar: {interviewers}

Kan du ändå inte komma kan du säga till här:
{confirmlink}"""
REMINDER_SMS = "Hej {first-name}! Vi påminner om din intervju hos {company} {interviewdate} kl. {interviewtime}. Välkommen!"

MOVED_SUBJECT = "Ny tid för intervjun: {interviewdate} kl. {interviewtime} – {vacancy}"
MOVED_CONTENT = """Hej {first-name},

Din intervju har flyttats. Det här är den nya tiden:

När: {interviewdate} kl. {interviewtime}, {duration} minuter
Var: {address}
Du träffar: {interviewers}

Berätta för oss om den passar:
{confirmlink}"""

CANCELLATION_SUBJECT = "Intervjun {interviewdate} är inställd – {vacancy}"
CANCELLATION_CONTENT = """Hej {first-name},

Intervjun {interviewdate} kl. {interviewtime} är tyvärr inställd."""
# For one whose part is called off while the interview goes on with others.
PART_CANCELLATION_SUBJECT = "Din intervjutid {interviewdate} är avbokad – {vacancy}"
PART_CANCELLATION_CONTENT = """Hej {first-name},

Din intervjutid {interviewdate} kl. {interviewtime} är tyvärr avbokad."""
CANCELLATION_REASON = "Anledning: {reason}"

FREE_SUBJECT = "Om intervjun – {vacancy}"
FREE_CONTENT = "Hej {first-name},\n\n"

ANSWER_SUBJECT = "{name} har svarat: {answer} – {vacancy}"
ANSWER_CONTENT = """{name} har svarat på inbjudan till intervju {interviewdate} kl. {interviewtime} ({vacancy}).

Svar: {answer}"""
ANSWER_WISHES = "Meddelande från kandidaten: {wishes}"
ANSWER_LINK = "{application-link}"

CHANGED_SUBJECT = "Ändring av intervjun: {interviewdate} kl. {interviewtime} – {vacancy}"
CHANGED_CONTENT = """Hej {first-name},

Det är en ändring i din intervju. Det här gäller nu:

När: {interviewdate} kl. {interviewtime}, {duration} minuter
Var: {address}
Du träffar: {interviewers}

Berätta för oss om det passar:
{confirmlink}"""

PEOPLE_SUBJECT = "Ändring av vilka du träffar: intervju {interviewdate} kl. {interviewtime} – {vacancy}"
PEOPLE_CONTENT = """Hej {first-name},

Det är en ändring av vilka du träffar på intervjun. Tid och plats är som tidigare:

När: {interviewdate} kl. {interviewtime}, {duration} minuter
Var: {address}
Du träffar: {interviewers}

Du behöver inte svara på nytt. Har du inte svarat än, eller passar det ändå inte, kan du säga till här:
{confirmlink}"""

ANSWER_REMINDER_SUBJECT = "Hör av dig: intervju {interviewdate} kl. {interviewtime} – {vacancy}"
ANSWER_REMINDER_CONTENT = """Hej {first-name},

Vi har bjudit in dig till en intervju och har inte hört av dig än.

När: {interviewdate} kl. {interviewtime}, {duration} minuter
Var: {address}

Berätta för oss om tiden passar:
{confirmlink}"""

ANSWER_NOT_TAKEN_SUBJECT = "Ditt svar har inte registrerats – {vacancy}"
ANSWER_NOT_TAKEN_CONTENT = """Hej {first-name},

Du svarade ”{answer}” på vår inbjudan från din e-post eller kalender. Det svaret har vi inte kunnat registrera.

{explanation}"""
ANSWER_UNREADABLE_CONTENT = """Hej {first-name},

Vi har fått ett svar på vår inbjudan från din e-post eller kalender, men har inte kunnat läsa det. Svaret har därför inte registrerats."""
ANSWER_NOT_TAKEN_LINK = """Här ser du vad som gäller nu, och kan svara:
{confirmlink}"""
