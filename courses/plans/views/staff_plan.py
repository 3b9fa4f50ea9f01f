"""One plan at a glance."""

from collections import Counter
from typing import Any

from django.views.generic import TemplateView

from courses.plans.models import LOCAL_LABELS, HandIn, Plan, Section, TeachingExample
from courses.plans.permissions import may_mark_example, may_review
from courses.plans.progress import progress_of
from courses.plans.rules.points import verdict
from courses.plans.views.staff_class import VERDICTS, WORDS
from courses.plans.views.staff_screen import PlanScreen, known_place
from courses.plans.wording import Audience, place_name, said_of


class ReadPlan(PlanScreen, TemplateView):
    """The plan at a glance: its sections, the checks in words, what was said, what was handed in and how it was reviewed."""

    template_name = "plans/staff_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_plan = self.book.is_plan
        findings = said_of(self.found, Audience.STAFF) if is_plan else []
        pass_mark = self.get_training_class().edition.pass_rule.plan_pass
        return super().get_context_data(
            sections=self.sections(),
            findings=findings,
            not_held=sum(one.kind != "good" for one in findings),
            comments=[self.shown(one) for one in self.comments],
            open_comments=sum(one.settled_at is None for one in self.comments),
            attempts=[self.attempt(one, pass_mark) for one in self.hand_ins],
            local=self.local(),
            example=self.example(),
            may_mark_example=is_plan and may_mark_example(self.request.user, self.plan),
            may_send_back=self.plan.state == Plan.State.HANDED_IN,
            may_accept=self.plan.state == Plan.State.HANDED_IN and pass_mark is None,
            to_review=self.to_review() if pass_mark is not None else None,
            **kwargs,
        )

    def sections(self) -> list[dict[str, Any]]:
        progress = progress_of(self.book, self.values)
        comments = Counter(one.path.partition(".")[0] for one in self.comments if one.settled_at is None)
        changed = dict(Section.objects.filter(plan=self.plan).order_by().values_list("code", "changed_at"))
        return [
            {
                "section": section, "kind": progress[section.code], "words": WORDS[progress[section.code]],
                "comments": comments[section.code], "changed_at": changed.get(section.code),
            }
            for section in self.book.sections
        ]  # fmt: skip

    def shown(self, comment: Any) -> dict[str, Any]:
        """A comment with the name of its field; one whose field the book has no more keeps its words."""
        place = known_place(self.book, comment.path)
        return {"comment": comment, "place": place and place_name(place, self.values)}

    @staticmethod
    def attempt(hand_in: HandIn, pass_mark: int | None) -> dict[str, Any]:
        """A hand-in with its standing review."""
        review = next((one for one in hand_in.reviews.all() if one.superseded_at is None), None)
        words = VERDICTS[verdict(review.total, pass_mark)] if review and pass_mark is not None else None
        return {"hand_in": hand_in, "review": review, "verdict": words}

    def to_review(self) -> HandIn | None:
        """The hand-in that this user may review now."""
        if not self.hand_ins or not may_review(self.request.user, self.plan):
            return None
        return self.hand_ins[-1]

    def example(self) -> TeachingExample | None:
        """The mark that this plan is what the course is taught with."""
        return TeachingExample.objects.filter(plan=self.plan).select_related("by").first()

    def local(self) -> list[dict[str, Any]]:
        """The values of law and place that this plan counts with."""
        return [{"label": LOCAL_LABELS.get(code, code), **kept} for code, kept in self.plan.values.items()]
