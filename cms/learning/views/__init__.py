"""Screens of the learner's desk. Plain views behind `learner_required`: no page tree, no Django session, no write on GET."""

from cms.learning.views.certificates import certificates
from cms.learning.views.desk import course, desk
from cms.learning.views.lessons import answer, lesson, screen, turn

__all__ = ["answer", "certificates", "course", "desk", "lesson", "screen", "turn"]
