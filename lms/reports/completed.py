"""结业人员: who completed a class, that is, met its hours."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.classes.models import Enrolment
from courses.people.models import User
from courses.people.permissions import VIEW_CLASSES
from lms.reports.ended import ended_as
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sight import Sight, categories_at
from lms.reports.tables import Column, Count, Kind, Report, Row, Rows


class CompletedPersons(Report):
    """One row for each enrolment that was completed in the period; persons are counted once (TGT-2 `trained`)."""

    code = "completed"
    title = _("Completed persons")
    description = _(
        "Everybody who completed a class in the period: the hours were met when the class was closed. The day of completion "
        "decides. A person who completed two classes has two rows and counts as one person."
    )
    unit = _("person-times")
    columns = (
        Column("class_no", _("class")),
        Column("learner_no", _("learner number")),
        Column("name", pgettext_lazy("of a person", "name")),
        Column("identity", _("identity number"), sensitive=True),
        Column("category", _("category")),
        Column("completed_on", _("completed on"), Kind.DATE),
        Column("course", _("course")),
        Column("host", _("place")),
        Column("provider", _("school")),
    )
    rights = (VIEW_CLASSES,)
    asks_category = True

    def objects(self, user: User, scope: Scope, period: Period) -> "QuerySet[Enrolment]":
        return ended_as(Enrolment.State.COMPLETED, user, scope, period)

    def counts(self, rows: Rows) -> list[Count]:
        persons = rows.objects.order_by().values("learner").distinct().count()
        return [
            Count("persons", _("completed"), str(persons), _("persons")),
            Count("person_times", _("completions"), str(len(rows)), _("person-times")),
        ]

    def cells(self, objects: list[Any], sight: Sight) -> list[Row]:
        categories = categories_at((one.learner_id, one.ended_at) for one in objects)
        return [
            (
                one.training_class.class_no,
                one.learner.learner_no,
                one.learner.full_name,
                sight.identity(one.learner, one.training_class),
                sight.category(categories[one.learner_id, one.ended_at], one.training_class),
                timezone.localdate(one.ended_at),
                one.training_class.edition.title,
                one.training_class.host.name,
                one.training_class.provider.name,
            )
            for one in objects
        ]
