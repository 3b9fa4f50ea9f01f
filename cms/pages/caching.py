"""Public pages are kept whole for anonymous visitors; a publication makes all of them new at once."""

from collections.abc import Callable

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

SECONDS = 60  # also how long another web process may go on showing the old page
VERSION = "pages.version"
ASKED = frozenset({"page", "lang"})  # what may stand in the address of a kept page


def forget_pages() -> None:
    """From now on every public page is drawn anew."""
    try:
        cache.incr(VERSION)
    except ValueError:
        cache.set(VERSION, 1, None)


def kept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Serve a GET of somebody without a session from the cache, or keep the answer for the next one."""

    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or request.COOKIES.get("sessionid") or set(request.GET) - ASKED:
            return view(request, *args, **kwargs)
        address = f"{request.get_host()}{request.path}?{request.GET.get('page', '')}"
        key = f"pages:{cache.get(VERSION, 0)}:{get_language()}:{address}"
        found = cache.get(key)
        if found is not None:
            return HttpResponse(found[0], content_type=found[1])
        response = view(request, *args, **kwargs)
        if hasattr(response, "render"):
            response = response.render()
        if response.status_code == 200 and not response.streaming and not response.cookies:
            cache.set(key, (response.content, response["Content-Type"]), SECONDS)
        return response

    return answered
