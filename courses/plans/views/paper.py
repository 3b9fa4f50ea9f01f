"""A plan on paper and as a workbook of sheets: for its learner at the terminal, and for those of the staff who may read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from courses.catalogue.rules import PLAN_BOOK
from courses.plans.models import HandIn, Plan
from courses.plans.paper import print_plan
from courses.plans.workbook import plan_xlsx
from courses.terminals.permissions import LearnerRequest, learner_required

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@learner_required
def print_mine(request: LearnerRequest, plan: int) -> HttpResponse:
    """The learner's own plan book, or the sheets of the way to an idea, to be printed from the browser. Always allowed: also of
    a plan that can no longer be written."""
    found = get_object_or_404(Plan.objects.of(request.learner), pk=plan)
    return _file(print_plan(found), "application/pdf", f"plan-{found.pk}.pdf", inline=True)


@require_GET
def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan book, or the sheets, for trainers and experts. `?attempt=1`: as it was handed in then."""
    written = _readable(request, pk)
    return _file(print_plan(written), "application/pdf", _name(written, "pdf"), inline=True)


@require_GET
def plan_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook with formulas for trainers and experts. `?attempt=1`: as it was handed in then."""
    written = _readable(request, pk, book=PLAN_BOOK)
    return _file(plan_xlsx(written), XLSX, _name(written, "xlsx"))


def _readable(request: HttpRequest, pk: int, **more: str) -> Plan | HandIn:
    """What a member of staff may read (PRV-3); to all others it is not there."""
    plan = get_object_or_404(Plan.objects.readable_by(request.user).filter(**more), pk=pk)
    attempt = request.GET.get("attempt", "")
    if not attempt:
        return plan
    if not attempt.isdecimal() or len(attempt) > 4:
        raise Http404
    return get_object_or_404(plan.hand_ins.select_related("plan"), number=int(attempt))


def _name(written: Plan | HandIn, ending: str) -> str:
    """A file name that tells nothing of anybody."""
    return (
        f"plan-{written.plan_id}-{written.number}.{ending}"
        if isinstance(written, HandIn)
        else f"plan-{written.pk}.{ending}"
    )


def _file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
