"""Pages as one person sees them; sentences are compared in the language in which they are written."""

import pytest
from django.urls import reverse

from tests.courses.english import english

__all__ = ["english"]


@pytest.fixture
def visit(client):
    """`visit(user, name, obj)` reads a page; with data it posts. Returns the response, and its text."""

    def go(user, name, *args, data=None, follow=True):
        client.force_login(user)
        url = reverse(name, args=[getattr(arg, "pk", arg) for arg in args])
        response = client.get(url) if data is None else client.post(url, data, follow=follow)
        return response, " ".join(response.content.decode().split())

    return go
