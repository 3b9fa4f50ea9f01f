"""Uploading pictures."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """A picture. The file of one that stands in published lessons is not replaced: their words and pictures are frozen."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and self.instance.pk and self.instance.is_held:
            raise ValidationError(_("Published lessons show this picture. Add the new one beside it instead."))
        return file
