"""证书登记册: every certificate with its register number and what became of it."""

from typing import Any

from django.db.models import Count as CountOf
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.issuing.models import Certificate
from certificates.issuing.models.issuers import BATCH_RIGHTS
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import HIDDEN, Sight
from lms.reports.tables import Column, Count, Kind, Report, Row, Rows, hours


class CertificateRegister(Report):
    """One row for each certificate awarded in the period, also those that were replaced or revoked (CRT-3, CRT-7)."""

    code = "certificates"
    title = _("Certificate register")
    description = _(
        "Every certificate, in the order of the register: also those that were replaced or revoked, so that no number is "
        "missing. The date of award decides. Certified are people who hold at least one that is valid."
    )
    unit = pgettext_lazy("unit", "documents")
    columns = (
        Column("register_number", _("register number")),
        Column("number", _("certificate number")),
        Column("type", _("certificate type")),
        Column("name", _("name as printed")),
        Column("identity", _("identity number"), sensitive=True),
        Column("course", _("course")),
        Column("level", _("level")),
        Column("hours", _("hours"), Kind.HOURS),
        Column("award_date", _("date of award"), Kind.DATE),
        Column("issuer", _("issuer")),
        Column("state", _("state")),
        Column("state_since", _("since"), Kind.DATE),
        Column("replaces", _("replaces")),
    )
    rights = (*BATCH_RIGHTS, VIEW_RESULTS)
    asks_category = True

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[Certificate]":
        found = scope.certificates(Certificate.objects.visible_to(user)).filter(
            award_date__gte=period.first, award_date__lte=period.last
        )
        return found.select_related("learner", "supersedes", "issuer", "outcome__enrolment__training_class").order_by(
            "register_number"
        )

    def counts(self, rows: Rows) -> list[Count]:
        plain = rows.objects.order_by()
        by_state = dict(plain.values_list("state").annotate(CountOf("pk")))
        valid = plain.filter(state=Certificate.State.ISSUED).values("learner").distinct().count()
        return [
            Count("documents", _("in the register"), str(len(rows)), pgettext_lazy("unit", "documents")),
            *[
                Count(state.value, state.label, str(by_state.get(state.value, 0)), pgettext_lazy("unit", "documents"))
                for state in Certificate.State
            ],
            Count("persons", _("certified"), str(valid), _("persons")),
        ]

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        return [_row(one, sight) for one in objects]


def _row(certificate: Certificate, sight: Sight) -> Row:
    facts, old = certificate.public_facts, certificate.supersedes
    keeps = certificate.issuer.organisation_id in sight.registers
    return (
        certificate.register_number if keeps else HIDDEN,
        certificate.number,
        facts.title,
        certificate.name,
        sight.identity(certificate.learner, certificate.outcome.enrolment.training_class),
        facts.course,
        facts.level,
        hours(facts.half_hours),
        certificate.award_date,
        facts.issuer,
        str(certificate.get_state_display()),
        timezone.localdate(certificate.state_since),
        (old.register_number if keeps else old.number) if old else "",
    )
