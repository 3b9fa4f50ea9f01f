"""A fixture for tests that compare sentences: English, in which they are written, whatever the site's language is."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
