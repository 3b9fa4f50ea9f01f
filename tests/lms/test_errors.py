"""What went wrong gets a clear sentence; our own mistakes get a number under which the log has them."""

import logging
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext

from lms import urls

REFERENCE = re.compile(r"[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}")


def _fails(request):
    raise ZeroDivisionError("a secret detail")


def _forbidden(request):
    raise PermissionDenied


def _reads_the_form(request):
    return HttpResponse(str(len(request.POST)))


urlpatterns = [
    path("fails/", _fails),
    path("forbidden/", _forbidden),
    path("reads/", _reads_the_form),
    *urls.urlpatterns,
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.lms.test_errors")]


@pytest.fixture
def browser():
    return Client(raise_request_exception=False)


def test_a_mistake_of_ours_shows_a_number_and_no_detail(browser, caplog):
    with caplog.at_level(logging.ERROR, logger="lms.errors"):
        response = browser.get("/fails/")
    text = response.content.decode()
    assert response.status_code == 500
    with translation.override("zh-hans"):
        assert gettext("Something went wrong here") in text
    assert "a secret detail" not in text
    assert "Traceback" not in text
    number = REFERENCE.search(text).group()
    assert any(number in record.getMessage() for record in caplog.records), "the log has it under the same number"


def test_a_form_of_ten_megabytes_gets_a_sentence(browser):
    response = browser.post("/reads/", {"text": "字" * 3_500_000})
    assert response.status_code == 413
    assert "2.5 MB" in response.content.decode()


def test_a_form_of_five_thousand_fields_gets_a_sentence(browser):
    response = browser.post("/reads/", {f"field{number}": "1" for number in range(5_000)})
    assert response.status_code == 413


@pytest.mark.parametrize(("address", "status"), [("/forbidden/", 403), ("/no-such-page/", 404)])
def test_pages_of_refusal_are_ours_and_not_kept(browser, address, status):
    response = browser.get(address)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert 'lang="zh' in response.content.decode()


def test_an_old_form_is_explained(settings):
    response = Client(enforce_csrf_checks=True).post("/reads/", {"text": "x"})
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store"


def test_trace_and_unknown_methods_show_no_detail(browser):
    assert browser.generic("TRACE", "/no-such-page/").status_code in {404, 405}
