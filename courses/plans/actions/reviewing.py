"""Comments to a plan, and the review that is its mark (4.8)."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.exams.actions.grading import refuse_day, refuse_no_resit, refuse_strangers, write_grades
from courses.exams.models import Exam, Grade
from courses.journal.actions import record
from courses.people.models import Learner, User
from courses.plans.actions.handing_in import locked_for_staff, return_plan, set_accepted
from courses.plans.actions.writing import place_of
from courses.plans.models import Comment, HandIn, Plan, Review
from courses.plans.permissions import may_read, refuse_unless_reader, refuse_unless_reviewer
from courses.plans.rules import points as rules
from courses.plans.rules.amounts import Refused
from courses.plans.rules.points import ITEMS, Result, read_points, result
from courses.plans.texts import plain_text, sentence

LONGEST_COMMENT, LONGEST_REVIEW = 1000, 2000  # characters


def review(
    *, hand_in: HandIn, scores: Mapping[str, str | int | Decimal], comment: str, by: User, at: datetime | None = None
) -> Review:
    """An outside expert's points for the eleven items of a plan as it was handed in, and a comment for its author.

    The total is the learner's mark in the class's plan exam: of the first review, then of the resit (EXM-3). With enough points
    the plan is accepted, with less it goes back to be rewritten; nothing is rounded. The same total again replaces the points
    and the comment of the standing review, which stays; another total needs a correction of the mark (EXM-7).

    Refuses (PermissionDenied) without the right to review; (ValidationError) a trainer of the class and whoever has a post at
    the school; points that are missing, above an item's most or with more than two decimals; a missing comment; a plan that
    is not the one handed in last; a class without a plan exam; whoever may not sit it (EXM-2), or not again (EXM-3).
    """
    refuse_unless_reviewer(by, hand_in.plan)
    moment = at or timezone.now()
    with transaction.atomic():
        plan = locked_for_staff(hand_in.plan)
        points, text = _read_points(scores), _comment(comment, LONGEST_REVIEW)
        exam = _exam_of(plan)
        found = result(points, Decimal(exam.pass_mark))
        standing = hand_in.reviews.live().first()
        _refuse_stale(plan, hand_in, standing, found)
        if standing and (standing.reviewer_id, standing.points, standing.comment) == (by.pk, points, text):
            return standing
        hand_in.reviews.live().update(superseded_at=moment)
        written = Review.objects.create(
            hand_in=hand_in, reviewer=by, total=found.total, comment=text, at=moment,
            scores={item: f"{score:.2f}" for item, score in points.items()},
        )  # fmt: skip
        touched = ["scores", "comment"] if standing else _take_effect(plan, hand_in, exam, found, by, at)
        host = plan.enrolment.training_class.host_id
        record(verb="plans.review", about=plan, by=by, organisation=host, fields=touched, at=at)
    return written


def comment(*, plan: Plan, text: str, by: User, path: str = "", at: datetime | None = None) -> Comment:
    """Say something to one field of a plan, or to all of it. The same words again, while they are open, are the same comment.

    Refuses (PermissionDenied) who may not read the plan; (ValidationError) no words, and a place that the book has not.
    """
    refuse_unless_reader(by, plan)
    words = _comment(text, LONGEST_COMMENT)
    if path:
        place_of(plan, path)
    with transaction.atomic():
        plan = locked_for_staff(plan)
        existing = plan.comments.open().filter(path=path, text=words, by=by).first()
        if existing:
            return existing
        written = Comment.objects.create(
            plan=plan, path=path, text=words, attempt=plan.attempt, by=by, at=at or timezone.now()
        )
        host = plan.enrolment.training_class.host_id
        record(verb="plans.comment", about=plan, by=by, organisation=host, fields=[path] if path else [], at=at)
    return written


def settle_comment(*, comment: Comment, by: User | Learner, at: datetime | None = None) -> Comment:
    """Mark a comment as done: by the learner whose plan it is, or by who may read it. Twice is once."""
    if isinstance(by, Learner):
        if comment.plan.enrolment.learner_id != by.pk:
            raise PermissionDenied
    elif not may_read(by, comment.plan):
        raise PermissionDenied
    with transaction.atomic():
        comment = Comment.objects.select_for_update(of=("self",)).select_related(
            "plan__enrolment__training_class"
        ).get(pk=comment.pk)  # fmt: skip
        if comment.settled_at is None:
            comment.settled_at = at or timezone.now()
            comment.save(update_fields=["settled_at"])
            host = comment.plan.enrolment.training_class.host_id
            record(
                verb="plans.settle_comment", about=comment.plan, by=by, organisation=host, at=at,
                fields=[comment.path] if comment.path else [],
            )  # fmt: skip
    return comment


def _take_effect(plan: Plan, hand_in: HandIn, exam: Exam, found: Result, by: User, at: datetime | None) -> list[str]:
    """Write the mark, and accept the plan or send it back. Returns what was touched, for the journal."""
    grade = _grade(plan, hand_in, exam, found.total, by, at)
    if found.verdict == rules.RETURNED:
        return_plan(plan, by=by, at=at)
    else:
        set_accepted(plan)
    return ["scores", "comment", "state", f"grade {grade.pk}"]


def _grade(plan: Plan, hand_in: HandIn, exam: Exam, total: Decimal, by: User, at: datetime | None) -> Grade:
    """The mark in the plan exam: the first one, or that of the resit. The day is the one on which the plan was handed in."""
    day = timezone.localdate(hand_in.at)
    entry = getattr(plan.enrolment, "exam_entry", None)
    if entry is None:
        raise ValidationError(_("This learner is not on the exam list yet. Make the list of the class first."))
    try:
        refuse_day(exam.training_class, day, at)
        entries = refuse_strangers(exam, [entry.pk], day)
        resit = exam.grades.live().filter(entry=entry, resit=False).exists()
        if resit:
            refuse_no_resit(exam, entries, day)
    except ValidationError as refusal:
        raise ValidationError(refusal.messages) from None  # they are kept by entry; there is only one here
    written = write_grades(
        exam=exam, entries=entries, scores={entry.pk: total}, source=Grade.Source.PLAN, sat_on=day, by=by,
        resit=resit, at=at,
    )  # fmt: skip
    return written[entry.pk]


def _exam_of(plan: Plan) -> Exam:
    """The plan exam of the class, locked."""
    training_class = plan.enrolment.training_class
    if training_class.edition.pass_rule.plan_pass is None:
        raise ValidationError(_("This course asks for no mark of the plan. Its trainers accept it."))
    exams = Exam.objects.select_for_update(of=("self",)).select_related("training_class__edition")
    exam = exams.filter(training_class=training_class, component=Exam.Component.PLAN).first()
    if exam is None:
        raise ValidationError(_("The class has no exam for the business plan yet. The school sets it up first."))
    return exam


def _refuse_stale(plan: Plan, hand_in: HandIn, standing: Review | None, found: Result) -> None:
    if standing is not None:
        if standing.total != found.total:
            raise ValidationError(_("A mark stands already. Ask for a correction if it is not right."))
        return
    if plan.state != Plan.State.HANDED_IN or hand_in.number != plan.attempt or hand_in.plan_id != plan.pk:
        raise ValidationError(_("This plan is being rewritten. Review it when it is handed in again."))


def _read_points(scores: Mapping[str, str | int | Decimal]) -> dict[str, Decimal]:
    points, problems = {}, {}
    for item in ITEMS:
        try:
            points[item.code] = read_points(str(scores.get(item.code, "")), item.code)
        except Refused as refused:
            problems[item.code] = sentence(refused)
    if problems:
        raise ValidationError(problems)
    return points


def _comment(typed: str, longest: int) -> str:
    try:
        text = plain_text(typed)
    except ValidationError as refusal:
        raise ValidationError({"comment": refusal.messages}) from None
    if not text:
        raise ValidationError({"comment": _("Write a comment: what is good, and what is to be done.")})
    if len(text) > longest:
        raise ValidationError(
            {"comment": _("This is too long: %(length)s characters, at most %(longest)s fit. Please shorten it.")
             % {"length": len(text), "longest": longest}}
        )  # fmt: skip
    return text
