"""One certificate: what it says, its paper, its history, and asking for a change."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from certificates.issuing import actions, permissions
from certificates.issuing.forms import ChangeForm
from certificates.issuing.models import Certificate, ChangeRequest
from certificates.issuing.rules import number as numbers
from certificates.issuing.views.batches import pdf_response
from certificates.issuing.views.showing import CHIPS, lines
from courses.journal.models import JournalEntry
from courses.journal.words import words_of
from courses.people.models import User
from courses.people.permissions import VIEW_JOURNAL, may
from courses.people.viewsets import ScopedObjectMixin, refusals_in


class CertificateScreen(ScopedObjectMixin):
    """A screen about one certificate; a foreign one answers 404."""

    model = Certificate
    header_icon = "q-seal"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("issuer__organisation", "certificate_type", "learner", "supersedes")  # fmt: skip

    def is_permitted(self) -> bool:
        return True  # visible_to is the whole question

    def get_page_title(self) -> str:
        return numbers.grouped(self.object.number)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("certificates:index"), "label": _("Certificates")}]
        return [*items, {"url": reverse("issuing_certificate", args=[self.object.pk]), "label": self.object.name}]


class CertificatePage(CertificateScreen, TemplateView):
    """What is printed, the state, and what was done with it."""

    template_name = "issuing/certificate.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        certificate, user = self.object, self.request.user
        chip, icon = CHIPS[Certificate.State(certificate.state)]
        requests = certificate.change_requests.select_related("countersign__asked_by", "countersign__decided_by")
        waiting = next((request for request in requests if not request.countersign.decision), None)
        live = certificate.state == Certificate.State.ISSUED
        return super().get_context_data(
            certificate=certificate,
            lines=lines(certificate.public_facts),
            number=numbers.grouped(certificate.number),
            chip=chip,
            icon=icon,
            live=live,
            newer=Certificate.objects.filter(supersedes=certificate).first(),
            waiting=waiting,
            may_decide=waiting
            and permissions.can_release(user, certificate.issuer)
            and waiting.countersign.asked_by_id != user.pk,
            may_ask=live and not waiting and permissions.can_ask_for_change(user, certificate),
            may_see_register=permissions.can_ask_for_change(user, certificate),
            sees_journal=may(user, VIEW_JOURNAL, certificate.issuer.organisation),
            journal=history(certificate) if permissions.can_ask_for_change(user, certificate) else [],
            **kwargs,
        )


def history(certificate: Certificate) -> list[dict[str, Any]]:
    """What was done with a certificate, newest first, and by whom."""
    entries = list(JournalEntry.objects.about(certificate).order_by("-at", "-pk")[:30])
    users = User.objects.in_bulk([e.actor_id for e in entries if e.actor_kind == JournalEntry.Actor.USER])
    reasons = dict(ChangeRequest.Reason.choices)
    return [
        {
            "at": entry.at,
            "verb": words_of(entry.verb),
            "who": users[entry.actor_id].get_full_name() if entry.actor_id in users else entry.get_actor_kind_display(),
            "reason": reasons.get(entry.reason, entry.reason),
        }
        for entry in entries
    ]


class CertificatePaper(CertificateScreen, View):
    """The PDF, the same bytes each time. A certificate that is no longer in force has none."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.state != Certificate.State.ISSUED:
            raise Http404
        return pdf_response(actions.pdf_bytes(self.object), f"{self.object.number}.pdf")


class AskForChange(CertificateScreen, FormView):
    """Asking for a replacement or a revocation; another person decides."""

    form_class = ChangeForm
    template_name = "issuing/ask.html"
    kind = ""
    TITLES = {
        ChangeRequest.Kind.REPLACE: _("Ask for a replacement"),
        ChangeRequest.Kind.REVOKE: _("Ask for a revocation"),
    }

    def is_permitted(self) -> bool:
        return permissions.can_ask_for_change(self.request.user, self.object.issuer and self.object)

    def get_page_title(self) -> str:
        return self.TITLES[self.kwargs["kind"]]

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kwargs["kind"]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            certificate=self.object, kind=self.kwargs["kind"], number=numbers.grouped(self.object.number),
            name_now=self.object.learner.full_name, back=reverse("issuing_certificate", args=[self.object.pk]),
            **kwargs,
        )  # fmt: skip

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        is_replacement = self.kwargs["kind"] == ChangeRequest.Kind.REPLACE
        ask = actions.ask_replacement if is_replacement else actions.ask_revocation
        with refusals_in(form):
            ask(certificate=self.object, by=self.request.user, **form.cleaned_data)
            messages.success(self.request, _("Asked. Another person with the right to release decides."))
            return redirect("issuing_certificate", self.object.pk)
        return self.form_invalid(form)
