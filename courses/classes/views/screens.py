"""What the screens of one class share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from courses.classes.models import TrainingClass
from courses.classes.permissions import may_in_class
from courses.people.permissions import OPEN_CLASSES, VIEW_CLASSES
from courses.people.viewsets import ScopedObjectMixin


class ClassScreen(ScopedObjectMixin):
    """A screen about one class, or about something in it (`get_training_class`). Templates extend `classes/class_base.html`."""

    model = TrainingClass
    right = VIEW_CLASSES
    tab = ""
    header_icon = "q-calendar"

    def get_training_class(self) -> TrainingClass:
        return self.object  # type: ignore[attr-defined]

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().select_related(*self.joined)

    joined: tuple[str, ...] = ("edition__course", "host", "provider", "programme", "application")

    def is_permitted(self) -> bool:
        return may_in_class(self.request.user, self.right, self.get_training_class())  # type: ignore[attr-defined]

    def get_page_title(self) -> str:
        return self.get_training_class().class_no

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        training_class = self.get_training_class()
        items = [*self.breadcrumbs_items, {"url": reverse("classes:index"), "label": _("Classes")}]
        items.append({"url": reverse("classes_class", args=[training_class.pk]), "label": training_class.class_no})
        subtitle = self.get_page_subtitle()
        return [*items, {"url": "", "label": subtitle}] if subtitle else items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        training_class = self.get_training_class()
        may_plan = self.right == OPEN_CLASSES or may_in_class(self.request.user, OPEN_CLASSES, training_class)  # type: ignore[attr-defined]
        return super().get_context_data(training_class=training_class, tab=self.tab, may_plan=may_plan, **kwargs)


@contextmanager
def refusals_as_messages(request: HttpRequest) -> Iterator[None]:
    """For a page of buttons: a refusal becomes sentences on top of the page to which the browser goes back."""
    try:
        yield
    except ValidationError as refusal:
        for sentence in refusal.messages:
            messages.error(request, sentence)
