"""Drafting a class and writing its application."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.catalogue.models import Edition
from courses.classes.models import ClassApplication, TrainingClass
from courses.people.models import Organisation, User
from courses.people.permissions import OPEN_CLASSES, organisations_where

SCHOOLS = (
    Organisation.Kind.TRAINING_PROVIDER,
    Organisation.Kind.COLLEGE,
    Organisation.Kind.EMPLOYMENT_SERVICE,
)
NO_PLACES = (Organisation.Kind.HR_BUREAU, Organisation.Kind.JUSTICE_BUREAU, Organisation.Kind.EMPLOYER)
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")  # the browser's own picker: no script


class DraftClassForm(WagtailAdminModelForm):
    """A new class. The place is one of one's own; a place may ask every school, a school only itself."""

    offered_to_all = {"provider": "a place may ask every school to teach"}

    class Meta:
        model = TrainingClass
        fields = ["class_no", "edition", "host", "provider", "programme", "capacity", "starts_on", "ends_on"]
        widgets = {"starts_on": DATE, "ends_on": DATE}
        help_texts = {"class_no": _("Year, course and number, such as 2025-WELD-03")}

    def __init__(self, *args: Any, for_user: User | None = None, **kwargs: Any):
        super().__init__(*args, for_user=for_user, **kwargs)
        own = organisations_where(for_user, OPEN_CLASSES) if for_user else Organisation.objects.none()
        if "edition" in self.fields:
            self.fields["edition"].queryset = Edition.objects.open_for_classes().select_related("course")
            places = Organisation.objects.exclude(kind__in=NO_PLACES)
            schools = Organisation.objects.filter(kind__in=SCHOOLS)
            if own.exists() and not own.exclude(kind__in=SCHOOLS).exists():
                schools = schools.filter(pk__in=own.values("pk"))
            else:
                places = places.filter(pk__in=own.values("pk"))
            self.fields["host"].queryset = places
            self.fields["provider"].queryset = schools


class ChangeClassForm(DraftClassForm):
    """What may change later; after the approval with a reason (CLS-4)."""

    reason = forms.CharField(
        label=_("Reason"), required=False, help_text=_("Needed once the class has been approved."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    class Meta(DraftClassForm.Meta):
        fields = ["class_no", "programme", "capacity", "starts_on", "ends_on"]


class ApplicationForm(forms.ModelForm):
    """The three written elements of the application (CLS-1)."""

    class Meta:
        model = ClassApplication
        fields = ["teaching_plan", "resources", "assessment_plan"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in fields}
        help_texts = {
            "teaching_plan": _("What is taught in which order, theory and practice. The timetable belongs to it."),
            "resources": _("Books, tools, machines and materials, with their numbers."),
            "assessment_plan": _("Which exams, when, how many points, who examines."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.needed_later = True  # may be stored empty, not handed in empty
