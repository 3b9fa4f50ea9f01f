"""Pictures and handouts: our own models from the first migration, so that choosing can be granted per collection."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.media import rules


class Picture(AbstractImage):
    """A picture of a course. What it teaches is said where it is used (alternative text or "decorative"), not here."""

    admin_form_fields = (
        "title",
        "file",
        "description",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        # Wagtail's own model has this right in its Meta; an own model loses it unless it says so again.
        permissions = [("choose_picture", "Can choose picture")]

    @property
    def is_held(self) -> bool:
        """Whether something that must stay as it is shows this picture, e.g. the frozen words of a lesson."""
        holders = [relation for relation in self._meta.related_objects if relation.on_delete is models.PROTECT]
        return any(
            relation.related_model._base_manager.filter(**{relation.field.name: self.pk}).exists()
            for relation in holders
        )


class PictureRendition(AbstractRendition):
    """One size of a picture, made when a lesson is published."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("picture size")
        verbose_name_plural = _("picture sizes")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="media_rendition_once_per_picture"
            ),
        ]


class Handout(AbstractDocument):
    """A document or a sound recording of a course (PDF, MP3, M4A, Ogg)."""

    admin_form_fields = ("title", "file", "collection")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_handout", "Can choose document")]

    def clean(self) -> None:
        """Refuses (ValidationError) a file whose bytes are not what its name says, and one that is too large."""
        super().clean()
        if not self.file:
            return
        if self.file.size > rules.MAX_HANDOUT_BYTES:
            raise ValidationError({"file": _("The file is larger than 30 MB. Split it, or save it smaller.")})
        with self.open_file() as file:
            head = file.read(12)
            file.seek(0)
        if self.file_extension.lower() not in rules.kinds_of(head):
            raise ValidationError(
                {"file": _("The file is not what its name says. Save it again as PDF, MP3, M4A or OGG.")}
            )
