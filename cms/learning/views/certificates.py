"""A learner's own certificates, with every field that is printed, and how an employer checks them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from certificates.issuing.models import Certificate
from courses.terminals.permissions import LearnerRequest, learner_required


@require_GET
@learner_required
def certificates(request: LearnerRequest) -> HttpResponse:
    """Replaced and revoked ones are shown as what they are."""
    learner = request.learner
    mine = list(Certificate.objects.of(learner).select_related("certificate_type"))
    return render(request, "learning/certificates.html", {"certificates": mine})
