"""Where a plan is printed: `learner` belongs among the addresses of the learner's workbook, `staff` among those of the staff desk."""

from django.urls import path

from courses.plans.views import paper

learner = [path("<int:plan>/print/", paper.print_mine, name="print")]
staff = [
    path("plans/<int:pk>/paper/", paper.plan_paper, name="plans_paper"),
    path("plans/<int:pk>/sheets/", paper.plan_sheets, name="plans_sheets"),
]
