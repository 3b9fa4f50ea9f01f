"""Beginning a workbook."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.classes.models import Enrolment, TrainingClass
from courses.journal.actions import record
from courses.people.models import Learner, Organisation
from courses.plans.book import BOOKS
from courses.plans.models import Plan, Section, nearest_values


def start_plan(*, enrolment: Enrolment, by: Learner | None, at: datetime | None = None) -> Plan:
    """Begin the workbook of a learner in a class. Beginning again gives the same plan.

    The values of the place (tax, wages, years of use) are kept with the plan as they hold on this day.
    Refuses (PermissionDenied) another learner's enrolment; (ValidationError) a course without a workbook, a class that does not
    run and somebody who is not in it now.
    """
    if by is not None and enrolment.learner_id != by.pk:
        raise PermissionDenied
    moment = at or timezone.now()
    with transaction.atomic():
        enrolment = Enrolment.objects.select_for_update(of=("self",)).select_related(
            "training_class__edition", "training_class__host"
        ).get(pk=enrolment.pk)  # fmt: skip
        existing = Plan.objects.select_related("enrolment__training_class").filter(enrolment=enrolment).first()
        if existing:
            return existing
        training_class = enrolment.training_class
        book = training_class.edition.workbook
        if not book:
            raise ValidationError(_("This course has no workbook."))
        if training_class.state != TrainingClass.State.RUNNING or enrolment.state != Enrolment.State.ACTIVE:
            raise ValidationError(_("A workbook is begun while the class is running."))
        plan = Plan.objects.create(
            enrolment=enrolment, book=book, begun_at=moment,
            values=snapshot(training_class.host, timezone.localdate(moment)),
        )  # fmt: skip
        Section.objects.bulk_create(Section(plan=plan, code=section.code) for section in BOOKS[book].sections)
        record(verb="plans.start_plan", about=plan, by=by, organisation=training_class.host_id, at=at)
    return plan


def snapshot(place: Organisation, day: date) -> dict[str, dict[str, str]]:
    """The local values of a place on a day as a plan keeps them, each with where it comes from."""
    return {
        code: {
            "value": f"{found.value.normalize():f}", "region": found.region.name if found.region else "",
            "valid_from": found.valid_from.isoformat(), "source": found.source,
        }
        for code, found in nearest_values(place, day).items()
    }  # fmt: skip
