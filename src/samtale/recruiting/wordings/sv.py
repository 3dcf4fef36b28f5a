"""Swedish."""

SIGNATURE = "Vänlig hälsning\n{sender-name}\n{company}"

REJECTION_SUBJECT = "Svar på din ansökan – {vacancy}"
REJECTION_OPENINGS = {
    "application": "Tack för din ansökan till tjänsten {vacancy} och för ditt intresse för att arbeta "
    "hos oss.\n\nVi har gått igenom ansökningarna och går tyvärr inte vidare med din den här gången.",
    "information": "Tack för att du kom till informationsmötet om tjänsten {vacancy}.\n\n"
    "Vi har nu bedömt de sökande och går tyvärr inte vidare med din ansökan.",
    "interview_1": "Tack för att du tog dig tid till en intervju för tjänsten {vacancy}. "
    "Det var trevligt att lära känna dig.\n\n"
    "Vi har bedömt de sökande noga och går tyvärr vidare med andra den här gången.",
    "interview_2": "Tack för samtalen om tjänsten {vacancy} och för den tid du har lagt ner.\n\n"
    "Du var en av de få vi ville träffa igen. Efter en samlad bedömning går vi tyvärr vidare med andra "
    "den här gången.",
    "interview_3": "Tack för samtalen om tjänsten {vacancy} och för all tid du har lagt ner.\n\n"
    "Du var en av de allra sista vi övervägde. Efter en samlad bedömning har vi tyvärr valt någon annan.",
}
REJECTION_CONTENT = """Hej {first-name},

%s

Har du frågor kan du svara på detta e-postmeddelande eller kontakta {contact-person}.

Vi önskar dig lycka till framöver och hoppas att du söker till oss igen."""
