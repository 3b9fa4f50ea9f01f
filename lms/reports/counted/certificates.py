"""Lists of certificates: how many were awarded, and to whom."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.issuing.models import Certificate
from courses.classes.models import Enrolment
from courses.people.permissions import VIEW_RESULTS
from lms.reports.counted.base import CLASS, PERSON, CountedList
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.tables import Column, Kind, Value


class CertificatesAwarded(CountedList):
    """Certificates by their date of award, those that were in force at the end of the period (TGT-2 `certificates`).

    A replacement is not a second certificate: what counts is the first paper of a result, while any of its papers holds.
    """

    code = "certificates_awarded"
    title = _("Certificates awarded")
    description = _(
        "Certificates by their date of award. A replaced certificate counts once, on the day of the first; a revoked one no longer counts."
    )
    event = _("date of award")
    unit = pgettext_lazy("unit", "documents")
    rights = (VIEW_RESULTS,)
    moment = "award_date"
    columns = (
        *PERSON,
        Column("number", _("certificate number")),
        Column("register_number", _("register number")),
        Column("awarded_on", _("awarded on"), Kind.DATE),
    )

    def everything(self) -> "QuerySet[Certificate]":
        return Certificate.objects.all()

    def selection(self, scope: Scope, period: Period, among: Any = None) -> "QuerySet[Any]":
        held = Q(state=Certificate.State.ISSUED) | Q(state_since__gte=period.ends_before)
        enrolment = OuterRef("outcome__enrolment")
        papers = Certificate.objects.filter(held, outcome__enrolment=enrolment, type_code=OuterRef("type_code"))
        return scope.certificates(among).filter(
            Exists(papers), supersedes__isnull=True, award_date__gte=period.first, award_date__lte=period.last
        )

    def with_words(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        words = ("outcome__enrolment__learner", *(f"outcome__enrolment__{name}" for name in CLASS))
        return rows.select_related(*words).order_by("award_date", "register_number")

    def enrolment_of(self, one: Any) -> Enrolment:
        return one.outcome.enrolment

    def last_cells(self, one: Any) -> tuple[Value, ...]:
        return one.number, one.register_number, one.award_date


class Certified(CertificatesAwarded):
    """The same, one row for each person (TGT-2 `certified`)."""

    code = "certified"
    title = _("Persons certified")
    description = _("Everybody with a certificate of the period that holds, once: shown with the first of them.")
    unit = pgettext_lazy("unit", "persons")
    person = "learner"
