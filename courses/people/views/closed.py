"""Routes of Wagtail that list what belongs to others. They stand before Wagtail's own in `lms.urls`.

Hooks add routes after Wagtail's, so only the project's URL list can close one. See docs/decisions/.
"""

from collections.abc import Callable

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.urls import pages as page_urls
from wagtail.admin.views.bulk_action import index as stock_bulk_actions
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.chooser import BrowseView, ChosenMultipleView
from wagtail.models import TaskState
from wagtail.permissions import page_permission_policy, policy_registry

STOCK_PAGES = {pattern.name: pattern for pattern in page_urls.urlpatterns}
GUARDED = (
    "move_confirm",
    "workflow_action",
    "collect_workflow_action_data",
    "confirm_workflow_cancellation",
    "workflow_preview",
)
ACTIONS = {"add", "change", "delete", "publish", "bulk_delete", "lock", "unlock", "choose"}


def nothing_here(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """A stock screen that shows names across organisations: nobody's daily work needs it."""
    raise Http404


def explorable(request: HttpRequest, *ids: object) -> None:
    """404 unless the user may come across every one of these pages in the page tree."""
    wanted = {str(pk) for pk in ids}
    known = page_permission_policy.explorable_instances(request.user)
    if not all(pk.isdigit() for pk in wanted) or known.filter(pk__in=wanted).count() != len(wanted):
        raise Http404


def guarded_page_route(name: str) -> Callable[..., HttpResponse]:
    """Wagtail's own page view, for people who may come across the page, or review it.

    These stock views name the page (on the page itself or in a message) before they ask for any right.
    """
    stock = STOCK_PAGES[name].callback

    def guarded(request: HttpRequest, **kwargs: int | str) -> HttpResponse:
        pages = [kwargs[key] for key in ("page_id", "page_to_move_id", "destination_id") if key in kwargs]
        reviewing = TaskState.objects.reviewable_by(request.user).filter(revision__object_id__in=map(str, pages))
        if not reviewing.exists():
            explorable(request, *pages)
        return stock(request, **kwargs)

    return guarded


def choose_page_child(request: HttpRequest, parent_page_id: int) -> HttpResponse:
    """The page chooser opened at a page: the stock one names it, whoever asks."""
    explorable(request, parent_page_id)
    return BrowseView.as_view()(request, parent_page_id=parent_page_id)


def chosen_pages(request: HttpRequest) -> HttpResponse:
    """The titles of several chosen pages, handed back to the editor."""
    explorable(request, *request.GET.getlist("id"))
    return ChosenMultipleView.as_view()(request)


def permitted_bulk_actions(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Wagtail's bulk actions, if every chosen object is one that the user may change; `all` means all of those.

    The stock page names the others in its list of objects without access.
    """
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404
    action_class = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if action_class is None:
        raise Http404
    policy = policy_registry.get_by_type(model)
    known = ACTIONS if model._meta.app_label == "wagtailcore" else {"add", "change", "delete"}
    permitted = policy.instances_user_has_any_permission_for(request.user, known)
    chosen = request.GET.getlist("id")
    if "all" in chosen:
        try:
            listed = action_class(request, model).get_all_objects_in_listing_query(request.GET.get("childOf"))
        except (ObjectDoesNotExist, ValueError):
            raise Http404
        chosen = list(permitted.filter(pk__in=list(listed)).values_list("pk", flat=True))
    elif not all(pk.isdigit() for pk in chosen) or permitted.filter(pk__in=chosen).count() != len(set(chosen)):
        raise Http404
    if not chosen:
        raise Http404
    query = request.GET.copy()
    query.setlist("id", [str(pk) for pk in chosen])
    request.GET = query  # type: ignore[assignment]
    return stock_bulk_actions(request, app_label, model_name, action)
