"""Preparing a batch, looking at every printed fact, handing it in, and watching it being issued."""

import io
import zipfile
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages

from certificates.designs import render
from certificates.designs.rules import Facts
from certificates.issuing import actions, permissions
from certificates.issuing.actions.batches import requests_about
from certificates.issuing.actions.checking import SENTENCES, facts_of, problems, with_everything
from certificates.issuing.forms import PrepareForm
from certificates.issuing.models import Batch, BatchItem, Certificate, CertificateType, Issuer
from certificates.issuing.rules import number as numbers
from certificates.issuing.rules.facts import PublicFacts
from certificates.issuing.views.showing import lines, shared
from courses.classes.models import TrainingClass
from courses.people.models import Organisation
from courses.people.permissions import PREPARE_CERTIFICATES
from courses.people.viewsets import ScopedObjectMixin, refusals_in
from courses.results.models import Outcome

SAMPLE = "样张"


class PrepareBatch(ScopedObjectMixin, FormView):
    """One class: who gets a certificate. Those who cannot are listed with the reason, without a box."""

    model = TrainingClass
    right = PREPARE_CERTIFICATES
    page_title = _("Prepare certificates")
    header_icon = "q-pen"
    template_name = "issuing/prepare.html"
    form_class = PrepareForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.certificate_type = CertificateType.objects.current(self.object.edition.certificate_type)
        self.issuer = Issuer.objects.filter(organisation=self.object.provider_id, active=True).first()
        self.rows = self._rows()

    def get_organisation(self) -> Organisation:
        return self.object.provider

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("certificates:index"), "label": _("Certificates")}]
        items.append({"url": reverse("issuing_choose"), "label": self.page_title})
        return [*items, {"url": "", "label": self.object.class_no}]

    def _rows(self) -> list[dict[str, Any]]:
        if self.certificate_type is None or self.issuer is None:
            return []
        outcomes = with_everything(Outcome.objects.live().filter(enrolment__training_class=self.object))
        facts = {o.pk: facts_of(o, self.certificate_type, self.issuer, self.object.ends_on) for o in outcomes}
        revoked = Certificate.objects.filter(outcome__in=outcomes, state=Certificate.State.REVOKED)
        revoked_before = set(revoked.values_list("outcome_id", flat=True))
        found = problems(outcomes, facts, certificate_type=self.certificate_type, issuer=self.issuer)
        return [
            {
                "outcome": outcome,
                "learner": outcome.enrolment.learner,
                "problem": found.get(outcome.pk),
                "revoked_before": outcome.pk in revoked_before,
                "reason": SENTENCES[found[outcome.pk].code] if outcome.pk in found else "",
            }
            for outcome in outcomes
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "candidates": [row["outcome"].pk for row in self.rows if not row["problem"]],
            "revoked_before": {row["outcome"].pk for row in self.rows if row["revoked_before"]},
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=self.rows, certificate_type=self.certificate_type, issuer=self.issuer,
            free=sum(1 for row in self.rows if not row["problem"]), **kwargs,
        )  # fmt: skip

    def form_valid(self, form: PrepareForm) -> HttpResponse:
        chosen = [row["outcome"] for row in self.rows if row["outcome"].pk in form.cleaned_data["outcomes"]]
        with refusals_in(form):
            batch = actions.prepare_batch(
                outcomes=chosen, certificate_type=self.certificate_type, by=self.request.user,
                award_date=form.cleaned_data["award_date"],
            )  # fmt: skip
            return redirect("issuing_batch", batch.pk)
        return self.form_invalid(form)


class BatchScreen(ScopedObjectMixin):
    """A screen about one batch; whoever may prepare or release sees it."""

    model = Batch
    header_icon = "q-pages"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related("issuer__organisation", "certificate_type", "prepared_by", "released_by")  # fmt: skip

    def is_permitted(self) -> bool:
        return True  # visible_to asks for the right to prepare or to release

    def get_page_title(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse("certificates:index"), "label": _("Certificates")}]
        return [
            *items,
            {"url": reverse("batches:index"), "label": _("Batches")},
            {"url": "", "label": str(self.object)},
        ]


class BatchPage(BatchScreen, TemplateView):
    """Everything that will be, or was, printed; and what happens next."""

    template_name = "issuing/batch.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        requests = list(requests_about(self.object).select_related("asked_by", "decided_by"))
        waiting = next((request for request in requests if not request.decision), None)
        sent_back = requests[0] if requests and requests[0].decision == "refused" else None
        user = self.request.user
        return super().get_context_data(
            **preview(self.object),
            waiting=waiting,
            sent_back=sent_back if not waiting and self.object.state == Batch.State.DRAFT else None,
            may_prepare=permissions.can_prepare(user, self.object.issuer),
            may_release=permissions.can_release(user, self.object.issuer) and user.pk != self.object.prepared_by_id,
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        if self.object.state == Batch.State.RELEASED:
            response["Refresh"] = "2"  # shows the progress without a script
        return response


def preview(batch: Batch) -> dict[str, Any]:
    """What stands on every certificate of the batch, and what differs from learner to learner. Two queries."""
    items = list(batch.items.select_related("outcome__enrolment__learner").order_by("outcome__enrolment__roster_no"))
    issued = {c.batch_item_id: c for c in Certificate.objects.filter(batch_item__batch=batch)}
    said = [lines(PublicFacts.from_json(item.facts)) for item in items]
    everywhere = shared(said)
    name = next(iter(said[0])) if said else ""
    everywhere.pop(name, None)
    rows = []
    for item, all_lines in zip(items, said, strict=True):
        own = {label: text for label, text in all_lines.items() if label not in everywhere and label != name}
        certificate = issued.get(item.pk)
        rows.append(
            {
                "item": item, "name": item.facts["name"], "learner": item.outcome.enrolment.learner, "own": own,
                "certificate": certificate, "number": numbers.grouped(certificate.number) if certificate else "",
                "refusal": SENTENCES.get(item.refusal, ""),
            }
        )  # fmt: skip
    return {"everywhere": everywhere, "rows": rows, "total": len(items), "done": len(issued),
            "refused": sum(1 for item in items if item.state == BatchItem.State.REFUSED)}  # fmt: skip


class BatchAct(BatchScreen, View):
    """Handing in or discarding: a button each, and back to the page."""

    act = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if kwargs["act"] == "submit":
                actions.submit_batch(batch=self.object, by=request.user)
                messages.success(request, _("Handed in. Another person with the right to release decides."))
            else:
                actions.discard_batch(batch=self.object, by=request.user)
                messages.success(request, _("Discarded. The learners can be put into another batch."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("issuing_batch", self.object.pk)


class BatchSample(BatchScreen, View):
    """The paper of the first learner, without number, signature and address: to be looked at before the release."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        item = self.object.items.order_by("outcome__enrolment__roster_no").first()
        if item is None:
            raise Http404
        facts, issuer = PublicFacts.from_json(item.facts), self.object.issuer
        pdf = render(
            self.object.certificate_type.design,
            Facts(
                title=facts.title, number=SAMPLE * 2, name=facts.name, course=facts.course, half_hours=facts.half_hours,
                award_date=facts.award_date, issuer=facts.issuer, verify_url=SAMPLE, qr_text=SAMPLE, level=facts.level,
                result=facts.result, trained_from=facts.trained_from, trained_to=facts.trained_to,
                signatory=issuer.signatory, seal="none",
            ),
        )  # fmt: skip
        return pdf_response(pdf, "sample.pdf")


class BatchPapers(BatchScreen, View):
    """All papers of the batch in one file, by register number."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        certificates = Certificate.objects.live().filter(batch_item__batch=self.object).order_by("register_number")
        if not certificates:
            raise Http404
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as file:
            for certificate in certificates:
                file.writestr(f"{certificate.number}.pdf", actions.pdf_bytes(certificate))
        response = HttpResponse(packed.getvalue(), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="certificates-{self.object.pk}.zip"'
        response["Cache-Control"] = "private, no-store"
        return response


def pdf_response(pdf: bytes, name: str) -> HttpResponse:
    """A paper in the browser, kept by nobody. The file name tells nothing but the number."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
