"""The product's addresses, two that go wrong on purpose, and the bare public frame."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from lms.urls import handler400, handler403, handler404, handler500
from lms.urls import urlpatterns as served


def breaks(request):
    raise RuntimeError("on purpose")


def frame(request):
    return render(request, "public_base.html", {"section": "courses", "narrow": "narrow" in request.GET})


@csrf_exempt
def too_much(request):
    return HttpResponse(
        f'<!doctype html><title>t</title><form method="post"><textarea name="t"></textarea>'
        f"<button>go</button></form>{len(request.POST)}"
    )


urlpatterns = [path("breaks/", breaks), path("too-much/", too_much), path("frame/", frame), *served]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
