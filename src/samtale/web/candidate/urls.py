"""The candidate's pages, reached by a link in an e-mail and without a log-in."""

from django.urls import path, re_path

from samtale.web.candidate import answer

app_name = "candidate"

urlpatterns = [
    path("<str:token>/", answer.answer_page, name="answer"),
    path("<str:token>/calendar.ics", answer.calendar_file, name="ics"),
    # Whatever else a mail program makes of a link holds the key as well.
    path("<str:token>", answer.without_slash),
    re_path("", answer.mangled_link),
]
