"""Setting up a class's exams, one for each component that its course asks for."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from courses.classes.models import TrainingClass
from courses.classes.permissions import refuse_unless
from courses.exams.models import Exam
from courses.journal.actions import record
from courses.people.models import User
from courses.people.permissions import OPEN_CLASSES
from courses.questions.models import Bank
from courses.questions.rules import BlueprintProblem, NotEnough, PoolQuestion, draw

MODES: dict[str, tuple[str, ...]] = {
    Exam.Component.THEORY: (Exam.Mode.SCREEN, Exam.Mode.PAPER),
    Exam.Component.PRACTICE: (Exam.Mode.WORKSHOP,),  # two examiners (EXM-4)
    Exam.Component.PLAN: (Exam.Mode.PAPER,),
}


def create_exam(
    *,
    training_class: TrainingClass,
    component: str,
    mode: str,
    by: User | None,
    title: str = "",
    pass_mark: int | None = None,
    minutes: int = 90,
    bank: Bank | None = None,
    blueprint: Any = None,
) -> Exam:
    """Set up one component of a class's examination. The same component again, in the same mode, returns the exam.

    The pass mark is the one that the edition froze (EXM-1). An exam on the terminal needs a bank of the school and a
    blueprint that the bank can fill today; the paper itself is frozen when a sitting opens. Needs `OPEN_CLASSES`.

    Refuses (ValidationError) a class that is not approved or is over, a component that the course does not ask for, another
    pass mark, a mode that does not fit the component, a second exam for it in another mode.
    """
    refuse_unless(by, OPEN_CLASSES, training_class)
    with transaction.atomic():
        training_class = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
        existing = training_class.exams.filter(component=component).first()
        if existing and existing.mode == mode:
            return existing
        exam = Exam(
            training_class=training_class, component=component, mode=mode, minutes=minutes, bank=bank,
            blueprint=blueprint or {},
        )  # fmt: skip
        if existing:
            raise ValidationError({"component": _("This class has an exam for this component already.")})
        exam.pass_mark = _pass_mark(training_class, component, pass_mark)
        _refuse_unfit(exam)
        exam.title = title.strip() or f"{training_class.edition.title} {exam.get_component_display()}"
        exam.full_clean(exclude=["blueprint"])
        exam.save()
        record(verb="exams.create_exam", about=exam, by=by, organisation=training_class.host_id)
    return exam


def _pass_mark(training_class: TrainingClass, component: str, wanted: int | None) -> int:
    asked = training_class.edition.pass_rule.components()
    if component not in asked:
        raise ValidationError({"component": _("The course does not ask for this component.")})
    if wanted is not None and wanted != asked[component]:
        raise ValidationError(
            {"pass_mark": _("The course says: %(mark)s of 100 to pass.") % {"mark": asked[component]}}
        )
    return asked[component]


def _refuse_unfit(exam: Exam) -> None:
    training_class = exam.training_class
    if training_class.state not in (TrainingClass.State.APPROVED, TrainingClass.State.RUNNING):
        raise ValidationError(_("Exams are set up when the class is approved and before it is closed."))
    if exam.minutes < 1:
        raise ValidationError({"minutes": _("How many minutes does the exam take?")})
    if exam.mode not in MODES[exam.component]:
        raise ValidationError(
            {"mode": _("Theory is sat on the terminal or on paper, practice in the workshop before two examiners.")}
        )
    if exam.mode != Exam.Mode.SCREEN:
        exam.bank, exam.blueprint = None, {}
        return
    if exam.bank is None:
        raise ValidationError({"bank": _("Choose the bank from which the questions come.")})
    if exam.bank.organisation_id != training_class.provider_id:
        raise ValidationError({"bank": _("Choose a bank of the school that teaches the class.")})
    _refuse_unfillable(exam.bank, exam.blueprint)


def _refuse_unfillable(bank: Bank, blueprint: Any) -> None:
    pool = [
        PoolQuestion(question.pk, question.topic, question.type)
        for question in bank.questions.current().only("id", "topic", "type")
    ]
    try:
        draw(blueprint, pool, seed="trial")
    except BlueprintProblem:
        raise ValidationError(
            {"blueprint": _("Say how many questions the paper has, and the points of each.")}
        ) from None
    except NotEnough as problem:
        short = problem.shortages[0]
        raise ValidationError(
            {
                "blueprint": _("The bank has %(found)s questions for this, the paper needs %(needed)s.")
                % {"found": short.found, "needed": short.part.count}
            }
        ) from None
