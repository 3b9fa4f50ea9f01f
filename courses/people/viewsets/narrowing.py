"""What a form, a filter or a chooser may name: only what the person at the desk may see."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from wagtail.admin.widgets.chooser import BaseChooser

from courses.people.models import User


def visible(model: type[models.Model], user: User) -> models.QuerySet[Any]:
    """`Model.objects.visible_to(user)`. Refuses (ImproperlyConfigured) a model that cannot say what a user may see."""
    manager = model._default_manager
    if not hasattr(manager, "visible_to"):
        raise ImproperlyConfigured(f"{model.__name__}.objects has no visible_to(user).")
    return manager.visible_to(user)


def narrow(form: forms.BaseForm, user: User) -> None:
    """Narrow every choice of a form to what the user may see, also in its inline rows, and tell choosers who asks.

    A form that must offer more says so: `offered_to_all = {"provider": "a prison may ask every school"}` (field: reason).
    """
    for name, field in form.fields.items():
        if name in getattr(form, "offered_to_all", {}):
            continue
        queryset = getattr(field, "queryset", None)
        if queryset is not None and hasattr(queryset.model._default_manager, "visible_to"):
            field.queryset = queryset.filter(pk__in=visible(queryset.model, user).values("pk"))
        if isinstance(field.widget, ScopedChooser):
            field.widget.for_user = user
    for formset in getattr(form, "formsets", {}).values():
        for row in formset.forms:
            narrow(row, user)
        formset.add_fields = _narrowing(formset.add_fields, user)


def _narrowing(add_fields: Callable[..., None], user: User) -> Callable[..., None]:
    def add_fields_and_narrow(form: forms.BaseForm, index: int | None) -> None:
        add_fields(form, index)
        narrow(form, user)

    return add_fields_and_narrow


class ScopedChooser(BaseChooser):
    """The chooser's field in a form: shows the title of a chosen object only to a person who may see it."""

    for_user: User | None = None  # set by `narrow`

    def get_instance(self, value: Any) -> models.Model | None:
        instance = super().get_instance(value)
        if instance is None or self.for_user is None:
            return None
        return visible(self.model_class, self.for_user).filter(pk=instance.pk).first()
