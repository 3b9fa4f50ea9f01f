"""Viewsets whose every view sees only what the person at the desk may see."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ImproperlyConfigured, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.functional import cached_property
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.coreutils import resolve_model_string
from wagtail.permissions import policy_registry

from courses.people.viewsets.narrowing import ScopedChooser, narrow, visible
from courses.people.viewsets.policy import ScopedPolicy


class ScopedView:
    """What `Scoped` mixes into each view that a viewset builds."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Before the stock code loads anything: an object that the user may not see is not there."""
        if "pk" in kwargs:
            model = resolve_model_string(self.model)  # type: ignore[attr-defined]
            try:
                found = visible(model, request.user).filter(pk=unquote(str(kwargs["pk"]))).first()
            except (ValueError, ValidationError):
                found = None
            if found is None:
                raise Http404
            # Stock edit and delete views ask for the right on the model only, not for the right on this object.
            action = getattr(self, "permission_required", None)
            policy = policy_registry.get_by_type(model)
            if action and not policy.user_has_permission_for_instance(request.user, action, found):
                raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc]

    def _visible_only(self, queryset: Any) -> Any:
        return queryset.filter(pk__in=visible(queryset.model, self.request.user).values("pk"))  # type: ignore[attr-defined]

    def get_base_queryset(self) -> Any:
        """Lists and exports. Views with a `pk` (history, usage) list other models here, about an object checked above."""
        queryset = super().get_base_queryset()  # type: ignore[misc]
        return queryset if "pk" in self.kwargs else self._visible_only(queryset)  # type: ignore[attr-defined]

    def get_table(self, *args: Any, **kwargs: Any) -> Any:
        """A list says that it is one of ours: on a telephone its rows are cards (lists.css)."""
        table = super().get_table(*args, **kwargs)  # type: ignore[misc]
        table.classname = f"{table.classname} q-listing"
        return table

    @cached_property
    def filters(self) -> Any:
        """The filter form: its drop-down lists, too, name only what is visible."""
        filterset = super().filters  # type: ignore[misc]
        if filterset is not None:
            narrow(filterset.form, self.request.user)  # type: ignore[attr-defined]
        return filterset

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        narrow(form, self.request.user)  # type: ignore[attr-defined]
        return form

    def get_creation_form(self) -> Any:
        form = super().get_creation_form()  # type: ignore[misc]
        if form is not None:
            narrow(form, self.request.user)  # type: ignore[attr-defined]
        return form

    def get_object_list(self) -> Any:
        """What a chooser offers."""
        return self._visible_only(super().get_object_list())  # type: ignore[misc]

    def get_objects(self, pks: Iterable[Any]) -> Any:
        """What a chooser hands back."""
        return self._visible_only(super().get_objects(pks))  # type: ignore[misc]


class Scoped:
    """Put before ModelViewSet, SnippetViewSet or ChooserViewSet: all three build every view in `construct_view`."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        scoped = type(view_class.__name__, (ScopedView, view_class), {})
        return super().construct_view(scoped, **kwargs)  # type: ignore[misc]

    def on_register(self) -> None:
        """Refuses (ImproperlyConfigured) at start-up a model that cannot say what a user may see, or has no scoped policy."""
        model = resolve_model_string(self.model)  # type: ignore[attr-defined]
        if not hasattr(model._default_manager, "visible_to"):
            raise ImproperlyConfigured(f"{model.__name__}.objects has no visible_to(user).")
        if not isinstance(policy_registry.get_by_type(model, fallback=False), ScopedPolicy):
            raise ImproperlyConfigured(f"Register a ScopedPolicy for {model.__name__} before its viewset.")
        super().on_register()  # type: ignore[misc]


class ScopedModelViewSet(Scoped, ModelViewSet):
    """Lists and forms. `closed` names the stock views that are not built at all: facts are superseded, not deleted or
    copied, and who did what stands in the journal, not in Wagtail's history. An app that needs one takes it out."""

    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None  # the database finds in `search_fields` of the viewset; a search index knows no columns
    closed: frozenset[str] = frozenset({"delete", "history", "usage"})

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{name}_url_name": None for name in self.closed}
        return super().get_common_view_kwargs(**names, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        names = self.closed | {f"{name}_results" for name in self.closed}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in names]


class ScopedChooserViewSet(Scoped, ChooserViewSet):
    """A chooser. Its field starts with an inline script, which our CSP stops outside StreamFields: prefer a drop-down list
    (`forms.ModelChoiceField`) in ordinary forms."""

    base_widget_class = ScopedChooser
    register_widget = False
