"""Addresses on the staff desk, below /admin/."""

from django.urls import path

from courses.classes.views import overview, people, roster, timetable

urlpatterns = [
    path("classes/<int:pk>/", overview.ClassOverview.as_view(), name="classes_class"),
    path("classes/<int:pk>/application/", overview.WriteApplication.as_view(), name="classes_application"),
    path("classes/<int:pk>/roster/", roster.Roster.as_view(), name="classes_roster"),
    path("classes/<int:pk>/staff/", people.ClassPeople.as_view(), name="classes_people"),
    path("classes/<int:pk>/timetable/", timetable.Timetable.as_view(), name="classes_timetable"),
    path("classes/enrolments/<int:pk>/", roster.ChangeEnrolment.as_view(), name="classes_enrolment"),
    path("classes/sessions/<int:pk>/", timetable.ChangeSession.as_view(), name="classes_session"),
    path("classes/decide/<int:pk>/", overview.DecideClass.as_view(), name="classes_decide"),
]
