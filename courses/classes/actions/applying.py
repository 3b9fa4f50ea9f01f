"""The application to open a class, its approval by a second person, and the first day."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from courses.classes.models import ClassApplication, TrainingClass
from courses.classes.permissions import may_in_class, refuse_unless
from courses.classes.rules import plan_line
from courses.journal.actions import record
from courses.people.actions import ask_countersign, countersign
from courses.people.models import Countersign, User
from courses.people.permissions import APPROVE_CLASSES, OPEN_CLASSES
from courses.words import listed

ACT = "classes.approve"
ELEMENT_NAMES = {
    "roster": gettext_lazy("roster"),
    "teaching_plan": gettext_lazy("teaching plan"),
    "trainers": gettext_lazy("trainers"),
    "resources": gettext_lazy("books and materials"),
    "assessment_plan": gettext_lazy("assessment plan"),
}


def complete_application(
    *, training_class: TrainingClass, by: User | None, teaching_plan: str, resources: str, assessment_plan: str
) -> ClassApplication:
    """Write the three texts of the application; each may still be empty. Roster and trainers have verbs of their own.

    Refuses (ValidationError) once the class has been approved.
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    texts = {"teaching_plan": teaching_plan, "resources": resources, "assessment_plan": assessment_plan}
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        if training_class.state not in (TrainingClass.State.DRAFT, TrainingClass.State.APPLIED):
            raise ValidationError(_("The application has been approved and stays as it is."))
        application = training_class.application
        changed = [name for name, text in texts.items() if getattr(application, name) != text]
        for name in changed:
            setattr(application, name, texts[name])
        if changed:
            application.save(update_fields=changed)
            record(
                verb="classes.complete_application", about=training_class, by=by,
                organisation=training_class.host_id, fields=changed,
            )  # fmt: skip
    return application


def submit_application(*, training_class: TrainingClass, by: User, at: datetime | None = None) -> Countersign:
    """Hand the application in: one other person with the right to approve classes at the host decides (CLS-1).

    Refuses (ValidationError) an incomplete one, naming what is missing. Submitting twice returns the request that waits.
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        if training_class.state not in (TrainingClass.State.DRAFT, TrainingClass.State.APPLIED):
            raise ValidationError(_("The application has been decided already."))
        _refuse_incomplete(training_class)
        if training_class.state == TrainingClass.State.DRAFT:
            training_class.state = TrainingClass.State.APPLIED
            training_class.save(update_fields=["state"])
            application = training_class.application
            application.submitted_at, application.submitted_by = at or timezone.now(), by
            application.save(update_fields=["submitted_at", "submitted_by"])
            record(
                verb="classes.submit_application", about=training_class, by=by, organisation=training_class.host_id,
                at=at,
            )  # fmt: skip
        return ask_countersign(
            act=ACT, about=training_class, by=by, at=at, organisation=training_class.host, permission=APPROVE_CLASSES,
            title=gettext_noop("Open class %(name)s"), values={"name": training_class},
        )  # fmt: skip


def approve(*, training_class: TrainingClass, by: User, comment: str = "", at: datetime | None = None) -> TrainingClass:
    """Approve as the second person; the timetable of this moment is kept with the application (CLS-4).

    Refuses (PermissionDenied) the person who applied and whoever lacks the right; (ValidationError) a class that was not
    applied for, or whose application is no longer complete. Approving twice changes nothing.
    """
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        if training_class.is_approved and may_in_class(by, APPROVE_CLASSES, training_class):
            return training_class
        request = _waiting_request(training_class)
        _refuse_incomplete(training_class)
        countersign(request=request, by=by, approve=True, comment=comment, at=at)
        application = training_class.application
        application.approved_at, application.approved_by = at or timezone.now(), by
        application.approved_plan = plan_of(training_class)
        application.save(update_fields=["approved_at", "approved_by", "approved_plan"])
        training_class.state = TrainingClass.State.APPROVED
        training_class.save(update_fields=["state"])
        record(
            verb="classes.approve", about=training_class, by=by, organisation=training_class.host_id, reason=comment,
            at=at,
        )  # fmt: skip
    return training_class


def refuse(*, training_class: TrainingClass, by: User, comment: str, at: datetime | None = None) -> TrainingClass:
    """Send the application back as the second person, saying why; the class is a draft again.

    Refuses (PermissionDenied) as `approve` does; (ValidationError) without a comment.
    """
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        countersign(request=_waiting_request(training_class), by=by, approve=False, comment=comment, at=at)
        training_class.state = TrainingClass.State.DRAFT
        training_class.save(update_fields=["state"])
        record(
            verb="classes.refuse", about=training_class, by=by, organisation=training_class.host_id, reason=comment,
            at=at,
        )  # fmt: skip
    return training_class


def start(*, training_class: TrainingClass, by: User | None, at: datetime | None = None) -> TrainingClass:
    """Let an approved class run. Starting twice changes nothing.

    Refuses (PermissionDenied) whoever may neither plan nor approve it; (ValidationError) a class without approval (CLS-1).
    """
    if by is not None and not may_in_class(by, OPEN_CLASSES, training_class):
        refuse_unless(by, APPROVE_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        if training_class.state == TrainingClass.State.RUNNING:
            return training_class
        if training_class.state != TrainingClass.State.APPROVED:
            raise ValidationError(_("A class begins after its application has been approved."))
        training_class.state = TrainingClass.State.RUNNING
        training_class.save(update_fields=["state"])
        record(verb="classes.start", about=training_class, by=by, organisation=training_class.host_id, at=at)
    return training_class


def plan_of(training_class: TrainingClass) -> list[dict[str, object]]:
    """The timetable as plain lines, names in place of numbers."""
    sessions = training_class.sessions.taking_place().select_related("room", "trainer").order_by("starts_at")
    return [
        plan_line(
            {
                "number": session.number,
                "starts_at": session.starts_at,
                "kind": session.kind,
                "planned_half_hours": session.planned_half_hours,
                "topic": session.topic,
                "room": str(session.room or ""),
                "trainer": session.trainer.get_full_name() if session.trainer else "",
            }
        )
        for session in sessions
    ]


def _refuse_incomplete(training_class: TrainingClass) -> None:
    missing = training_class.missing_elements()
    if missing:
        names = listed(str(ELEMENT_NAMES[name]) for name in missing)
        raise ValidationError(_("Still missing: %(names)s. Add them, then submit again.") % {"names": names})


def _waiting_request(training_class: TrainingClass) -> Countersign:
    waiting = Countersign.objects.waiting().filter(
        act=ACT, object_label=training_class._meta.label_lower, object_id=str(training_class.pk)
    )
    request = waiting.first()
    if request is None:
        raise ValidationError(_("Nobody has applied for this class yet, or it was decided already."))
    return request
