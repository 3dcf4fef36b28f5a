"""English."""

SIGNATURE = "Kind regards\n{sender-name}\n{company}"

REJECTION_SUBJECT = "Your application – {vacancy}"
REJECTION_OPENINGS = {
    "application": "Thank you for applying for the position {vacancy}, and for your interest in "
    "working with us.\n\nWe have been through the applications and will unfortunately not take yours further "
    "this time.",
    "information": "Thank you for coming to the information meeting about the position {vacancy}.\n\n"
    "We have now considered the applicants and will unfortunately not take your application further.",
    "interview_1": "Thank you for taking the time for an interview about the position {vacancy}. "
    "It was a pleasure to meet you.\n\n"
    "We have considered the applicants carefully, and will unfortunately go on with others this time.",
    "interview_2": "Thank you for our talks about the position {vacancy}, and for the time you have "
    "given.\n\nYou were among the few we wanted to meet again. All things considered, we will "
    "unfortunately go on with others this time.",
    "interview_3": "Thank you for our talks about the position {vacancy}, and for all the time you have "
    "given.\n\nYou were among the very last we considered. All things considered, we have "
    "unfortunately chosen somebody else.",
}
REJECTION_CONTENT = """Dear {first-name},

%s

If you have questions, you can reply to this e-mail or contact {contact-person}.

We wish you all the best, and hope that you will apply to us again."""
