"""Writing a question and writing its next version."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.people.viewsets import refusals_in
from courses.questions import actions
from courses.questions.models import Question
from courses.questions.types import TYPES, QuestionType, by_code
from courses.questions.types.writing import QuestionForm
from courses.questions.views.screens import BankScreen, QuestionScreen, bank_url, question_url


class ChooseType(BankScreen, TemplateView):
    """Which type of question: one link each."""

    template_name = "questions/choose_type.html"

    def get_page_subtitle(self) -> str:
        return _("Write a question")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(types=TYPES, **kwargs)


class Writing(FormView):
    """The form of a question's type. "More rows" gives more room and stores nothing."""

    @property
    def kind(self) -> QuestionType:
        raise NotImplementedError

    def get_form_class(self) -> type[QuestionForm]:
        return self.kind.form_class

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "more" in request.POST:
            form = self.get_form_class().again(request.POST, is_new=self.get_form_kwargs()["is_new"])
            return self.render_to_response(self.get_context_data(form=form))
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        topics = Question.objects.filter(bank=self.bank).exclude(topic="").order_by("topic")
        topics = topics.values_list("topic", flat=True).distinct()
        return super().get_context_data(kind=self.kind, topics=topics, **kwargs)


class WriteQuestion(BankScreen, Writing):
    """A new question of the type in the address."""

    template_name = "questions/write.html"

    @property
    def kind(self) -> QuestionType:
        try:
            return by_code(self.kwargs["type"])
        except KeyError:
            raise Http404

    def get_page_subtitle(self) -> str:
        return _("Write a question: %(type)s") % {"type": self.kind.label}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_new": True}

    def get_initial(self) -> dict[str, Any]:
        return {"topic": self.request.GET.get("topic", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(back=bank_url(self.bank), **kwargs)

    def form_valid(self, form: QuestionForm) -> HttpResponse:
        with refusals_in(form):
            question = actions.add(bank=self.bank, type=self.kind.code, by=self.request.user, **form.facts())
            messages.success(self.request, _("Stored as %(code)s.") % {"code": question.code})
            return redirect(question_url(question))
        return self.form_invalid(form)


class ReviseQuestion(QuestionScreen, Writing):
    """The next version of a question; papers that are frozen keep theirs."""

    template_name = "questions/write.html"

    @property
    def kind(self) -> QuestionType:
        return by_code(self.object.type)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        old = self.object
        if request.method == "GET" and self.is_permitted() and (old.superseded_at or old.retired_at):
            messages.error(request, _("This version is no longer in use. Open the newest one."))
            return redirect(question_url(old))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return _("Revise")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_new": False}

    def get_initial(self) -> dict[str, Any]:
        old = self.object
        common = {"text": old.text, "topic": old.topic, "explanation": old.explanation}
        return common | self.kind.form_class.initial_of(old.body, old.key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(question=self.object, back=question_url(self.object), **kwargs)

    def form_valid(self, form: QuestionForm) -> HttpResponse:
        with refusals_in(form):
            new = actions.revise(question=self.object, by=self.request.user, **form.facts())
            if new.pk == self.object.pk:
                messages.info(self.request, _("Nothing was changed, so there is no new version."))
            else:
                messages.success(self.request, _("Stored as version %(number)s.") % {"number": new.version})
            return redirect(question_url(new))
        return self.form_invalid(form)
