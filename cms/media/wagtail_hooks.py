"""Documents stay with their school; pictures that something frozen shows are not deleted."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from cms.media.models import Handout, Picture
from cms.media.permissions import can_read_handout
from courses.words import listed


@hooks.register("before_serve_document", order=10)
def keep_handouts_with_their_school(handout: Handout, request: HttpRequest) -> None:
    """Wagtail serves a document to whoever knows its number: 404 for people of other schools.

    After Wagtail's own look at the collection, which sends visitors to sign in.
    """
    if not can_read_handout(request.user, handout):
        raise Http404


@hooks.register("before_bulk_action")
def keep_held_pictures(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> HttpResponse | None:
    """Deleting several: none is deleted while one of them is in use. (One by one, Wagtail's own page says so.)"""
    held = [one.title for one in objects if isinstance(one, Picture) and one.is_held] if action_type == "delete" else []
    if not held:
        return None
    text = _("Nothing was deleted. Published lessons show: %(titles)s.") % {"titles": listed(held)}
    messages.error(request, text)
    return redirect("wagtailimages:index")
