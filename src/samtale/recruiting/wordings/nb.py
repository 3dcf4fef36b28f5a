"""Norwegian (bokmål)."""

SIGNATURE = "Vennlig hilsen\n{sender-name}\n{company}"

REJECTION_SUBJECT = "Svar på søknaden din – {vacancy}"
REJECTION_OPENINGS = {
    "application": "Takk for søknaden på stillingen {vacancy}, og for interessen din for å arbeide hos "
    "oss.\n\nVi har gått gjennom søknadene og går dessverre ikke videre med din denne gangen.",
    "information": "Takk for at du kom på informasjonsmøtet om stillingen {vacancy}.\n\n"
    "Vi har nå vurdert søkerne og går dessverre ikke videre med søknaden din.",
    "interview_1": "Takk for at du tok deg tid til intervju for stillingen {vacancy}. "
    "Det var hyggelig å bli kjent med deg.\n\n"
    "Vi har vurdert søkerne nøye, og går dessverre videre med andre denne gangen.",
    "interview_2": "Takk for samtalene om stillingen {vacancy}, og for tiden du har brukt.\n\n"
    "Du har vært blant de få vi ville møte flere ganger. Etter en samlet vurdering går vi dessverre videre "
    "med andre denne gangen.",
    "interview_3": "Takk for samtalene om stillingen {vacancy}, og for all tiden du har brukt.\n\n"
    "Du var blant de aller siste vi vurderte. Etter en samlet vurdering har vi dessverre valgt en annen.",
}
REJECTION_CONTENT = """Hei {first-name},

%s

Har du spørsmål, kan du svare på denne e-posten eller ta kontakt med {contact-person}.

Vi ønsker deg lykke til videre, og håper at du søker hos oss igjen."""
