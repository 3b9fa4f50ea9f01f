"""Forms on the staff desk: setting up an exam, and wishing a correction."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.classes.models import TrainingClass
from courses.exams.models import Exam
from courses.questions.models import Bank


class ExamForm(forms.Form):
    """One component of a class's examination. What is for the terminal only may stay empty for the others."""

    offered_to_all = {"bank": "only the banks of the class's school are offered"}

    mode = forms.ChoiceField(label=_("How it is sat"), widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480, initial=90)
    bank = forms.ModelChoiceField(Bank.objects.none(), label=_("Question bank"), required=False)
    count = forms.IntegerField(label=_("Number of questions"), min_value=1, max_value=200, required=False)
    points = forms.DecimalField(
        label=_("Points for each question"), min_value=0, max_digits=5, decimal_places=2, required=False
    )

    def __init__(self, *args: Any, training_class: TrainingClass, modes: tuple[str, ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = dict(Exam.Mode.choices)
        self.fields["mode"].choices = [(mode, labels[mode]) for mode in modes]
        self.fields["mode"].initial = modes[0]
        if Exam.Mode.SCREEN in modes:
            self.fields["bank"].queryset = Bank.objects.filter(organisation=training_class.provider_id)
            self.fields["bank"].help_text = _("For an exam on the terminal: where the questions come from.")
        else:
            for name in ("bank", "count", "points"):
                del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """What was typed, as `actions.create_exam` takes it."""
        typed = self.cleaned_data
        facts = {name: typed[name] for name in ("mode", "title", "minutes")}
        if typed["mode"] == Exam.Mode.SCREEN:
            blueprint = {"count": typed.get("count"), "points": str(typed["points"])} if typed.get("points") else {}
            facts |= {"bank": typed.get("bank"), "blueprint": blueprint}
        return facts


class CorrectionForm(forms.Form):
    """What a mark should be, and why (EXM-7)."""

    score = forms.CharField(
        label=_("The right score"), required=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6})
    )
    absent = forms.BooleanField(label=_("Did not come"), required=False)
    reason = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)

    def facts(self) -> dict[str, Any]:
        """What was typed, as `actions.correct_grade` takes it."""
        typed = self.cleaned_data
        return {"score": typed["score"].strip() or None, "absent": typed["absent"], "reason": typed["reason"]}
