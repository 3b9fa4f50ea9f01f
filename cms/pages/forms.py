"""What authors type. A draft may be unfinished; publication asks for everything at once, each gap in one sentence."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from certificates.issuing.models import CertificateType
from cms.media.models import Picture
from cms.pages.rules import next_code
from courses.catalogue import actions
from courses.catalogue.models import Course
from courses.catalogue.rules import problems
from courses.people.models import Organisation
from courses.people.permissions import AUTHOR_COURSES, may

# Where the sentence about a gap stands; the others stand on top of the form.
FIELDS = {
    "title": "title",
    "hours": "theory_half_hours",
    "can_do": "can_do",
    "pass_rule": "theory_pass",
    "plan": "plan_pass",
    "workbook": "workbook",
    "certificate_type": "certificate_type",
}


class CodeInput(forms.TextInput):
    """A plain line: Wagtail's own widget would fill it from the Chinese title."""


class TitleInput(forms.TextInput):
    """The line for a title. Its label stands in the line itself: what is empty shows that one types here."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"placeholder": _("Title"), **(attrs or {})})


def certificate_titles() -> dict[str, str]:
    """The certificates that a course may lead to, by code, newest version of each."""
    active = CertificateType.objects.filter(active=True).order_by("code", "version")
    return {found.code: found.title for found in active}


class CoursePageForm(WagtailAdminPageForm):
    """A course page. The code makes the course in the catalogue; it is fixed once an edition exists."""

    course_code = forms.CharField(
        label=_("Code"), max_length=20, required=False, help_text=_("Capital letters and digits, for example WELD-20."),
        validators=[RegexValidator(r"^[A-Za-z0-9-]+$", _("Letters, digits and hyphens only."))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "course_code" in self.fields:
            course = self.instance.course
            self.fields["course_code"].initial = course.code if course else ""
            self.fields["course_code"].disabled = bool(course and course.editions.exists())
        if "certificate_type" in self.fields:
            choices = [("", "—"), *certificate_titles().items()]
            self.fields["certificate_type"] = forms.ChoiceField(
                label=self.fields["certificate_type"].label, choices=choices, required=False
            )

        if "picture" in self.fields:
            # A list of the school's pictures: Wagtail's chooser begins with an inline script, which our policy stops.
            own = Picture.objects.filter(collection=self.parent_page.specific.collection).order_by("title")
            self.fields["picture"].queryset = own

    @cached_property
    def organisation(self) -> Organisation:
        """The school in whose subtree the page stands."""
        return self.parent_page.specific.organisation

    def clean_course_code(self) -> str:
        """Refuses a code of another school, and one that another page of this school has."""
        code = str(self.cleaned_data["course_code"]).upper()
        course = Course.objects.filter(code=code).first() if code else None
        if course and course.provider_id != self.organisation.pk:
            raise ValidationError(_("Another school has a course with this code. Choose another code."))
        if course and course.pages.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another page is about the course with this code."))
        if code and course is None and not may(self.for_user, AUTHOR_COURSES, self.organisation):
            raise ValidationError(_("New courses are added by the authors of this school."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        code = cleaned.get("course_code", "")
        if code:
            self.instance.slug = code.lower()
        elif not self.instance.slug:
            self.instance.slug = f"course-{next_code('c', self._taken())}"
        return cleaned

    def _taken(self) -> set[str]:
        slugs = self.parent_page.get_children().values_list("slug", flat=True)
        return {slug.removeprefix("course-") for slug in slugs}

    def _post_clean(self) -> None:
        """Publishing cannot be vetoed once Wagtail has begun, so an unfinished course is refused here, gap by gap."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        if not self.cleaned_data.get("course_code") and "course_code" not in self.errors:
            self.add_error("course_code", _("Give the course a code before publishing it."))
        units = self.instance.units() if self.instance.pk else []
        for gap in problems(self.instance.facts(), units):
            field = FIELDS.get(gap)
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, actions.SENTENCES[gap])

    def save(self, commit: bool = True) -> Any:
        """The course follows its code: found, or added to the catalogue by whoever writes the page."""
        code = self.cleaned_data.get("course_code", "")
        if code and (self.instance.course is None or self.instance.course.code != code):
            self.instance.course = actions.add_course(provider=self.organisation, code=code, by=self.for_user)
        return super().save(commit=commit)


class UnitPageForm(WagtailAdminPageForm):
    """A module or lesson. Its code is given by itself; learners' progress hangs on it, so it is not made of the title."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"] = forms.CharField(
                label=_("Code"), max_length=40, required=False, help_text=_("Empty: the next free one."),
                validators=[RegexValidator(r"^[-a-z0-9_]+$", _("Small letters, digits and hyphens only."))],
            )  # fmt: skip

    def clean_slug(self) -> str:
        code = str(self.cleaned_data["slug"])
        if code:
            return code
        return next_code(self.instance.code_prefix, type(self.instance).codes_below(self.parent_page))

    def clean(self) -> dict[str, Any]:
        """Publishing a lesson without words is refused: learners would find an empty page."""
        cleaned = super().clean()
        if not self.is_deferred_validation and "body" in self.fields and not cleaned.get("body"):
            self.add_error("body", actions.SENTENCES["empty_lesson"])
        return cleaned
