"""English."""

SIGNATURE = "Kind regards\n{sender-name}\n{company}"

INVITATION_SUBJECTS = {
    "information": "Invitation to an information meeting – {vacancy}",
    "interview_1": "Invitation to interview – {vacancy}",
    "interview_2": "Invitation to a second interview – {vacancy}",
    "interview_3": "Invitation to a third interview – {vacancy}",
}
INVITATION_OPENINGS = {
    "information": "Thank you for applying for the position {vacancy}. We invite you to an information meeting.",
    "interview_1": "Thank you for applying for the position {vacancy}. We would like to get to know you better "
    "and invite you to an interview.",
    "interview_2": "Thank you for a good conversation about the position {vacancy}. We would like to meet you again "
    "and invite you to a second interview.",
    "interview_3": "Thank you for our conversations about the position {vacancy}. We invite you to a final interview.",
}
INVITATION_CONTENT = """Hello {first-name},

%s

When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {address}
You will meet: {interviewers}

Please tell us whether this time suits you:
{confirmlink}"""

REMINDER_SUBJECT = "Reminder: interview on {interviewdate} at {interviewtime} – {vacancy}"
REMINDER_CONTENT = """Hello {first-name},

This is a reminder of your appointment with {company}.

When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {address}
You will meet: {interviewers}

If you cannot come after all, please tell us here:
{confirmlink}"""
REMINDER_SMS = "Hello {first-name}! A reminder of your interview with {company} on {interviewdate} at {interviewtime}. Welcome!"

MOVED_SUBJECT = "New time for the interview: {interviewdate} at {interviewtime} – {vacancy}"
MOVED_CONTENT = """Hello {first-name},

Your interview has been moved. This is the new time:

When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {address}
You will meet: {interviewers}

Please tell us whether it suits you:
{confirmlink}"""

CANCELLATION_SUBJECT = "The interview on {interviewdate} is cancelled – {vacancy}"
CANCELLATION_CONTENT = """Hello {first-name},

We are sorry: the interview on {interviewdate} at {interviewtime} is cancelled."""
# For one whose part is called off while the interview goes on with others.
PART_CANCELLATION_SUBJECT = "Your appointment for interview on {interviewdate} is cancelled – {vacancy}"
PART_CANCELLATION_CONTENT = """Hello {first-name},

We are sorry: your appointment for interview on {interviewdate} at {interviewtime} is cancelled."""
CANCELLATION_REASON = "Reason: {reason}"

FREE_SUBJECT = "About your interview – {vacancy}"
FREE_CONTENT = "Dear {first-name},\n\n"

ANSWER_SUBJECT = "{name} has answered: {answer} – {vacancy}"
ANSWER_CONTENT = """{name} has answered the invitation to interview on {interviewdate} at {interviewtime} ({vacancy}).

Answer: {answer}"""
ANSWER_WISHES = "Message from the candidate: {wishes}"
ANSWER_LINK = "{application-link}"

CHANGED_SUBJECT = "A change to your interview: {interviewdate} at {interviewtime} – {vacancy}"
CHANGED_CONTENT = """Hello {first-name},

There is a change to your interview. This holds now:

When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {address}
You will meet: {interviewers}

Please tell us whether it suits you:
{confirmlink}"""

PEOPLE_SUBJECT = "A change in whom you will meet: interview on {interviewdate} at {interviewtime} – {vacancy}"
PEOPLE_CONTENT = """Hello {first-name},

There is a change in whom you will meet at the interview. Time and place are as before:

When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {address}
You will meet: {interviewers}

You need not answer again. If you have not answered yet, or it does not suit you after all, tell us here:
{confirmlink}"""

ANSWER_REMINDER_SUBJECT = "Please answer: interview on {interviewdate} at {interviewtime} – {vacancy}"
ANSWER_REMINDER_CONTENT = """Hello {first-name},

We have invited you to an interview and have not heard from you yet.

When: {interviewdate} at {interviewtime}, {duration} minutes
Where: {address}

Please tell us whether it suits you:
{confirmlink}"""

ANSWER_NOT_TAKEN_SUBJECT = "Your answer has not been recorded – {vacancy}"
ANSWER_NOT_TAKEN_CONTENT = """Hello {first-name},

You answered “{answer}” to our invitation from your e-mail or calendar. We could not record that answer.

{explanation}"""
ANSWER_UNREADABLE_CONTENT = """Hello {first-name},

We got an answer to our invitation from your e-mail or calendar, but could not read it. It has therefore not been recorded."""
ANSWER_NOT_TAKEN_LINK = """Here you can see what holds now, and answer:
{confirmlink}"""
