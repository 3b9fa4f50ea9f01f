"""培训台账: everybody in a class, with hours, result and certificate."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from certificates.issuing.models import Certificate
from courses.attendance.models import AttendanceRecord
from courses.classes.models import Enrolment, TrainingClass
from courses.people.models import User
from courses.people.permissions import VIEW_CLASSES
from courses.results.models import Outcome
from courses.words import listed
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight, categories_at
from lms.reports.tables import CLASS_PARTS, Column, Count, Kind, Report, Row, Rows, hours

OPENED = (TrainingClass.State.RUNNING, TrainingClass.State.CLOSED)


class TrainingLedger(Report):
    """One row for each enrolment in a class that began in the period and was opened."""

    code = "ledger"
    title = _("Training ledger")
    description = _(
        "Everybody on the roster of a class that was opened, also who left it early. The first day of the class decides. "
        "Hours are class hours of 45 minutes, those brought along included; required are the hours of the course. "
        "The category is that of the day on which somebody joined the class."
    )
    unit = _("person-times")
    columns = (
        Column("class_no", _("class")),
        Column("learner_no", _("learner number")),
        Column("name", pgettext_lazy("of a person", "name")),
        Column("identity", _("identity number"), sensitive=True),
        Column("category", _("category")),
        Column("earned", _("hours earned"), Kind.HOURS),
        Column("required", _("hours required"), Kind.HOURS),
        Column("completion", _("state in the class")),
        Column("result", _("result")),
        Column("certificate", _("certificate number")),
        Column("course", _("course")),
        Column("starts_on", _("from"), Kind.DATE),
        Column("ends_on", _("until"), Kind.DATE),
        Column("host", _("place")),
        Column("provider", _("school")),
    )
    rights = (VIEW_CLASSES,)
    asks_category = True

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[Enrolment]":
        found = scope.enrolments(Enrolment.objects.visible_to(user), event="enrolled_at").filter(
            training_class__state__in=OPENED,
            training_class__starts_on__gte=period.first,
            training_class__starts_on__lte=period.last,
        )
        return (
            found.select_related("learner")
            .prefetch_related(
                *CLASS_PARTS,
                Prefetch("outcomes", Outcome.objects.confirmed(), to_attr="confirmed_outcomes"),
                Prefetch("outcomes__certificates", Certificate.objects.live(), to_attr="live_certificates"),
            )
            .order_by("training_class__starts_on", "training_class__class_no", "roster_no", "pk")
        )

    def counts(self, rows: Rows) -> list[Count]:
        found = rows.objects.order_by()
        persons = found.values("learner").distinct().count()
        return [
            Count("person_times", _("in classes"), str(len(rows)), _("person-times")),
            Count("persons", _("different people"), str(persons), _("persons")),
            Count("classes", _("classes"), str(found.values("training_class").distinct().count()), ""),
        ]

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        categories = categories_at((one.learner_id, one.enrolled_at) for one in objects)
        earned = AttendanceRecord.objects.hours_for(objects)
        return [
            (
                one.training_class.class_no,
                one.learner.learner_no,
                one.learner.full_name,
                sight.identity(one.learner, one.training_class),
                sight.category(categories[one.learner_id, one.enrolled_at], one.training_class),
                hours(earned[one.pk].earned_half_hours),
                hours(earned[one.pk].required_half_hours),
                _completion(one),
                _result(one),
                _certificate(one),
                one.training_class.edition.title,
                one.training_class.starts_on,
                one.training_class.ends_on,
                one.training_class.host.name,
                one.training_class.provider.name,
            )
            for one in objects
        ]


def _completion(enrolment: Enrolment) -> str:
    if enrolment.end_reason:
        return f"{enrolment.get_state_display()} ({enrolment.get_end_reason_display()})"
    return str(enrolment.get_state_display())


def _result(enrolment: Any) -> str:
    """The confirmed result, as officers see it too: passed or not, no marks (PRV-3b)."""
    if not enrolment.confirmed_outcomes:
        return ""
    outcome = enrolment.confirmed_outcomes[0]
    if outcome.passed:
        return _t("passed")
    return _t("may resit") if outcome.resit_of else _t("not passed")


def _certificate(enrolment: Any) -> str:
    numbers = [one.number for outcome in enrolment.outcomes.all() for one in outcome.live_certificates]
    return listed(numbers)
