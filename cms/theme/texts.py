"""The texts of the admin's scripts: Wagtail's own, and our Chinese where its catalogue has none."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

_catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin", "cms.theme"])


def script_texts(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Stands in front of Wagtail's view of the same address, which reads Wagtail's own catalogue only."""
    return get_localized_response(_catalogue, request, *args, **kwargs)
