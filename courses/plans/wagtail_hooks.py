"""Plans on the staff desk: for trainers and experts; local values for administrators."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from courses.people.permissions import REVIEW_PLANS, SET_LOCAL_VALUES, rights_anywhere
from courses.plans.views import (
    class_print,
    paper,
    staff_charts,
    staff_class,
    staff_compare,
    staff_home,
    staff_plan,
    staff_review,
    staff_section,
    staff_summary,
    staff_values,
    staff_waiting,
)


@hooks.register("register_admin_urls")
def plan_screens() -> list[URLPattern]:
    """The plans of a class, one plan with its sections and fields, its review; the values of a place."""
    return [
        path("plans/class/<int:pk>/", staff_class.ClassPlans.as_view(), name="plans_class"),
        path("plans/class/<int:pk>/table/", staff_class.ClassPlansSheet.as_view(), name="plans_class_table"),
        path("plans/class/<int:pk>/reviews/", staff_summary.ClassReviews.as_view(), name="plans_class_reviews"),
        path("plans/waiting/", staff_waiting.WaitingReviews.as_view(), name="plans_waiting"),
        path("plans/review/<int:pk>/", staff_review.ReviewPlan.as_view(), name="plans_review"),
        path("plans/values/", staff_values.LocalValues.as_view(), name="plans_local_values"),
        path("plans/values/new/", staff_values.SetLocalValue.as_view(), name="plans_local_value"),
        path("plans/<int:pk>/", staff_plan.ReadPlan.as_view(), name="plans_plan"),
        path("plans/<int:pk>/field/", staff_section.CellPage.as_view(), name="plans_cell"),
        path("plans/<int:pk>/versions/", staff_compare.CompareAttempts.as_view(), name="plans_compare"),
        path("plans/<int:pk>/section/<slug:section>/", staff_section.ReadSection.as_view(), name="plans_section"),
        path("plans/<int:pk>/paper/", paper.plan_paper, name="plans_paper"),
        path("plans/<int:pk>/sheets/", paper.plan_sheets, name="plans_sheets"),
        path("plans/<int:pk>/charts/", staff_charts.PlanCharts.as_view(), name="plans_charts"),
        path("plans/class/<int:pk>/print/", class_print.PrintClass.as_view(), name="plans_class_print"),
        path("plans/class/<int:pk>/print/file/", class_print.ClassPrintFile.as_view(), name="plans_class_print_file"),
    ]


@hooks.register("construct_main_menu")
def menu(request: HttpRequest, items: list[MenuItem]) -> None:
    entries = [
        (_("Plans to review"), "plans_waiting", REVIEW_PLANS, "q-book", 310),
        (_("Local values"), "plans_local_values", SET_LOCAL_VALUES, "q-coin", 820),
    ]
    rights = frozenset() if request.user.is_superuser else rights_anywhere(request.user)
    items += [
        MenuItem(label, reverse(name), name=name, icon_name=icon, order=order)
        for label, name, right, icon, order in entries
        if right in rights or (request.user.is_superuser and right == SET_LOCAL_VALUES)
    ]


@hooks.register("construct_homepage_panels")
def work_on_plans(request: HttpRequest, panels: list[Component]) -> None:
    panels += [staff_waiting.ReviewsPanel(), staff_home.PlansPanel()]
