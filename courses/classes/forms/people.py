"""Who learns in a class and who works in it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.classes.models import Enrolment, TrainerAssignment, TrainingClass
from courses.classes.permissions import FITTING_POSTS
from courses.people.models import Learner, Post, User
from courses.people.permissions import Role


class EnrolForm(forms.Form):
    """Learners ticked in a list, of those whom the person at the desk may see."""

    learners = forms.ModelMultipleChoiceField(
        Learner.objects.none(), error_messages={"required": _("Tick at least one learner.")}
    )
    override_reason = forms.CharField(
        label=_("Reason for an exception"), required=False, max_length=300,
        help_text=_("Only for somebody who is elsewhere, or in another class in the same days."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["learners"].queryset = Learner.objects.all()  # narrowed to what is visible by the screen


class EnrolmentForm(forms.Form):
    """Pausing, taking up again, taking off the class."""

    SUSPEND, RESUME, WITHDRAW = "suspend", "resume", "withdraw"
    act = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    end_reason = forms.ChoiceField(
        label=_("Why the learner leaves"), required=False, choices=[("", "—"), *Enrolment.EndReason.choices]
    )
    note = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("In neutral words: no health and no conduct details.")
    )

    def __init__(self, *args: Any, enrolment: Enrolment, **kwargs: Any):
        super().__init__(*args, **kwargs)
        acts = {
            Enrolment.State.ACTIVE: [(self.SUSPEND, _("Pause")), (self.WITHDRAW, _("Take off the class"))],
            Enrolment.State.SUSPENDED: [(self.RESUME, _("Take up again")), (self.WITHDRAW, _("Take off the class"))],
        }
        self.fields["act"].choices = acts.get(enrolment.state, [(self.RESUME, _("Take up again"))])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("act") == self.WITHDRAW and not cleaned.get("end_reason"):
            self.add_error("end_reason", _("Choose a reason from the list."))
        return cleaned


class AssignForm(forms.Form):
    """One person and a role in the class. Offered are those of the school and the place whose post fits some role in a
    class, each with the post, and the experts of whoever stands above the place; a role that does not fit the post is refused."""

    offered_to_all = {
        "user": "whoever has a post at the school or the place may be asked to work in a class, and an expert from above"
    }
    user = forms.ModelChoiceField(User.objects.none(), label=_("person"))
    role = forms.ChoiceField(label=_("role"), choices=TrainerAssignment.Role.choices)

    def __init__(self, *args: Any, training_class: TrainingClass, **kwargs: Any):
        super().__init__(*args, **kwargs)
        here = Q(organisation=training_class.provider_id) | Q(organisation=training_class.host_id)
        above = [int(part) for part in training_class.host.path.split(".") if part]
        here |= Q(organisation__in=above, role=Role.EXPERT)
        posts = Post.objects.held().filter(here, role__in=frozenset().union(*FITTING_POSTS.values()))
        self.posts: dict[int, list[Post]] = {}
        for post in posts:
            self.posts.setdefault(post.user_id, []).append(post)
        self.fields["user"].queryset = User.objects.filter(pk__in=self.posts, is_active=True).order_by(
            "last_name", "username"
        )
        self.fields["user"].label_from_instance = self._label

    def _label(self, user: User) -> str:
        held = sorted({str(post.get_role_display()) for post in self.posts[user.pk]})
        return " · ".join([user.get_full_name(), *held, user.username])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        user, role = cleaned.get("user"), cleaned.get("role")
        if user and role and not any(post.role in FITTING_POSTS[role] for post in self.posts[user.pk]):
            self.add_error("role", _("The post of %(name)s does not fit this role.") % {"name": user.get_full_name()})
        return cleaned
