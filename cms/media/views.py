"""Serving the sizes of pictures. Originals and documents are not served here."""

import mimetypes

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

DAY = 24 * 60 * 60


@require_safe
def picture_file(request: HttpRequest, name: str) -> FileResponse:
    """A size of a picture from `images/`. Its name changes with its content, so browsers may keep it for a year."""
    path = f"images/{name}"
    try:
        found = default_storage.exists(path)
    except SuspiciousFileOperation:
        found = False
    kind = mimetypes.guess_type(name)[0]
    if not found or kind not in {"image/png", "image/jpeg", "image/webp"}:
        raise Http404
    response = FileResponse(default_storage.open(path, "rb"), content_type=kind)
    response["Cache-Control"] = f"public, max-age={365 * DAY}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
