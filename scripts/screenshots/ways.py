"""The pictures that are taken: every page, in the order in which one meets them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from scripts.screenshots.pages import (
    ADMIN,
    BAD_ROWS,
    CANDIDATE_LANGUAGES,
    NOBODY,
    READER,
    TICKED,
    Place,
    answer,
    at,
    below_project,
    shot,
)

OSLO = ZoneInfo("Europe/Oslo")

at("login", "/accounts/login/", who=NOBODY)
at("login-ended", "/accounts/login/?ended=1", who=NOBODY)
at("password-reset", "/accounts/password/reset/", who=NOBODY)


@shot("login-refused", who=NOBODY)
def login_refused(place: Place) -> None:
    place.go("/accounts/login/")
    place.page.locator("main form button[type=submit]").click()
    place.page.wait_for_load_state()


at("start", "/")
at("projects", "/projects/")
at("projects-expired", "/projects/?tab=expired")
at("projects-completed", "/projects/?tab=completed")
at("projects-search", "/projects/?q=finnes+ikke")
at("project-new", "/projects/new/")
below_project("project", "")
below_project("project-edit", "edit/")
below_project("applications-list", "applications/")
below_project("applications-search", "applications/?q=hassan")
below_project("applications-none", "applications/?q=finnesikke")
below_project("applications-new-time", "applications/?answer=new_time")
below_project("application-new", "applications/new/")
below_project("import-1", "import/")


@shot("project-reader", who=READER)
def project_reader(place: Place) -> None:
    place.go(place.project())


@shot("project-complete")
def project_complete(place: Place) -> None:
    place.go(place.project())
    place.page.locator("form[action$='/complete/'] button").click()
    place.page.wait_for_load_state()


@shot("applications-reader", who=READER)
def applications_reader(place: Place) -> None:
    place.go(place.project() + "applications/")


@shot("applications-ticked", whole=False)
def applications_ticked(place: Place) -> None:
    place.tick(*TICKED)


@shot("applications-confirm")
def applications_confirm(place: Place) -> None:
    place.tick(*TICKED)
    place.execute("withdrawn")


@shot("application-new-errors")
def application_new_errors(place: Place) -> None:
    place.go(place.project() + "applications/new/")
    place.page.locator("main form button[type=submit]").last.click()
    place.page.wait_for_load_state()


@shot("import-2")
def import_2(place: Place) -> None:
    place.go(place.project() + "import/")
    file = {"name": "søkere.csv", "mimeType": "text/csv", "buffer": BAD_ROWS.encode("cp1252")}
    place.page.set_input_files("input[type=file]", file)  # type: ignore[arg-type]
    place.page.locator("main form button[type=submit]").first.click()
    place.page.wait_for_url("**/import/*/**")


@shot("invite-1")
def invite_1(place: Place) -> None:
    place.tick(*TICKED)
    place.execute("invite")


@shot("invite-1-errors")
def invite_1_errors(place: Place) -> None:
    invite_1(place)
    place.page.fill("[name=duration]", "0")
    place.page.locator("button[name=go][value=next]").last.click()
    place.page.wait_for_load_state()


@shot("invite-1-invited")
def invite_1_invited(place: Place) -> None:
    place.tick("Amina Hassan", "Aisha Khan")
    place.execute("invite")


@shot("invite-1-times")
def invite_1_times(place: Place) -> None:
    invite_1(place)
    fill_appointment(place)
    place.page.locator("#slots input[type=date]").first.wait_for()


def fill_appointment(place: Place) -> None:
    page = place.page
    page.select_option("[name=type]", "in_person")
    page.locator("[name=interviewers]").first.check()
    page.fill("[name=date]", (datetime.now(OSLO).date() + timedelta(days=9)).isoformat())
    page.fill("[name=time]", "09:00")
    page.fill("[name=pause]", "15")
    page.fill("[name=place]", "Rådhuset, møterom 4B")
    page.locator("[name=place]").blur()


@shot("invite-2")
def invite_2(place: Place) -> None:
    invite_1_times(place)
    next_step = place.page.locator("button[name=go][value=next]").last
    next_step.click()
    place.page.wait_for_load_state()
    if not place.page.locator("#letters").count():  # the times were proposed and are to be looked at first
        next_step.click()
    place.page.locator("#letters").wait_for()


@shot("invite-2-sms")
def invite_2_sms(place: Place) -> None:
    invite_2(place)
    place.page.check("[name=reminder][value=both]")


@shot("invite-2-errors")
def invite_2_errors(place: Place) -> None:
    invite_2(place)
    place.page.locator("[name$=-content]").first.fill("Hei {fornavn}, velkommen {interviewdate}.")
    place.page.locator("button[name=go][value=send]").click()
    place.page.locator(".ds-error-summary").wait_for()


@shot("application")
def application(place: Place) -> None:
    place.to_application("Amina Hassan")


@shot("application-new-time")
def application_new_time(place: Place) -> None:
    place.to_application("David Okafor")


@shot("application-not-invited")
def application_not_invited(place: Place) -> None:
    place.to_application("Elin Sjöberg")


@shot("application-withdrawn")
def application_withdrawn(place: Place) -> None:
    place.to_application("Fatima El Amrani")


@shot("application-reader", who=READER)
def application_reader(place: Place) -> None:
    place.to_application("Amina Hassan")


def from_application(name: str, link: str, candidate: str = "Amina Hassan") -> None:
    """Make the page that an application's page links to a picture."""

    def way(place: Place) -> None:
        place.to_application(candidate)
        place.page.locator(f"a[href*='{link}']").first.click()
        place.page.wait_for_load_state()

    shot(name)(way)


from_application("application-personal", "/personal/")
from_application("application-texts", "/texts/")
from_application("invitation-edit", "/invitations/")

at("calendar", "/calendar/")
at("calendar-month", "/calendar/?view=month")
at("calendar-day", "/calendar/?view=day")
at("calendar-list", "/calendar/?view=list")
at("calendar-filtered", "/calendar/?view=list&status=new_time")
at("calendar-print", "/calendar/?view=print")
at("calendar-new", "/calendar/new/")
at("outbox", "/outbox/")
at("outbox-failed", "/outbox/?state=failed")


def message(name: str, query: str) -> None:
    """Make the first message that the outbox finds for a query a picture."""

    def way(place: Place) -> None:
        place.go(f"/outbox/?{query}")
        place.page.locator("main a[href^='/outbox/']").first.click()
        place.page.wait_for_load_state()

    shot(name)(way)


message("message-waiting", "state=waiting")
message("message-sent", "state=sent")
message("message-failed", "state=failed")
message("message-sms", "channel=sms")

at("settings", "/settings/", who=ADMIN)
at("settings-organisation", "/settings/organisation/", who=ADMIN)
at("settings-users", "/settings/users/", who=ADMIN)
at("settings-user-new", "/settings/users/new/", who=ADMIN)
at("settings-departments", "/settings/departments/", who=ADMIN)
at("settings-department-new", "/settings/departments/new/", who=ADMIN)
at("settings-rooms", "/settings/rooms/", who=ADMIN)
at("settings-room-new", "/settings/rooms/new/", who=ADMIN)
at("settings-templates", "/settings/templates/", who=ADMIN)
at("settings-template", "/settings/templates/invitation.interview_1/nb/", who=ADMIN)
at("gallery", "/settings/gallery/", who=ADMIN)
at("profile", "/settings/profile/")
at("password-change", "/accounts/password/change/")
at("logout", "/accounts/logout/")


@shot("settings-user", who=ADMIN)
def settings_user(place: Place) -> None:
    place.go("/settings/users/")
    place.page.locator("main table a").first.click()
    place.page.wait_for_load_state()


at("error-403", "/settings/users/", who=READER, status=403)
at("error-404", "/projects/999999/", status=404)

answer("candidate-answer", "Cecilie Dahl")
answer("candidate-receipt", "Amina Hassan")
answer("candidate-change", "Amina Hassan", "&change")
answer("candidate-new-time", "David Okafor")
answer("candidate-started", "Samira Karimi")
answer("candidate-cancelled", "Turid Kolstad")
answer("candidate-withdrawn", "Fatima El Amrani")


@shot("candidate-nothing-chosen", who=NOBODY, status=422, languages=CANDIDATE_LANGUAGES)
def candidate_nothing_chosen(place: Place) -> None:
    place.to_answer("Cecilie Dahl")
    place.page.locator("main form button[type=submit]").first.click()
    place.page.wait_for_load_state()


@shot("candidate-confirm", who=NOBODY, languages=CANDIDATE_LANGUAGES)
def candidate_confirm(place: Place) -> None:
    place.to_answer("Cecilie Dahl")
    place.page.check("[name=choice][value=withdraw]")
    place.page.locator("main form button[type=submit]").first.click()
    place.page.wait_for_load_state()


@shot("candidate-unknown", who=NOBODY, status=404, languages=CANDIDATE_LANGUAGES)
def candidate_unknown(place: Place) -> None:
    place.go(f"/a/nobody-has-this-link/?lang={place.language}")
