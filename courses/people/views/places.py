"""Organisations with their units, rooms and posts."""

from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet, Value
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import HeaderButton

from courses.people import actions
from courses.people.forms import OrganisationForm, RoomForm, UnitForm
from courses.people.models import Learner, Organisation, Post
from courses.people.permissions import APPOINT, MANAGE_ORGANISATION, VIEW_LEARNERS, may
from courses.people.views.importing import may_import
from courses.people.viewsets import ScopedObjectMixin, refusals_in


class IndentedName(TitleColumn):
    """The name, behind one dash for each organisation above it that is shown."""

    def get_value(self, instance: Organisation) -> str:
        depth = instance.path.count(".") - instance.top  # type: ignore[attr-defined]
        return f"{'— ' * depth}{instance.name}"


class OrganisationList(IndexView):
    """The organisations at which I have any right, each below the one that supervises it."""

    page_title = _("Organisations")
    any_permission_required = ["view"]
    default_ordering = "path"
    paginate_by = 50
    search_backend_name = None
    search_fields = ["name", "code"]
    columns = [
        IndentedName("name", label=pgettext_lazy("of a place", "Name"), get_url=lambda obj: place_url(obj)),
        Column("kind", label=_("Kind"), accessor="get_kind_display"),
        Column("code", label=_("Code")),
        Column("units", label=_("Wards and teams"), accessor="unit_count"),
        Column("rooms", label=_("Rooms"), accessor="room_count"),
    ]

    def get_add_url(self) -> None:
        """An organisation is added from the page of the one above it."""
        return

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Many at once come from a table."""
        titles = {"organisations": _("Bring in organisations"), "regions": _("Bring in regions")}
        return [
            HeaderButton(title, url=reverse(f"people_import_{what}"), icon_name="upload")
            for what, title in titles.items()
            if may_import(self.request.user, what)
        ]

    def get_base_queryset(self) -> QuerySet[Organisation]:
        found = super().get_base_queryset()
        top = min((path.count(".") for path in found.values_list("path", flat=True)), default=1)
        return found.annotate(
            unit_count=Count("units", distinct=True), room_count=Count("rooms", distinct=True), top=Value(top)
        )


def place_url(organisation: Organisation) -> str:
    """The address of one organisation's page."""
    return reverse("people_place", args=[organisation.pk])


class PlaceScreen(ScopedObjectMixin):
    """A screen about one organisation."""

    model = Organisation
    right = MANAGE_ORGANISATION
    header_icon = "q-home"

    def get_organisation(self) -> Organisation:
        return self.object

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("organisations:index"), "label": _("Organisations")},
            {"url": place_url(self.object), "label": self.object.name},
        ]
        return [*items, {"url": "", "label": self.page_title}] if self.page_title else items


class Place(PlaceScreen, TemplateView):
    """One organisation: what it is, its units and rooms, who works there."""

    template_name = "people/place.html"

    def is_permitted(self) -> bool:
        return True  # whoever has any right here sees the page; visible_to has answered that

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, place = self.request.user, self.object
        appoints = may(user, APPOINT, place)
        units = place.units.annotate(present=Count("stays", filter=Q(stays__until__isnull=True)))
        return super().get_context_data(
            place=place,
            units=units,
            rooms=place.rooms.all(),
            below=Organisation.objects.visible_to(user).filter(parent=place),
            posts=Post.objects.held().filter(organisation=place).select_related("user") if appoints else [],
            may_manage=may(user, MANAGE_ORGANISATION, place),
            may_appoint=appoints,
            learner_count=Learner.objects.at(place).count() if may(user, VIEW_LEARNERS, place) else None,
            unit_form=UnitForm(prefix="unit"),
            room_form=RoomForm(prefix="room"),
            **kwargs,
        )


class PlaceForm(PlaceScreen, FormView):
    """A form on one organisation, back to its page."""

    template_name = "people/form.html"
    submit = _("Save")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(submit=self.submit, back=place_url(self.object), **kwargs)

    def act(self, form: forms.Form) -> Organisation | None:
        """Call the verb; a new organisation, if any, is the page to go to."""
        raise NotImplementedError

    def form_valid(self, form: forms.Form) -> HttpResponse:
        with refusals_in(form):
            place = self.act(form) or self.object
            messages.success(self.request, _("Saved."))
            return redirect(place_url(place))
        return self.form_invalid(form)


class ChangePlace(PlaceForm):
    """Name, kind, code, region."""

    page_title = _("Change")
    form_class = OrganisationForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("name", "kind", "code", "region")}

    def act(self, form: forms.Form) -> None:
        actions.change_organisation(organisation=self.object, by=self.request.user, **form.cleaned_data)


class AddPlaceBelow(PlaceForm):
    """An organisation that this one supervises."""

    page_title = _("Add below")
    form_class = OrganisationForm
    submit = _("Add")

    def act(self, form: forms.Form) -> Organisation:
        return actions.add_organisation(parent=self.object, by=self.request.user, **form.cleaned_data)


class AddUnit(PlaceForm):
    """A ward, brigade or team."""

    page_title = _("Add a unit")
    form_class = UnitForm
    submit = _("Add")
    prefix = "unit"

    def act(self, form: forms.Form) -> None:
        actions.add_unit(organisation=self.object, by=self.request.user, **form.cleaned_data)


class AddRoom(PlaceForm):
    """A classroom, workshop or field."""

    page_title = _("Add a room")
    form_class = RoomForm
    submit = _("Add")
    prefix = "room"

    def act(self, form: forms.Form) -> None:
        actions.add_room(organisation=self.object, by=self.request.user, **form.cleaned_data)


class RenameUnit(PlaceForm):
    """Another name for a unit of this organisation."""

    page_title = _("Rename the unit")
    form_class = UnitForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.unit = get_object_or_404(self.object.units, pk=kwargs["unit"])

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.unit.name}

    def act(self, form: forms.Form) -> None:
        actions.rename_unit(unit=self.unit, by=self.request.user, **form.cleaned_data)


class ChangeRoom(PlaceForm):
    """Name and seats of a room of this organisation."""

    page_title = _("Change the room")
    form_class = RoomForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.room = get_object_or_404(self.object.rooms, pk=kwargs["room"])

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.room.name, "seats": self.room.seats}

    def act(self, form: forms.Form) -> None:
        actions.change_room(room=self.room, by=self.request.user, **form.cleaned_data)
