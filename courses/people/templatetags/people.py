"""Words for people at their desks. `{% load people %}`."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.people.models import User

register = template.Library()


@register.simple_tag
def greeting(user: User) -> str:
    """A good morning, by the clock of this place."""
    hour = timezone.localtime().hour
    words = _("Good morning, %(name)s") if 5 <= hour < 12 else _("Good afternoon, %(name)s")
    if hour >= 18 or hour < 5:
        words = _("Good evening, %(name)s")
    return words % {"name": user.get_full_name() or user.get_username()}
