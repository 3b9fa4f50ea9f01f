"""Before and after the exam: my exams, starting, the receipt."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from courses.exams import actions
from courses.exams.actions.grading import ANSWERS
from courses.exams.models import Attempt, Grade, Sitting, entry_due
from courses.exams.views.replies import forget_token, give_token, see, see_paper
from courses.exams.views.sitting import MINE
from courses.people.models import Learner
from courses.prepared import Prepared
from courses.terminals.permissions import learner_required

ATTEMPTS = Prepared(
    lambda learner: (
        Attempt.objects.filter(entry__enrolment__learner=learner)
        .select_related("sitting__exam", "terminal")
        .order_by("-sitting__planned_for", "started_at")
    ),
    int,
)
OPEN_SITTINGS = Prepared(
    lambda learner: (
        Sitting.objects.open()
        .filter(exam__training_class__enrolments__learner=learner)
        .select_related("exam__training_class__edition", "room")
    ),
    int,
)

MY_SITTING = Prepared(
    lambda pk, learner: Sitting.objects.filter(pk=pk, exam__training_class__enrolments__learner=learner), int, int
)
RELEASED = Prepared(lambda attempt: Grade.objects.live().filter(attempt=attempt, released_at__isnull=False), str)


def _rows(learner: Learner, attempts: list[Attempt]) -> list[dict[str, Any]]:
    """What this learner may do now: go on with an open paper, or begin one of the open sittings of the own classes."""
    by_sitting = {attempt.sitting_id: attempt for attempt in attempts}
    rows = []
    for sitting in OPEN_SITTINGS(learner.pk):
        attempt = by_sitting.get(sitting.pk)
        if attempt is not None or entry_due(sitting, learner.pk) is not None:
            rows.append({"sitting": sitting, "attempt": attempt, "minutes": sitting.limit_seconds // 60})
    return rows


@require_GET
@learner_required
def mine(request: HttpRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    """The exams that I may sit now, and the receipts of today."""
    learner = request.learner  # type: ignore[attr-defined]
    attempts = ATTEMPTS(learner.pk)
    rows = _rows(learner, attempts)
    shown = {row["attempt"].pk for row in rows if row["attempt"]}
    today = timezone.localdate()
    receipts = [
        one for one in attempts if one.pk not in shown and one.closed_at and timezone.localdate(one.closed_at) == today
    ]
    context = {"rows": rows, "receipts": receipts, "refusal": refusal, "home": settings.LMS_LEARNER_HOME}
    return render(request, "exams/sit/mine.html", context, status=status)


@require_POST
@learner_required
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin or go on. A second terminal gets the page that says where the exam is open."""
    learner, terminal = request.learner, request.terminal  # type: ignore[attr-defined]
    try:
        sitting = MY_SITTING.one(pk, learner.pk)
    except Sitting.DoesNotExist:
        raise Http404
    try:
        attempt, token = actions.start(sitting=sitting, learner=learner, terminal=terminal)
    except actions.Elsewhere as refusal:
        return render(request, "exams/sit/elsewhere.html", {"terminal": refusal.terminal}, status=409)
    except ValidationError as refusal:
        return _again(request, refusal.messages[0])
    if not token:
        return see("exams:receipt", attempt.pk)
    response = see_paper(attempt)
    give_token(response, token)
    return response


def _again(request: HttpRequest, sentence: str) -> HttpResponse:
    request.method = "GET"
    return mine(request, refusal=sentence, status=409)


@require_GET
@learner_required
def receipt(request: HttpRequest, attempt: str) -> HttpResponse:
    """What was handed in and when: no mark before it is released."""
    found = next(iter(MINE(attempt, request.learner.pk)), None)  # type: ignore[attr-defined]
    if found is None or found.state == Attempt.State.OPEN:
        raise Http404
    grade = next(iter(RELEASED(found.pk)), None)
    answered = sum(answer.value is not None for answer in ANSWERS(found.pk))
    context = {
        "attempt": found, "exam": found.sitting.exam, "answered": answered, "total": len(found.order), "grade": grade,
        "receipt": f"{found.receipt[:4]} {found.receipt[4:]}", "home": settings.LMS_LEARNER_HOME,
    }  # fmt: skip
    response = render(request, "exams/sit/receipt.html", context)
    forget_token(response)
    return response
