"""Reading one plan: what is written, what follows from it, what was said to it, how it came about."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from courses.classes.models import TrainingClass
from courses.classes.views.screens import ClassScreen, refusals_as_messages
from courses.people.viewsets import refusals_in
from courses.plans import actions
from courses.plans.book import Book, BookSection, Place
from courses.plans.forms import CommentForm
from courses.plans.models import LOCAL_LABELS, HandIn, Plan, PlanLog, Section, values_of
from courses.plans.permissions import may_review
from courses.plans.progress import progress_of
from courses.plans.reading import Workbook, workbook
from courses.plans.rules.local import local_values
from courses.plans.rules.points import verdict
from courses.plans.sentences import said
from courses.plans.views.staff_class import STATE_CHIPS, VERDICTS, WORDS
from courses.plans.views.staff_computed import reckoned_of
from courses.plans.views.staff_parts import parts_of, place_name, text_of


class PlanScreen(ClassScreen):
    """A screen about one plan, for its trainers and the experts; for everybody else there is none (PRV-3).

    `?attempt=1` reads what was handed in then, which never changes; without it, what stands in the plan now.
    """

    model = Plan
    tab = "plans"
    header_icon = "q-book"
    joined = (
        "enrolment__learner", "enrolment__training_class__edition__course", "enrolment__training_class__host",
        "enrolment__training_class__provider",
    )  # fmt: skip

    def get_base_object_queryset(self) -> Any:
        return Plan.objects.readable_by(self.request.user).select_related(*self.joined)

    def is_permitted(self) -> bool:
        return True  # the queryset has answered that

    @property
    def plan(self) -> Plan:
        return self.object

    def get_training_class(self) -> TrainingClass:
        return self.plan.enrolment.training_class

    def get_page_subtitle(self) -> str:
        return self.plan.enrolment.learner.full_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        training_class = self.get_training_class()
        items.insert(
            -1, {"url": reverse("plans_class", args=[training_class.pk]), "label": pgettext("of a class", "Plans")}
        )
        return items

    @property
    def book(self) -> Book:
        return self.plan.workbook

    @cached_property
    def hand_ins(self) -> list[HandIn]:
        return list(self.plan.hand_ins.prefetch_related("reviews__reviewer"))

    @cached_property
    def read(self) -> HandIn | None:
        """The hand-in that is read; None: the plan as it stands now."""
        asked = self.request.GET.get("attempt")
        if not asked:
            return None
        found = [one for one in self.hand_ins if str(one.number) == asked]
        if not found:
            raise Http404
        return found[0]

    @cached_property
    def values(self) -> Mapping[str, str]:
        return self.read.values if self.read else values_of(self.plan)

    @cached_property
    def found(self) -> Workbook:
        """Everything that follows from what is written, worked out once."""
        return workbook(self.values, local_values(self.plan.local))

    @cached_property
    def comments(self) -> list[Any]:
        return list(self.plan.comments.select_related("by"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            plan=self.plan,
            learner=self.plan.enrolment.learner,
            book=self.book,
            read=self.read,
            query=f"?attempt={self.read.number}" if self.read else "",
            hand_ins=self.hand_ins,
            state_kind=STATE_CHIPS.get(self.plan.state, "plain"),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One button, one verb. The verb asks for the right."""
        act = request.POST.get("act")
        with refusals_as_messages(request):
            if act == "settle":
                comment = get_object_or_404(self.plan.comments, pk=request.POST.get("comment") or 0)
                actions.settle_comment(comment=comment, by=request.user)
                messages.success(request, _("Marked as done."))
            elif act == "send_back":
                actions.send_back(plan=self.plan, comment=request.POST.get("comment", ""), by=request.user)
                messages.success(request, _("The plan is open again. What was handed in stays readable."))
            elif act == "accept":
                actions.accept_plan(plan=self.plan, by=request.user)
                messages.success(request, _("The plan is accepted."))
        return redirect(request.get_full_path())


class ReadPlan(PlanScreen, TemplateView):
    """The plan at a glance: its sections, the checks in words, what was said, what was handed in and how it was reviewed."""

    template_name = "plans/staff_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_plan = self.book.code == "syb"
        findings = [said(one) for one in self.found.findings] if is_plan else []
        pass_mark = self.get_training_class().edition.pass_rule.plan_pass
        return super().get_context_data(
            sections=self.sections(),
            findings=sorted(findings, key=lambda one: ("stop", "look", "good").index(one.kind)),
            not_held=sum(one.kind != "good" for one in findings),
            comments=[self.shown(one) for one in self.comments],
            open_comments=sum(one.settled_at is None for one in self.comments),
            attempts=[self.attempt(one, pass_mark) for one in self.hand_ins],
            local=self.local(),
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
        return {"comment": comment, "place": place and name_of(place, self.values)}

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

    def local(self) -> list[dict[str, Any]]:
        """The values of law and place that this plan counts with."""
        return [{"label": LOCAL_LABELS.get(code, code), **kept} for code, kept in self.plan.values.items()]


class ReadSection(PlanScreen, TemplateView):
    """One section as on the form, with what is worked out beside it; each field leads to its page."""

    template_name = "plans/staff_section.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.section = section_of(self.book, kwargs["section"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.pop("section", None)  # of the address: only its name
        codes = [section.code for section in self.book.sections]
        place = codes.index(self.section.code)
        shown = [one for one in self.comments if one.path.partition(".")[0] == self.section.code]
        counts = Counter(one.path for one in shown if one.settled_at is None)
        return super().get_context_data(
            section=self.section,
            parts=parts_of(self.section, self.values, counts),
            reckoned=reckoned_of(self.section.code, self.book.code, self.found),
            comments=[{"comment": one, "place": self.named(one.path)} for one in shown],
            before=self.book.sections[place - 1] if place else None,
            after=self.book.sections[place + 1] if place + 1 < len(codes) else None,
            place=place + 1,
            cell_query=f"attempt={self.read.number}&" if self.read else "",
            **kwargs,
        )

    def named(self, path: str) -> str:
        place = known_place(self.book, path)
        return name_of(place, self.values) if place else path


class CellPage(PlanScreen, FormView):
    """One field: what stands in it, what stood in it when, what was said to it; and a place to say more (`?path=`)."""

    template_name = "plans/staff_cell.html"
    form_class = CommentForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.place = known_place(self.book, request.GET.get("path", ""))
        if self.place is None:
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        path, asked = self.place.path, self.place.field
        log = PlanLog.objects.filter(plan=self.plan, path=path).order_by("-version")
        return super().get_context_data(
            section=self.place.section,
            place_name=name_of(self.place, self.values),
            text=text_of(asked, self.values.get(path, "")),
            unit=asked.unit,
            log=[(one, text_of(asked, one.value)) for one in log],
            comments=[one for one in self.comments if one.path == path],
            back=section_url(self.plan, self.place.section, self.read),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("act") == "settle":
            return PlanScreen.post(self, request, *args, **kwargs)
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: CommentForm) -> HttpResponse:
        with refusals_in(form):
            actions.comment(
                plan=self.plan, path=self.place.path, text=form.cleaned_data["comment"], by=self.request.user
            )
            messages.success(self.request, _("The comment is stored. The learner sees it at this field."))
            return redirect(section_url(self.plan, self.place.section, self.read))
        return self.form_invalid(form)


class CompareAttempts(PlanScreen, TemplateView):
    """What was handed in each time, and what stands there now, side by side: the fields that differ."""

    template_name = "plans/staff_compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = [(version_name(one.number), one.values) for one in self.hand_ins]
        if self.plan.state in (Plan.State.WRITING, Plan.State.RETURNED):
            columns.append((_("now"), values_of(self.plan)))
        return super().get_context_data(
            columns=[name for name, _values in columns],
            sections=list(differences(self.book, [values for _name, values in columns])),
            **kwargs,
        )


def differences(book: Book, versions: list[Mapping[str, str]]) -> Any:
    """By section the fields whose texts are not the same in all versions: (section, [(name, texts)])."""
    newest = versions[-1] if versions else {}
    rows: dict[str, list[tuple[str, list[str]]]] = {}
    for place in book.places():
        texts = [values.get(place.path, "") for values in versions]
        if len(set(texts)) > 1:
            line = (name_of(place, newest), [text_of(place.field, text) for text in texts])
            rows.setdefault(place.section.code, []).append(line)
    return ((book.section(code), lines) for code, lines in rows.items())


def version_name(number: int) -> str:
    """What an attempt is called."""
    return pgettext("of a plan", "version %(number)s") % {"number": number}


def section_of(book: Book, code: str) -> BookSection:
    """A section of the book; 404 where it has none of that name."""
    try:
        return book.section(code)
    except KeyError:
        raise Http404 from None


def known_place(book: Book, path: str) -> Place | None:
    try:
        return book.place(path)
    except (KeyError, IndexError):
        return None


def name_of(place: Place, values: Mapping[str, str]) -> str:
    """Where a field stands, in words."""
    return place_name(place.section, place.table, place.row, place.field, values)


def section_url(plan: Plan, section: BookSection, read: HandIn | None = None) -> str:
    url = reverse("plans_section", args=[plan.pk, section.code])
    return f"{url}?{urlencode({'attempt': read.number})}" if read else url
