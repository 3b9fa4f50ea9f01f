"""What the learner's frame needs to know. `{% load terminals %}`."""

from django import template

from courses.terminals.permissions import sign_in_rules

register = template.Library()


@register.simple_tag
def sign_in_numbers() -> dict[str, int]:
    """The numbers of this site that a page needs to watch its own idleness."""
    rules = sign_in_rules()
    return {
        "idle_lock_seconds": rules.idle_lock_seconds,
        "warning_seconds": rules.warning_seconds,
        "beat_seconds": rules.beat_seconds,
        "seconds_to_warning": max(1, rules.idle_lock_seconds - rules.warning_seconds),
    }
