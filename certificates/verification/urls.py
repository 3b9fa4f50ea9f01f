"""`/verify` and `/c/<token>`: short, because they are printed."""

from django.urls import path

from certificates.verification import views

app_name = "verification"
urlpatterns = [
    path("verify", views.check_page, name="check"),
    path("verify/keys.json", views.keys, name="keys"),
    path("c/<str:token>", views.token_page, name="token"),
]
