"""Addresses of picture files. A city's web server may serve the same path from the disk."""

from django.urls import path

from cms.media import views

urlpatterns = [path("images/<path:name>", views.picture_file, name="media_picture_file")]
