"""Proposing results: what follows from hours and marks, written down for a second person to confirm."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.classes.models import Enrolment, TrainingClass
from courses.exams.actions import refuse_unmarked
from courses.exams.permissions import second_person_at
from courses.exams.rules.marks import Sat
from courses.journal.actions import record
from courses.people.actions import ask_countersign
from courses.people.models import User
from courses.people.permissions import CONFIRM_RESULTS
from courses.results.models import Outcome
from courses.results.permissions import refuse_unless_may_propose
from courses.results.rules import Decision, Evidence, decide

CONFIRM = "results.confirm"


def propose(*, training_class: TrainingClass, by: User, at: datetime | None = None) -> list[Outcome]:
    """Write down the result of everybody on the roster for whom it can be decided; returns the class's live results.

    A result that is proposed already stays unless its evidence has changed. A confirmed one stays too, unless it allowed a
    resit and there is news; a corrected mark behind any other is taken in by `reopen`. Who lacks a mark has no result yet.

    Refuses (PermissionDenied) without `EXAMINE` or `CONFIRM_RESULTS`; (ValidationError) a class that does not run and is not
    closed, sessions that are not fully marked or still to come, and a class of which nothing can be decided.
    """
    refuse_unless_may_propose(by, training_class)
    moment = at or timezone.now()
    with transaction.atomic():
        training_class = locked(training_class)
        refuse_unfinished(training_class, moment)
        news = _news(training_class, moment)
        Outcome.objects.filter(pk__in=[old.pk for _new, old in news if old]).update(superseded_at=moment)
        for outcome, _old in news:
            outcome.proposed_by, outcome.proposed_at = by, moment
        Outcome.objects.bulk_create([outcome for outcome, _old in news])
        live = list(Outcome.objects.of(training_class))
        if not live:
            raise ValidationError(_("No result can be written down yet: the scores are missing."))
        if news:
            record(
                verb="results.propose", about=training_class, by=by, organisation=training_class.host_id, at=at,
                fields=["passed", "resit_of", "repeat_course"],
            )  # fmt: skip
            ask(training_class, by, at)
    return live


def ask(training_class: TrainingClass, by: User, at: datetime | None, reason: str = "") -> None:
    """Ask a second person to confirm what is proposed in a class."""
    ask_countersign(
        act=CONFIRM, about=training_class, by=by, at=at, reason=reason, permission=CONFIRM_RESULTS,
        organisation=second_person_at(training_class, CONFIRM_RESULTS, by),
        title=gettext_noop("Confirm the results of %(name)s"), values={"name": training_class},
    )  # fmt: skip


def locked(training_class: TrainingClass) -> TrainingClass:
    """The class, locked, with what decisions need."""
    return TrainingClass.objects.select_for_update(of=("self",)).select_related("edition", "host", "provider").get(
        pk=training_class.pk
    )  # fmt: skip


def refuse_unfinished(training_class: TrainingClass, at: datetime) -> None:
    """Refuse (ValidationError) while the teaching is not over: a state before running, sessions unmarked or still to come."""
    if training_class.state not in (TrainingClass.State.RUNNING, TrainingClass.State.CLOSED):
        raise ValidationError(_("Results belong to a class that has run."))
    refuse_unmarked(training_class, at)
    ahead = training_class.sessions.taking_place().filter(starts_at__gt=at).order_by("starts_at").first()
    if ahead:
        raise ValidationError(
            _("Session %(number)s on %(day)s is still to come. Hold it or cancel it first.")
            % {"number": ahead.number, "day": f"{timezone.localtime(ahead.starts_at):%Y-%m-%d}"}
        )


def outcome_of(enrolment_id: int, evidence: Evidence, decision: Decision) -> Outcome:
    """A result that is not stored yet: the decision, and the evidence that it rests on."""
    last = {marks.component: marks.last for marks in evidence.marks}
    theory, practice = last.get("theory"), last.get("practice")
    return Outcome(
        enrolment_id=enrolment_id, hours_met=decision.hours_met, passed=decision.passed, resit_of=list(decision.resit),
        repeat_course=decision.repeat_course, reason=decision.reason, earned_half_hours=evidence.earned_half_hours,
        required_half_hours=evidence.required_half_hours, theory_score=theory.score if theory else None,
        practice_score=practice.score if practice else None, evidence=evidence_data(evidence),
    )  # fmt: skip


def evidence_data(evidence: Evidence) -> dict[str, Any]:
    """The evidence as it is kept with the result: each mark as it was typed, with its day and the mark that was needed."""
    return {
        "hours": [evidence.earned_half_hours, evidence.required_half_hours],
        "marks": {
            marks.component: {"pass_mark": marks.pass_mark, "first": _sat(marks.first), "resit": _sat(marks.resit)}
            for marks in evidence.marks
        },
    }


def is_the_same(outcome: Outcome, evidence: Evidence, decision: Decision) -> bool:
    """Whether a stored result still says what follows from the evidence of today."""
    return (
        outcome.evidence == evidence_data(evidence)
        and outcome.passed == decision.passed
        and outcome.reason == decision.reason
        and outcome.resit_of == list(decision.resit)
    )


def _news(training_class: TrainingClass, moment: datetime) -> list[tuple[Outcome, Outcome | None]]:
    """New results, each with the live one that it replaces."""
    rule, run = training_class.edition.pass_rule, training_class.run_rules
    live = {outcome.enrolment_id: outcome for outcome in Outcome.objects.of(training_class)}
    found = []
    roster = set(Enrolment.objects.on_roster().filter(training_class=training_class).values_list("pk", flat=True))
    for pk, evidence in Outcome.objects.evidence_of(training_class, moment).items():
        decision, old = decide(evidence, rule, run), live.get(pk)
        if pk not in roster or not decision.is_complete or (old and is_the_same(old, evidence, decision)):
            continue
        if old and old.state == Outcome.State.CONFIRMED and not old.resit_of:
            continue
        found.append((outcome_of(pk, evidence, decision), old))
    return found


def _sat(sat: Sat | None) -> dict[str, Any] | None:
    if sat is None:
        return None
    return {"score": None if sat.score is None else f"{sat.score:.2f}", "on": sat.on.isoformat()}
