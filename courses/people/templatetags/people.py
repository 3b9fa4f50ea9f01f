"""Words for people at their desks. `{% load people %}`."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.people.models import User
from courses.people.rules import part_of_day

register = template.Library()


@register.simple_tag
def greeting(user: User) -> str:
    """A good morning, by the clock of this place."""
    words = {
        "morning": _("Good morning, %(name)s"),
        "afternoon": _("Good afternoon, %(name)s"),
        "evening": _("Good evening, %(name)s"),
    }[part_of_day(timezone.localtime().hour)]
    return words % {"name": user.get_full_name() or user.get_username()}
