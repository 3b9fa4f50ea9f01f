"""Every address of the product. `LMS_ROLE` decides which half is served."""

from django.conf import settings
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.pages.urls import catch_all
from cms.theme.texts import script_texts
from cms.theme.views import favicon, patterns
from courses.people.urls import before_wagtail

urlpatterns = [
    path("staff/", include("courses.people.urls")),
    path("admin/", include(before_wagtail)),  # closes doors of Wagtail: keep it before the next line
    path("admin/jsi18n/", script_texts),
    path("patterns/", patterns, name="patterns"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("exam/", include("courses.exams.urls")),
    path("favicon.ico", favicon),
    path("media/", include("cms.media.urls")),
    path("learn/", include("cms.learning.urls")),
    path("plan/", include("courses.plans.urls")),
    path("t/", include("courses.terminals.urls")),
    path("", include("certificates.verification.urls")),
]
if settings.LMS_ROLE != "outside":  # the outside checks certificates; courses are read inside
    urlpatterns += [path("", include("cms.pages.urls")), *catch_all]

handler400 = "lms.errors.bad_request"
handler403 = "lms.errors.permission_denied"
handler404 = "lms.errors.not_found"
handler500 = "lms.errors.server_error"
