"""未结业人员: who left a class, or ended it, without completing it, and why."""

from typing import Any

from django.db.models import Count as CountOf
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.attendance.models import AttendanceRecord
from courses.classes.models import Enrolment
from courses.people.models import User
from courses.people.permissions import VIEW_CLASSES
from lms.reports.ended import ended_as
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight, categories_at
from lms.reports.tables import Column, Count, Kind, Report, Row, Rows, hours


class NotCompleted(Report):
    """One row for each enrolment that ended in the period without completion."""

    code = "not-completed"
    title = _("Not completed")
    description = _(
        "Everybody whose time in a class ended in the period without completing it, with the reason. The day of the end "
        "decides. The hours stay with the person and can be credited in another class."
    )
    unit = _("person-times")
    columns = (
        Column("class_no", _("class")),
        Column("learner_no", _("learner number")),
        Column("name", pgettext_lazy("of a person", "name")),
        Column("identity", _("identity number"), sensitive=True),
        Column("category", _("category")),
        Column("ended_on", _("ended on"), Kind.DATE),
        Column("reason", _("reason")),
        Column("earned", _("hours earned"), Kind.HOURS),
        Column("required", _("hours required"), Kind.HOURS),
        Column("course", _("course")),
        Column("host", _("place")),
        Column("provider", _("school")),
    )
    rights = (VIEW_CLASSES,)
    asks_category = True

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[Enrolment]":
        return ended_as(Enrolment.State.INCOMPLETE, user, scope, period)

    def counts(self, rows: Rows) -> list[Count]:
        by_reason = dict(rows.objects.order_by().values_list("end_reason").annotate(CountOf("pk")))
        reasons = [reason for reason in Enrolment.EndReason if reason in by_reason]
        return [
            Count("all", _("not completed"), str(len(rows)), self.unit),
            *[Count(reason.value, reason.label, str(by_reason[reason]), self.unit) for reason in reasons],
        ]

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        categories = categories_at((one.learner_id, one.ended_at) for one in objects)
        earned = AttendanceRecord.objects.hours_for(objects)
        return [
            (
                one.training_class.class_no,
                one.learner.learner_no,
                one.learner.full_name,
                sight.identity(one.learner, one.training_class),
                sight.category(categories[one.learner_id, one.ended_at], one.training_class),
                timezone.localdate(one.ended_at),
                str(one.get_end_reason_display()),
                hours(earned[one.pk].earned_half_hours),
                hours(earned[one.pk].required_half_hours),
                one.training_class.edition.title,
                one.training_class.host.name,
                one.training_class.provider.name,
            )
            for one in objects
        ]
