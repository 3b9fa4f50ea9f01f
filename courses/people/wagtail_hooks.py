"""People at the staff desk: policies, screens, menu and the first panels of the home page."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page
from wagtail.permissions import page_permission_policy, register_permission_policy

from courses.people.models import Learner, Organisation, User
from courses.people.permissions import (
    APPOINT,
    MANAGE_LEARNERS,
    MANAGE_ORGANISATION,
    ORGANISATION_PERMISSIONS,
    VIEW_CATEGORIES,
    VIEW_LEARNERS,
    rights_anywhere,
)
from courses.people.views import home, importing, learners, movements, places, releases, staff, waiting
from courses.people.viewsets import ScopedModelViewSet, ScopedPolicy

ANY_RIGHT = [name for name, _label in ORGANISATION_PERMISSIONS]

# Before the viewsets, so that Wagtail makes no policy of its own.
register_permission_policy(
    Learner, ScopedPolicy(Learner, lookup=None, by_object=False, view=VIEW_LEARNERS, add=MANAGE_LEARNERS)
)
register_permission_policy(
    Organisation, ScopedPolicy(Organisation, lookup="pk", view=ANY_RIGHT, change=MANAGE_ORGANISATION)
)

# Accounts are made and changed by our verbs alone; Wagtail's own screens for users are closed in urls.py.
register_permission_policy(User, ScopedPolicy(User, lookup=None, by_object=False, view=APPOINT))


class ListOnly(ScopedModelViewSet):
    """Wagtail's list; every other screen is ours."""

    closed = frozenset({"add", "edit", "delete", "history", "usage"})
    form_fields: list[str] = []


class LearnerViewSet(ListOnly):
    model = Learner
    icon = "q-people"
    name = "learners"
    index_view_class = learners.LearnerList


class OrganisationViewSet(ListOnly):
    model = Organisation
    icon = "q-home"
    name = "organisations"
    index_view_class = places.OrganisationList


class StaffViewSet(ListOnly):
    model = User
    icon = "q-card"
    name = "staff"
    index_view_class = staff.StaffList


@hooks.register("register_admin_viewset")
def viewsets() -> list[ScopedModelViewSet]:
    return [LearnerViewSet(), OrganisationViewSet(), StaffViewSet()]


@hooks.register("register_admin_urls")
def screens():
    return [
        path("waiting/", waiting.Waiting.as_view(), name="people_waiting"),
        path("movements/", movements.Movements.as_view(), name="people_movements"),
        path("releases/", releases.Releases.as_view(), name="people_releases"),
        path("learners/new/", learners.RegisterLearner.as_view(), name="people_register"),
        path("learners/<int:pk>/", learners.LearnerFile.as_view(), name="people_file"),
        path("learners/<int:pk>/correct/", learners.CorrectLearner.as_view(), name="people_correct"),
        path("learners/<int:pk>/move/", learners.MoveLearner.as_view(), name="people_move"),
        path("learners/<int:pk>/release/", releases.ExpectRelease.as_view(), name="people_release"),
        path("learners/<int:pk>/category/", learners.SetCategory.as_view(), name="people_category"),
        path("learners/<int:pk>/full-number/", learners.OpenFullId.as_view(), name="people_full_id"),
        *[
            path(
                f"organisations/import/{what}/{step}",
                view.as_view(),
                {"what": what},
                name=f"people_import_{what}{name}",
            )
            for what in importing.ImportDoor.models
            for step, view, name in (("", importing.ImportPlaces, ""), ("template/", importing.Template, "_template"))
        ],
        path("organisations/<int:pk>/", places.Place.as_view(), name="people_place"),
        path("organisations/<int:pk>/change/", places.ChangePlace.as_view(), name="people_change_place"),
        path("organisations/<int:pk>/below/", places.AddPlaceBelow.as_view(), name="people_add_place"),
        path("organisations/<int:pk>/units/", places.AddUnit.as_view(), name="people_add_unit"),
        path("organisations/<int:pk>/units/<int:unit>/", places.RenameUnit.as_view(), name="people_rename_unit"),
        path("organisations/<int:pk>/rooms/", places.AddRoom.as_view(), name="people_add_room"),
        path("organisations/<int:pk>/rooms/<int:room>/", places.ChangeRoom.as_view(), name="people_change_room"),
        path("staff/new/", staff.MakeAccount.as_view(), name="people_make_account"),
        path("staff/appoint/", staff.Appoint.as_view(), name="people_appoint"),
        path("staff/<int:pk>/", staff.Account.as_view(), name="people_account"),
        path("staff/<int:pk>/post/", staff.AppointHere.as_view(), name="people_appoint_here"),
        path("staff/<int:pk>/password/", staff.NewPassword.as_view(), name="people_new_password"),
        *[
            path(f"staff/<int:pk>/{act}/", staff.AccountAct.as_view(), {"act": act}, name=f"people_{act}_account")
            for act in ("close", "reopen", "release")
        ],
        path("staff/posts/<int:pk>/end/", staff.EndPost.as_view(), name="people_end_post"),
    ]


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    entries = [
        (_("Learners"), "learners:index", VIEW_LEARNERS, "q-people", 200),
        (_("Organisations"), "organisations:index", MANAGE_ORGANISATION, "q-home", 800),
        (_("Staff"), "staff:index", APPOINT, "q-card", 810),
    ]
    rights = rights_anywhere(request.user)
    items += [
        MenuItem(label, reverse(name), name=name.partition(":")[0], icon_name=icon, order=order)
        for label, name, right, icon, order in entries
        if right in rights
    ]


NameEmailForm.field_order = ["last_name", "first_name"]  # the family name comes first, as everywhere else


@hooks.register("construct_settings_menu")
def without_wagtails_users(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "users"]


@hooks.register("construct_page_chooser_queryset")
def pages_that_one_may_meet(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    """The page chooser and its search offer every page, drafts too; ours only what the page tree would show."""
    return pages & page_permission_policy.explorable_instances(request.user)


@hooks.register("construct_homepage_panels", order=-100)
def panels(request: HttpRequest, panels: list[Component]) -> None:
    """Clears Wagtail's own panels and puts ours; other apps add theirs after this, each with an `order`."""
    panels[:] = [home.WaitingPanel(request.user), home.QualificationPanel(), home.PeoplePanel()]
    if VIEW_CATEGORIES in rights_anywhere(request.user):
        panels += [movements.MovementsPanel(), releases.ReleasesPanel()]
