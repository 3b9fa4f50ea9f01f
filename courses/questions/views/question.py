"""One question: as the learner will see it, its versions, and taking it out of use."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from courses.journal.models import JournalEntry
from courses.people.models import User
from courses.questions import actions
from courses.questions.models import Question
from courses.questions.views.preview import Preview
from courses.questions.views.screens import QuestionScreen, question_url


class QuestionPage(QuestionScreen, TemplateView):
    """One version, as the learner sees it, with the right answer marked."""

    template_name = "questions/question.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(Question.objects.versions_of(self.object).select_related("written_by"))
        return super().get_context_data(
            question=self.object,
            preview=Preview(self.object),
            versions=versions,
            newest=versions[0],
            retired_by=retired_by(self.object) if self.object.retired_at else None,
            **kwargs,
        )


class RetireQuestion(QuestionScreen, View):
    """The button on the question's page (POST only)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.retire(question=self.object, by=request.user)
        messages.success(request, _("%(code)s is out of use: no new paper draws it.") % {"code": self.object.code})
        return redirect(question_url(self.object))


def retired_by(question: Question) -> User | None:
    """Who took a question out of use, as the journal has it."""
    entry = JournalEntry.objects.about(question).filter(verb="questions.retire").first()
    is_user = entry is not None and entry.actor_kind == JournalEntry.Actor.USER
    return User.objects.filter(pk=entry.actor_id).first() if is_user else None
