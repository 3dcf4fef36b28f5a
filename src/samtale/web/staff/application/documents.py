"""Files that belong to an application: taken in, and handed out to those who may see them."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samtale.core import clock
from samtale.recruiting.domain.documents import RefusedDocument, add_document, shown_name
from samtale.web.staff.access import StaffRequest, application_or_404, writable_application_or_404
from samtale.web.staff.application.page import application_page
from samtale.web.staff.forms.application import DocumentForm


@require_POST
def upload(request: StaffRequest, application_id: int) -> HttpResponse:
    """Add a file to the application."""
    application = writable_application_or_404(request, application_id)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            add_document(application=application, file=file, name=file.name, by=request.user, now=clock.now())
        except RefusedDocument as refused:
            form.add_refusal(refused.reason)
    if not form.is_valid():
        return application_page(request, application, document_form=form)
    messages.success(request, _("The document is added."))
    return HttpResponseRedirect(reverse("staff:application", args=[application.pk]) + "#documents")


@require_safe
def download(request: StaffRequest, application_id: int, document_id: int) -> FileResponse:
    """Hand out a file, always to be saved and never to be shown as a page of ours."""
    application = application_or_404(request, application_id)
    document = get_object_or_404(application.documents, pk=document_id)
    try:
        content = document.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("The file is missing from the storage.")) from None
    response = FileResponse(
        content, as_attachment=True, filename=shown_name(document.name), content_type=document.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
