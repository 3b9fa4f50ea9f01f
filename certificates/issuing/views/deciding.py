"""The second person's pages: releasing a batch, replacing or revoking a certificate."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages

from certificates.issuing import actions
from certificates.issuing.models import Batch, ChangeRequest
from certificates.issuing.rules import number as numbers
from certificates.issuing.views.batches import preview
from certificates.issuing.views.showing import lines
from courses.people.models import Countersign
from courses.people.viewsets import DecideMixin, refusals_in


class DecideBatch(DecideMixin, FormView):
    """Everything that will be printed, then the signature. Signing twice releases once."""

    about_model = Batch
    template_name = "issuing/decide_batch.html"
    header_icon = "q-seal"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(batch=self.about, **preview(self.about), **kwargs)

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        comment = form.cleaned_data["comment"]
        with refusals_in(form):
            if "approve" in self.request.POST:
                actions.release_batch(batch=self.about, by=self.request.user, comment=comment)
                messages.success(self.request, _("Released. The certificates are being issued."))
            else:
                actions.send_back_batch(batch=self.about, by=self.request.user, comment=comment)
                messages.success(self.request, _("Sent back to whoever prepared it."))
            return redirect("issuing_batch", self.about.pk)
        return self.form_invalid(form)


class DecideChange(DecideMixin, FormView):
    """What the certificate says now, what was asked and why, then the signature."""

    about_model = ChangeRequest
    template_name = "issuing/decide_change.html"
    header_icon = "q-seal"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        certificate = self.about.certificate
        return super().get_context_data(
            request_kind=self.about.kind, certificate=certificate, lines=lines(certificate.public_facts),
            number=numbers.grouped(certificate.number), name_now=certificate.learner.full_name, **kwargs,
        )  # fmt: skip

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        comment, by, certificate = form.cleaned_data["comment"], self.request.user, self.about.certificate
        with refusals_in(form):
            if "approve" not in self.request.POST:
                actions.decline_change(request=self.about, by=by, comment=comment)
                messages.success(self.request, _("Declined. The certificate stays as it is."))
            elif self.about.kind == ChangeRequest.Kind.REPLACE:
                certificate = actions.replace(certificate=certificate, by=by, comment=comment)
                messages.success(self.request, _("Replaced. This is the new certificate."))
            else:
                actions.revoke(certificate=certificate, by=by, comment=comment)
                messages.success(self.request, _("Revoked. The public page says so from now on."))
            return redirect("issuing_certificate", certificate.pk)
        return self.form_invalid(form)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The address under which "waits for me" finds our acts: leads to the page for what the request is about."""
    label = Countersign.objects.filter(pk=pk).values_list("object_label", flat=True).first()
    views = {Batch._meta.label_lower: DecideBatch, ChangeRequest._meta.label_lower: DecideChange}
    if label not in views:
        raise Http404
    return views[label].as_view()(request, pk=pk)
