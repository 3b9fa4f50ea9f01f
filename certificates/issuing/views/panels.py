"""What other screens show of certificates: a part of a person's file, and a line on the first page of the desk."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from certificates.issuing.models import Certificate
from certificates.issuing.rules import number as numbers
from certificates.issuing.views.lists import without_certificate
from certificates.issuing.views.showing import CHIPS


class LearnerCertificates(Component):
    """All certificates of one person that the user may see, newest first."""

    template_name = "issuing/panels/learner.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        seen = Certificate.objects.visible_to(parent_context["request"].user).of(parent_context["learner"])
        rows = []
        for certificate in seen:
            chip, icon = CHIPS[Certificate.State(certificate.state)]
            number = numbers.grouped(certificate.number)
            rows.append({"certificate": certificate, "chip": chip, "icon": icon, "number": number})
        return {"rows": rows}


class WithoutCertificate(Component):
    """How many have passed at my school and have no certificate yet."""

    name = "without_certificate"
    template_name = "issuing/panels/without.html"
    order = 40

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"count": without_certificate(parent_context["request"].user).count()}
