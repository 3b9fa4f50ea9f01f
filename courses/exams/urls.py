"""The exam at a terminal. Pages and scripts use the same addresses: a script asks for JSON."""

from django.urls import path

from courses.exams.views import learner, sitting

app_name = "exams"
urlpatterns = [
    path("", learner.mine, name="mine"),
    path("sittings/<int:pk>/start/", learner.start, name="start"),
    path("<slug:attempt>/", sitting.go_on, name="go_on"),
    path("<slug:attempt>/<int:number>/", sitting.question, name="question"),
    path("<slug:attempt>/paper/", sitting.paper, name="paper"),
    path("<slug:attempt>/review/", sitting.review, name="review"),
    path("<slug:attempt>/submit/", sitting.submit, name="submit"),
    path("<slug:attempt>/beat/", sitting.beat, name="beat"),
    path("<slug:attempt>/hand/", sitting.hand, name="hand"),
    path("<slug:attempt>/receipt/", learner.receipt, name="receipt"),
]
