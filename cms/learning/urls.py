"""The learner's desk."""

from django.urls import path

from cms.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("certificates/", views.certificates, name="certificates"),
    path("<int:edition>/", views.course, name="course"),
    path("<int:edition>/<slug:code>/", views.lesson, name="lesson"),
    path("<int:edition>/<slug:code>/<int:screen>/", views.screen, name="screen"),
    path("<int:edition>/<slug:code>/<int:screen>/answer/", views.answer, name="answer"),
    path("<int:edition>/<slug:code>/<int:screen>/next/", views.turn, name="turn"),
]
