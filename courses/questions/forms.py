"""Forms on the staff desk: a bank, and narrowing its list. What an author fills in stands with each type (`types/`)."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm

from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_QUESTIONS, organisations_where
from courses.questions.models import Bank, QuestionQuerySet, course_label
from courses.questions.types import TYPES


class ChangeBankForm(WagtailAdminModelForm):
    """The title of a bank, and the course it belongs to."""

    class Meta:
        model = Bank
        fields = ["title", "course"]
        help_texts = {"course": gettext_lazy("May stay empty when the questions serve several courses.")}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        courses = self.fields["course"]
        courses.queryset = courses.queryset.select_related("current")
        courses.label_from_instance = course_label

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        school = data.get("organisation") or getattr(self.instance, "organisation", None)
        course, title = data.get("course"), data.get("title")
        if school and course and course.provider_id != school.pk:
            self.add_error("course", _("This course belongs to another school. Choose one of the bank's school."))
        namesakes = Bank.objects.filter(organisation=school, title=title).exclude(pk=self.instance.pk)
        if school and title and namesakes.exists():
            self.add_error("title", _("The school has a bank with this title. Open that one, or take another title."))
        return data


class AddBankForm(ChangeBankForm):
    """A new bank, at a school where one may write questions."""

    class Meta(ChangeBankForm.Meta):
        fields = ["organisation", "title", "course"]

    def __init__(self, *args: Any, for_user: User | None = None, **kwargs: Any):
        super().__init__(*args, for_user=for_user, **kwargs)
        own = organisations_where(for_user, MANAGE_QUESTIONS) if for_user else Organisation.objects.none()
        self.fields["organisation"].queryset = own
        if len(found := own[:2]) == 1:
            self.fields["organisation"].initial = found[0]


class FilterForm(forms.Form):
    """Which questions of a bank: words in the text or the code, a type, a topic. Wrong values narrow nothing."""

    q = forms.CharField(label=gettext_lazy("Words or code"), max_length=100, required=False)
    type = forms.ChoiceField(label=pgettext_lazy("of a question", "Type"), required=False)
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, data: Any, *, topics: list[str]):
        super().__init__(data, auto_id="filter_%s")
        self.fields["type"].choices = [("", _("all"))] + [(kind.code, kind.label) for kind in TYPES]
        self.fields["topic"].choices = [("", _("all"))] + [(topic, topic) for topic in topics if topic]

    def chosen(self) -> dict[str, str]:
        """What narrows the list, as it stands in the address."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        chosen = self.chosen()
        if words := chosen.pop("q", ""):
            questions = questions.filter(Q(text__icontains=words) | Q(code__icontains=words))
        return questions.filter(**chosen)
