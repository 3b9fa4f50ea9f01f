"""The list of entries, the file that is taken out, and one entry with the state of its chain."""

from io import BytesIO
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from courses.journal.actions import prove
from courses.journal.models import JournalEntry
from courses.journal.rules import GENESIS, seal
from courses.people.permissions import VIEW_JOURNAL
from courses.people.viewsets import RightRequiredMixin, ScopedObjectMixin
from lms.audit.actions import take_out
from lms.audit.forms import JournalForm
from lms.audit.permissions import entries_for
from lms.audit.sheet import write
from lms.audit.showing import Line, fields_of, kind_of, lines

PAGE = 50
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The page of a thing, for whoever may see it.
PAGES = {
    "classes.trainingclass": "classes_class",
    "people.learner": "people_file",
    "people.organisation": "people_place",
    "issuing.certificate": "issuing_certificate",
    "issuing.batch": "issuing_batch",
    "targets.target": "targets_target",
}


class JournalScreen(RightRequiredMixin):
    """A screen on the journal: for whoever may read it somewhere."""

    right = VIEW_JOURNAL
    page_title = gettext_lazy("Journal")
    header_icon = "q-list"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, {"url": "", "label": self.page_title}]

    def asked(self, data: Any) -> JournalForm:
        """The form with what was asked for."""
        return JournalForm(data, user=self.request.user, today=timezone.localdate())


class JournalList(JournalScreen, TemplateView):
    """Who did what to whom, when and why; newest first."""

    template_name = "audit/journal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.asked(self.request.GET)
        found: dict[str, Any] = {}
        if form.is_valid():
            page = Paginator(form.entries().newest_first(), PAGE).get_page(self.request.GET.get("page"))
            asked = {name: value for name, value in form.data.items() if value and name != "page"}
            about = form.cleaned_data["about"]
            found = {
                "page": page,
                "lines": lines(page.object_list),
                "query": f"{urlencode(asked)}&",
                "about": kind_of(about.partition(":")[0]) if about else "",
            }
        return super().get_context_data(form=form, **found, **kwargs)


class TakeOut(JournalScreen, View):
    """The entries that were asked for, as a file; the journal notes it."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, file_format = self.asked(request.POST), request.POST.get("format", "")
        if not form.is_valid() or file_format not in TYPES:
            return redirect("audit_journal")
        try:
            found = take_out(entries=form.entries(), organisation=form.cleaned_data["organisation"], by=request.user)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return redirect("audit_journal")
        file = BytesIO()
        write(file, file_format, found, by=request.user)
        response = HttpResponse(file.getvalue(), content_type=TYPES[file_format])
        name = f"journal-{timezone.localtime():%Y%m%d-%H%M}.{file_format}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class Entry(ScopedObjectMixin, TemplateView):
    """One entry: what was touched, why, and how its chain stands. Reading the whole chain is asked for."""

    model = JournalEntry
    object: JournalEntry
    template_name = "audit/entry.html"
    header_icon = "q-list"

    def get_base_object_queryset(self) -> Any:
        return entries_for(self.request.user)

    def is_permitted(self) -> bool:
        return True  # entries_for is the whole question

    def get_page_title(self) -> str:
        return _("Entry %(number)s") % {"number": self.object.sequence}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("audit_journal"), "label": _("Journal")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.object
        (line,) = lines([entry])
        return super().get_context_data(
            line=line, entry=entry, fields=fields_of(entry, bare=False), url=self.url_of(line), holds=holds(entry),
            chain=chain_state(entry.organisation_id) if "chain" in self.request.GET else None, **kwargs,
        )  # fmt: skip

    def url_of(self, line: Line) -> str:
        """The page of the thing, where there is one that the reader may see."""
        name, entry = PAGES.get(line.entry.object_label), line.entry
        if name is None:
            return ""
        model = apps.get_model(entry.object_label)
        if not model._default_manager.visible_to(self.request.user).filter(pk=entry.object_id).exists():  # type: ignore[attr-defined]
            return ""
        try:
            return reverse(name, args=[entry.object_id])
        except NoReverseMatch:
            return ""


def holds(entry: JournalEntry) -> bool:
    """Whether this entry is as it was sealed, and follows the one before it. One query."""
    before = JournalEntry.objects.at(entry.organisation_id).filter(sequence=entry.sequence - 1)
    previous = before.values_list("seal", flat=True).first() if entry.sequence > 1 else GENESIS
    return entry.previous == previous and entry.seal == seal(entry.fact, entry.previous)


def chain_state(organisation_id: int) -> dict[str, Any]:
    """The whole chain of an organisation, read from its first entry: how many there are, and where it is broken."""
    count, breaks = prove(organisation=organisation_id)
    return {"count": count, "broken": breaks[0] if breaks else None, "at": timezone.localtime()}


def newest(user: Any, count: int) -> list[Line]:
    """The last acts of people that the user may read, for the first page of the desk: machines write much and decide nothing."""
    return lines(entries_for(user).exclude(actor_kind=JournalEntry.Actor.SYSTEM).newest_first()[:count])
