"""Addresses on the staff desk, below /admin/."""

from django.urls import path

from courses.questions.views import bank, question, writing

urlpatterns = [
    path("banks/<int:pk>/", bank.BankPage.as_view(), name="questions_bank"),
    path("banks/<int:pk>/write/", writing.ChooseType.as_view(), name="questions_choose_type"),
    path("banks/<int:pk>/write/<slug:type>/", writing.WriteQuestion.as_view(), name="questions_write"),
    path("questions/<int:pk>/", question.QuestionPage.as_view(), name="questions_question"),
    path("questions/<int:pk>/revise/", writing.ReviseQuestion.as_view(), name="questions_revise"),
    path("questions/<int:pk>/retire/", question.RetireQuestion.as_view(), name="questions_retire"),
    path("questions/<int:pk>/bring-back/", question.BringBackQuestion.as_view(), name="questions_bring_back"),
]
