"""Hours on a page: typed in class hours of 45 minutes, kept in half-hours."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.pages.rules import to_half_hours


class HoursInput(forms.DecimalField):
    """A form field: 7.5 class hours are the value 15."""

    def __init__(self, **kwargs: Any):
        for name in ("max_value", "min_value", "initial"):
            kwargs.pop(name, None)
        super().__init__(min_value=0, max_value=2000, decimal_places=1, step_size=Decimal("0.5"), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return Decimal(value) / 2 if isinstance(value, int) and not isinstance(value, bool) else value

    def clean(self, value: Any) -> int | None:
        hours = super().clean(value)
        if hours is None:
            return None
        half_hours = to_half_hours(hours)
        if half_hours is None:
            raise ValidationError(_("Hours go in halves: 7 or 7.5."))
        return half_hours

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class HalfHoursField(models.PositiveIntegerField):
    """Half-hours in the database, class hours in a form."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": HoursInput, **kwargs})
