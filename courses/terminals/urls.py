"""The learner's door: pages of the classroom terminal before, between and after lessons."""

from django.urls import path

from courses.terminals.views import door as views

app_name = "terminals"
urlpatterns = [
    path("", views.start, name="start"),
    path("number/", views.number, name="number"),
    path("card/", views.card, name="card"),
    path("pin/", views.pin, name="pin"),
    path("still-here/", views.still_here, name="still_here"),
    path("locked/", views.locked, name="locked"),
    path("alive/", views.alive, name="alive"),
    path("beat/", views.beat, name="beat"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("help/", views.help_page, name="help"),
    path("enrol/", views.enrol, name="enrol"),
]
