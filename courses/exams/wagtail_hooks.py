"""Exams on the staff desk."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.admin.ui.components import Component

from courses.exams.panels import ExamsOfBank
from courses.exams.views import corrections, exam_list, invigilating, marks, today
from courses.questions.models import Bank


@hooks.register("register_admin_urls")
def exam_screens() -> list[URLPattern]:
    """Setting up, the exam list, marks and their corrections."""
    return [
        path("exams/class/<int:pk>/", exam_list.ClassExams.as_view(), name="exams_class"),
        path("exams/class/<int:pk>/new/<slug:component>/", exam_list.CreateExam.as_view(), name="exams_create"),
        path("exams/class/<int:pk>/sitting/", invigilating.PlanSitting.as_view(), name="exams_plan_sitting"),
        path("exams/missing/", today.MissingScores.as_view(), name="exams_missing"),
        path("exams/sittings/<int:pk>/", invigilating.InvigilateSitting.as_view(), name="exams_sitting"),
        path("exams/<int:pk>/marks/", marks.MarkSheet.as_view(), name="exams_marks"),
        path("exams/<int:pk>/marks/resit/", marks.MarkSheet.as_view(resit=True), name="exams_marks_resit"),
        path("exams/marks/<int:pk>/correct/", corrections.CorrectMark.as_view(), name="exams_correct"),
        path("exams/decide/<int:pk>/", corrections.DecideCorrection.as_view(), name="exams_decide"),
    ]


@hooks.register("construct_homepage_panels")
def exams_today(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(today.ExamsPanel())


@hooks.register("construct_question_bank")
def exams_of_bank(request: HttpRequest, bank: Bank, parts: list[Component]) -> None:
    parts.append(ExamsOfBank())
