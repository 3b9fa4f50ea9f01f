"""The page tree: home, courses with their modules and lessons, information."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "cms.pages"
    label = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from wagtail.models import ReferenceIndex
        from wagtail.signals import page_published

        from cms.pages import receivers
        from cms.pages.models import KeptPicture

        ReferenceIndex.register_model(KeptPicture)  # so that the editor refuses to delete such a picture, and says why
        page_published.connect(receivers.publish_course, dispatch_uid="cms.pages.publish_course")
