"""Addresses on the staff desk, below /admin/."""

from django.urls import path

from courses.rosters.views import choosing, showing

urlpatterns = [
    path("learners/roster/", choosing.PeopleRoster.as_view(), name="rosters_people"),
    path("learners/roster/template/", choosing.PeopleTemplate.as_view(), name="rosters_template"),
    path("classes/<int:pk>/roster/table/", choosing.ClassRoster.as_view(), name="rosters_class"),
    path("classes/<int:pk>/roster/table/template/", choosing.ClassTemplate.as_view(), name="rosters_class_template"),
    path("rosters/<int:pk>/", showing.RosterPage.as_view(), name="rosters_import"),
    path("rosters/<int:pk>/refused/", showing.RefusedRows.as_view(), name="rosters_refused"),
    path("rosters/<int:pk>/cards/", showing.PrintCards.as_view(), name="rosters_cards"),
]
