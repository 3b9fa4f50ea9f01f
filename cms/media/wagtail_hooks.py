"""Pictures that something frozen shows are not deleted: the answer is a sentence, not an error."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from cms.media.models import Picture


@hooks.register("before_bulk_action")
def keep_held_pictures(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Deleting several: none is deleted while one of them is in use. (One by one, Wagtail's own page says so.)"""
    held = [one.title for one in objects if isinstance(one, Picture) and one.is_held] if action_type == "delete" else []
    if not held:
        return None
    text = _("Nothing was deleted. Published lessons show: %(titles)s.") % {"titles": "、".join(held)}
    messages.error(request, text)
    return redirect("wagtailimages:index")
