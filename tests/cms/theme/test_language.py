"""Which language a page is in: the address, then the cookie, then Chinese; never the browser's preference."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "kept", "language"),
    [("", "", "zh-hans"), ("en", "", "en"), ("", "en", "en"), ("zh-hans", "en", "zh-hans"), ("xx", "", "zh-hans")],
)
def test_language_comes_from_address_then_cookie(client, asked, kept, language):
    if kept:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = kept
    response = client.get("/nothing/", {"lang": asked} if asked else {}, headers={"accept-language": "en-US"})
    assert response["Content-Language"] == language
    assert f'lang="{language}"' in response.content.decode()


def test_language_sets_a_cookie_only_when_the_choice_changes(client):
    assert settings.LANGUAGE_COOKIE_NAME in client.get("/nothing/?lang=en").cookies
    assert settings.LANGUAGE_COOKIE_NAME not in client.get("/nothing/?lang=en").cookies
    assert settings.LANGUAGE_COOKIE_NAME not in client.get("/nothing/").cookies
