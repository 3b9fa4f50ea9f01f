"""The scoped viewset: lists, forms, choosers and single objects of others are not there."""

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from wagtail.permissions import policy_registry

from courses.people import actions
from courses.people.models import Organisation, OrganisationUnit, Room, User
from courses.people.permissions import MANAGE_ORGANISATION, VIEW_CLASSES, Role
from courses.people.viewsets import (
    ScopedChooserViewSet,
    ScopedModelViewSet,
    ScopedObjectMixin,
    ScopedPolicy,
    narrow,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    add = actions.add_organisation
    return [add(name=name, kind=Organisation.Kind.PRISON, by=None) for name in ("江州监狱", "江北监狱")]


@pytest.fixture
def rooms(places):
    return [Room.objects.create(organisation=place, name=f"{place.name}一号教室") for place in places]


@pytest.fixture
def officer(places):
    """Administers the first place and only looks at the second's classes."""
    user = User.objects.create_user("admin_prison")
    actions.appoint(user=user, role=Role.SITE_ADMIN, organisation=places[0], by=None)
    return user


@pytest.fixture
def viewset(monkeypatch):
    policy = ScopedPolicy(Room, view=VIEW_CLASSES, add=MANAGE_ORGANISATION, change=MANAGE_ORGANISATION)
    monkeypatch.setitem(policy_registry.values_by_class, Room, policy)
    return ScopedModelViewSet("rooms_tried", model=Room, form_fields=["organisation", "name"])


def view_of(viewset_view, user, method="get", **kwargs):
    request = getattr(RequestFactory(), method)("/")
    request.user = user
    view = viewset_view.view_class(**viewset_view.view_initkwargs)
    view.setup(request, **kwargs)
    return view


@pytest.mark.parametrize("name", ["edit_view", "delete_view", "history_view", "history_results_view", "usage_view"])
def test_a_foreign_object_is_not_there_before_the_stock_view_loads_it(viewset, officer, rooms, name):
    with pytest.raises(Http404):
        view_of(getattr(viewset, name), officer, pk=rooms[1].pk)


def test_a_visible_object_without_the_right_to_change_it_is_refused(viewset, officer, places, rooms):
    actions.appoint(user=officer, role=Role.AUDITOR, organisation=places[1], by=None)
    assert view_of(viewset.history_view, officer, pk=rooms[1].pk).object == rooms[1]
    with pytest.raises(PermissionDenied):
        view_of(viewset.edit_view, officer, pk=rooms[1].pk)
    assert view_of(viewset.edit_view, officer, pk=rooms[0].pk)


def test_what_the_policy_does_not_name_is_refused_to_everybody(viewset, officer, rooms):
    with pytest.raises(PermissionDenied):
        view_of(viewset.delete_view, officer, pk=rooms[0].pk)


def test_lists_and_forms_name_only_what_is_visible(viewset, officer, places, rooms):
    assert list(view_of(viewset.index_view, officer).get_base_queryset()) == [rooms[0]]
    form = view_of(viewset.add_view, officer).get_form_class()
    view = view_of(viewset.add_view, officer)
    view.object = None
    assert list(view.get_form(form).fields["organisation"].queryset) == [places[0]]


def test_a_form_may_offer_more_if_it_says_why(officer, places):
    class Ask(forms.Form):
        offered_to_all = {"provider": "a prison may ask every school"}
        provider = forms.ModelChoiceField(Organisation.objects.all())
        place = forms.ModelChoiceField(Organisation.objects.all())

    form = Ask()
    narrow(form, officer)
    assert list(form.fields["provider"].queryset) == places
    assert list(form.fields["place"].queryset) == places[:1]


def test_choosers_offer_and_return_only_what_is_visible(monkeypatch, viewset, officer, rooms):
    chooser = ScopedChooserViewSet("room_chooser_tried", model=Room)
    assert list(view_of(chooser.choose_view, officer).get_object_list()) == [rooms[0]]
    assert list(view_of(chooser.chosen_multiple_view, officer).get_objects([r.pk for r in rooms])) == [rooms[0]]
    with pytest.raises(Http404):
        view_of(chooser.chosen_view, officer, pk=str(rooms[1].pk))


def test_a_choosers_field_does_not_name_a_foreign_object(officer, rooms):
    field = ScopedChooserViewSet("room_chooser_tried", model=Room).widget_class()
    assert field.get_instance(rooms[0].pk) is None  # nobody asks: nothing is named
    field.for_user = officer
    assert field.get_instance(rooms[0].pk) == rooms[0]
    assert field.get_instance(rooms[1].pk) is None


def test_a_viewset_without_policy_or_visible_to_does_not_start(monkeypatch):
    with pytest.raises(ImproperlyConfigured):
        ScopedModelViewSet("units_tried", model=OrganisationUnit, form_fields=["name"]).on_register()


def test_a_screen_on_a_foreign_object_is_not_there(officer, rooms):
    from django.views.generic import TemplateView

    class Screen(ScopedObjectMixin, TemplateView):
        model = Room
        right = MANAGE_ORGANISATION

    request = RequestFactory().get("/")
    request.user = officer
    with pytest.raises(Http404):
        Screen.as_view()(request, pk=rooms[1].pk)
    assert Screen.as_view()(request, pk=rooms[0].pk).status_code == 200


def test_a_screen_asks_for_its_right(officer, places, rooms):
    from django.views.generic import TemplateView

    class Screen(ScopedObjectMixin, TemplateView):
        model = Room
        right = MANAGE_ORGANISATION

    actions.appoint(user=officer, role=Role.AUDITOR, organisation=places[1], by=None)
    request = RequestFactory().get("/")
    request.user = officer
    with pytest.raises(PermissionDenied):
        Screen.as_view()(request, pk=rooms[1].pk)
