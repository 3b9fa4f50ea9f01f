"""Correcting a mark: a reason, two persons, and the old mark stays (EXM-7)."""

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.classes.permissions import may_in_class
from courses.exams.actions.grading import MARK_SENTENCES, Typed
from courses.exams.models import Grade, GradeCorrection
from courses.exams.permissions import second_person_at
from courses.exams.rules.marks import InvalidMark, read_mark
from courses.journal.actions import record
from courses.people.actions import ask_countersign, countersign
from courses.people.models import Countersign, User
from courses.people.permissions import CONFIRM_RESULTS, EXAMINE

CORRECT = "exams.correct_grade"


def correct_grade(
    *, grade: Grade, by: User, reason: str, score: Typed = None, absent: bool = False, at: datetime | None = None
) -> GradeCorrection:
    """Ask for a mark to be corrected; somebody else with `CONFIRM_RESULTS` decides. Asking for the same twice returns the wish.

    Needs `EXAMINE` or `CONFIRM_RESULTS`. Refuses (ValidationError) a missing reason, a mark that was corrected already or is
    the same, another wish that waits, and what is no mark.
    """
    if not any(may_in_class(by, right, grade.exam.training_class) for right in (EXAMINE, CONFIRM_RESULTS)):
        raise PermissionDenied
    wanted = _wanted(score, absent)
    with transaction.atomic():
        grade = Grade.objects.select_for_update(of=("self",)).select_related(
            "exam__training_class__host", "exam__training_class__provider", "entry__enrolment__learner"
        ).get(pk=grade.pk)  # fmt: skip
        waiting = grade.corrections.waiting().first()
        if waiting and waiting.score == wanted:
            return waiting
        _refuse(grade, wanted, reason, waiting)
        correction = GradeCorrection.objects.create(
            grade=grade, score=wanted, absent=wanted is None, reason=reason.strip(), asked_by=by,
            asked_at=at or timezone.now(),
        )  # fmt: skip
        record(
            verb=CORRECT, about=correction, by=by, organisation=grade.exam.training_class.host_id, fields=["score"],
            reason=correction.reason, at=at,
        )  # fmt: skip
        _ask_second_person(correction, by, at)
    return correction


def decide_correction(
    *, correction: GradeCorrection, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> GradeCorrection:
    """Decide as the second person. Approved, the new mark takes the place of the old one, which stays readable.

    Refuses (PermissionDenied) the person who asked; (ValidationError) a refusal without a comment and a mark that has changed
    since. Deciding twice the same way changes nothing. A confirmed result is reopened in `courses.results`.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        correction = GradeCorrection.objects.select_for_update().get(pk=correction.pk)
        request = Countersign.objects.get(
            act=CORRECT, object_label=correction._meta.label_lower, object_id=str(correction.pk)
        )
        countersign(request=request, by=by, approve=approve, comment=comment, at=at)
        if correction.decided_at is not None:
            return correction
        if approve:
            correction.replacement = _replace(correction, moment)
        correction.decided_at = moment
        correction.save(update_fields=["decided_at", "replacement"])
        record(
            verb="exams.decide_correction", about=correction, by=by, reason=comment, at=at, fields=["score"],
            organisation=correction.grade.exam.training_class.host_id,
        )  # fmt: skip
    return correction


def _wanted(score: Typed, absent: bool) -> Decimal | None:
    if absent == (score is not None):
        raise ValidationError({"score": _("Type a score, or tick that the learner did not come.")})
    if score is None:
        return None
    try:
        return read_mark(score)
    except InvalidMark as problem:
        raise ValidationError({"score": str(MARK_SENTENCES[problem.code])}) from None


def _refuse(grade: Grade, wanted: Decimal | None, reason: str, waiting: GradeCorrection | None) -> None:
    if waiting:
        raise ValidationError(_("Another correction of this score waits for a decision."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the score is corrected.")})
    if grade.superseded_at is not None:
        raise ValidationError(_("This score has been corrected already. Look at the new one."))
    if grade.score == wanted:
        raise ValidationError({"score": _("This is the score that stands.")})


def _ask_second_person(correction: GradeCorrection, by: User, at: datetime | None) -> None:
    exam, learner = correction.grade.exam, correction.grade.entry.enrolment.learner
    ask_countersign(
        act=CORRECT, about=correction, by=by, reason=correction.reason, at=at, permission=CONFIRM_RESULTS,
        organisation=second_person_at(exam.training_class, CONFIRM_RESULTS, by),
        title=gettext_noop("Correct the score of %(name)s: %(exam)s"),
        values={"name": learner.full_name, "exam": exam.title},
    )  # fmt: skip


def _replace(correction: GradeCorrection, moment: datetime) -> Grade:
    old = Grade.objects.select_for_update().get(pk=correction.grade_id)
    if old.superseded_at is not None:
        raise ValidationError(_("The score has changed since. Send this back and look at the new one."))
    old.superseded_at = moment
    old.save(update_fields=["superseded_at"])
    return Grade.objects.create(
        exam_id=old.exam_id, entry_id=old.entry_id, resit=old.resit, absent=correction.absent, score=correction.score,
        source=old.source, attempt_id=old.attempt_id, sat_on=old.sat_on, graded_at=moment,
        graded_by=correction.asked_by, released_at=old.released_at, reason=correction.reason,
    )  # fmt: skip
