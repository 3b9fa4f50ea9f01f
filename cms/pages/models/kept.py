"""Pictures that frozen words show: they may not be deleted or replaced while the words are kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.media.models import Picture
from courses.catalogue.models import LessonText


class KeptPicture(models.Model):
    """One picture in one lesson text. Rows are added at publication and never removed."""

    text = models.ForeignKey(LessonText, models.CASCADE, related_name="kept_pictures", verbose_name=_("lesson text"))
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="kept_in", verbose_name=_("picture"))

    class Meta:
        verbose_name = _("kept picture")
        verbose_name_plural = _("kept pictures")
        constraints = [models.UniqueConstraint(fields=["text", "picture"], name="pages_picture_kept_once")]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.picture_id}"
