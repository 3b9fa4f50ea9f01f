"""One field, stored while somebody types. The script repeats a message until this has answered it."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses.plans import actions
from courses.plans.models import Plan
from courses.terminals.permissions import LearnerRequest, learner_required


@require_http_methods(["PUT"])
@learner_required
def field(request: LearnerRequest, plan: int) -> HttpResponse:
    """{path, value, version} → 200 {path, value, version, replaced, saved_at}; 422 {sentence}: nothing was stored; 410 {sentence}:
    the plan is closed; 404: another learner's plan, or no such field."""
    message = _message(request)
    if message is None:
        return JsonResponse({"reply": "bad"}, status=400)
    try:
        saved = actions.save_field(plan=plan, by=request.learner, terminal=request.terminal, **message)
    except (Plan.DoesNotExist, actions.NoSuchField):
        raise Http404 from None
    except actions.Closed as refusal:
        return JsonResponse({"reply": "closed", "sentence": refusal.messages[0]}, status=410)
    except ValidationError as refusal:
        return JsonResponse({"reply": "refused", "sentence": refusal.messages[0]}, status=422)
    return JsonResponse({
        "path": saved.path, "value": saved.value, "version": saved.version, "replaced": saved.replaced,
        "saved_at": f"{timezone.localtime():%H:%M:%S}",
    })  # fmt: skip


def _message(request: LearnerRequest) -> dict[str, Any] | None:
    """What the script sent; None where it is not of this shape."""
    try:
        data = json.loads(request.body)
        path, value, version = data["path"], data["value"], data.get("version")
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    is_version = version is None or (
        isinstance(version, int) and not isinstance(version, bool) and 0 <= version < 2**31
    )
    if not (isinstance(path, str) and isinstance(value, str) and is_version):
        return None
    return {"path": path, "value": value, "base_version": version}
