"""One question: as the learner will see it, its versions, taking it out of use and bringing it back."""

from typing import Any

from django.core.exceptions import ValidationError
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
            turns=turns(self.object),
            **kwargs,
        )


class RetireQuestion(QuestionScreen, View):
    """The button on the question's page (POST only)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actions.retire(question=self.object, by=request.user)
        messages.success(request, _("%(code)s is out of use: no new paper draws it.") % {"code": self.object.code})
        return redirect(question_url(self.object))


class BringBackQuestion(QuestionScreen, View):
    """The button on the page of a question that is out of use (POST only)."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            actions.bring_back(question=self.object, by=request.user)
            messages.success(request, _("%(code)s is in use again.") % {"code": self.object.code})
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        return redirect(question_url(self.object))


def turns(question: Question) -> list[dict[str, Any]]:
    """When this version was taken out of use and brought back, and by whom, newest first, as the journal has it."""
    words = {"questions.retire": _("taken out of use"), "questions.bring_back": _("brought back into use")}
    entries = list(JournalEntry.objects.about(question).filter(verb__in=words).order_by("-at"))
    users = User.objects.in_bulk([one.actor_id for one in entries if one.actor_kind == JournalEntry.Actor.USER])
    return [{"at": one.at, "what": words[one.verb], "by": users.get(one.actor_id)} for one in entries]
