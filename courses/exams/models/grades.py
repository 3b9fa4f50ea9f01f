"""Marks: corrected by newer ones, never edited."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.classes.models import Enrolment, TrainingClass
from courses.exams.models.attempts import Attempt
from courses.exams.models.exams import Exam, ExamEntry, ExamEntryQuerySet
from courses.exams.rules.marks import ComponentMarks, Sat, Standing, judged_by, standings
from courses.people.models import User
from courses.people.permissions import VIEW_RESULTS


class GradeQuerySet(models.QuerySet["Grade"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(exam__training_class__in=TrainingClass.objects.where(user, VIEW_RESULTS))

    def live(self) -> Self:
        """The marks that count: not superseded by a correction (EXM-7)."""
        return self.filter(superseded_at__isnull=True)

    def marks_of(self, training_class: TrainingClass) -> dict[int, dict[str, ComponentMarks]]:
        """The marks that count of everybody in a class, by exam entry and component: one query."""
        rows = self.live().filter(exam__training_class=training_class).order_by()
        found: dict[int, dict[str, dict[bool, Sat]]] = {}
        for entry, component, resit, score, on in rows.values_list(
            "entry", "exam__component", "resit", "score", "sat_on"
        ):
            found.setdefault(entry, {}).setdefault(component, {})[resit] = Sat(score, on)
        pass_marks = training_class.edition.pass_rule.components()
        return {
            entry: {
                name: ComponentMarks(name, pass_marks.get(name, 0), sat.get(False), sat.get(True))
                for name, sat in components.items()
            }
            for entry, components in found.items()
        }

    def resit_candidates(self, exam: Exam, on: date | None = None) -> ExamEntryQuerySet:
        """The entries that may sit an exam's component again on a day, today by default (EXM-3): failed or missed it once,
        within the months that the programme gives, and still in the class."""
        training_class = exam.training_class
        pass_marks, run_rules = training_class.edition.pass_rule.components(), training_class.run_rules
        found = []
        for entry, marks in self.marks_of(training_class).items():
            stands = standings(
                judged_by(pass_marks, marks),
                on=on or timezone.localdate(),
                resit_months=run_rules.resit_months,
                max_resits=run_rules.max_resits,
            )
            if stands.get(exam.component) == Standing.MAY_RESIT:
                found.append(entry)
        return ExamEntry.objects.eligible().filter(pk__in=found, enrolment__in=Enrolment.objects.on_roster())


class Grade(models.Model):
    """A mark of 0 to 100 for one component, first sitting or resit. Corrected by a newer one; the old stays (EXM-7)."""

    class Source(models.TextChoices):
        SCREEN = "screen", _("scored by the computer")
        PAPER = "paper", _("typed from paper")
        PRACTICAL = "practical", _("agreed by the examiners")
        PLAN = "plan", _("review of the business plan")

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="grades", verbose_name=_("exam"))
    entry = models.ForeignKey(ExamEntry, models.PROTECT, related_name="grades", verbose_name=_("learner"))
    resit = models.BooleanField(_("resit"), default=False)
    absent = models.BooleanField(_("did not come"), default=False)
    score = models.DecimalField(_("score"), max_digits=5, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    attempt = models.ForeignKey(Attempt, models.PROTECT, null=True, blank=True, related_name="grades")
    sat_on = models.DateField(_("sat on"))
    graded_at = models.DateTimeField(_("graded at"), default=timezone.now)
    graded_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("examiner")
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        ordering = ["exam", "entry", "resit", "graded_at"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["exam", "entry", "resit"], condition=Q(superseded_at__isnull=True), name="exams_one_live_grade"
            ),
            models.CheckConstraint(
                condition=Q(absent=True, score__isnull=True) | Q(absent=False, score__gte=0, score__lte=100),
                name="exams_grade_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.exam_id}: {self.score}"


class GradeCorrectionQuerySet(models.QuerySet["GradeCorrection"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(grade__in=Grade.objects.visible_to(user))

    def waiting(self) -> Self:
        """Asked for and not decided yet."""
        return self.filter(decided_at__isnull=True)


class GradeCorrection(models.Model):
    """A wish to correct a mark (EXM-7): what it should be, and why. A second person decides (`people.Countersign`)."""

    grade = models.ForeignKey(Grade, models.PROTECT, related_name="corrections", verbose_name=_("score"))
    absent = models.BooleanField(_("did not come"), default=False)
    score = models.DecimalField(_("corrected score"), max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    replacement = models.OneToOneField(
        Grade, models.PROTECT, null=True, blank=True, related_name="corrects", verbose_name=_("new score")
    )

    objects = GradeCorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        verbose_name = _("correction of a score")
        verbose_name_plural = _("corrections of scores")
        constraints = [
            models.UniqueConstraint(
                fields=["grade"], condition=Q(decided_at__isnull=True), name="exams_one_waiting_correction"
            ),
            models.CheckConstraint(
                condition=Q(absent=True, score__isnull=True) | Q(absent=False, score__gte=0, score__lte=100),
                name="exams_corrected_mark_0_to_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade_id}: {self.score}"
