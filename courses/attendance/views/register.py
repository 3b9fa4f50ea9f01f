"""The register: the whole class on one screen, all present, then the exceptions."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.defaultfilters import date as date_text
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from courses.attendance import actions
from courses.attendance.models import AttendanceRecord, Correction, Register
from courses.attendance.rules import Mark, Status, correction_deadline
from courses.attendance.views.rows import (
    KEYS,
    NAMES,
    Posted,
    Row,
    mark_text,
    minutes_there,
    minutes_wanted,
    read_form,
    read_mark,
)
from courses.catalogue.rules import hours_text
from courses.classes.models import ClassSession, Enrolment, TrainingClass
from courses.people.viewsets import ScopedObjectMixin
from courses.words import listed


def crumbs(training_class: TrainingClass, here: str, *, registers: bool = False) -> list[dict[str, Any]]:
    """The path to a screen: home, classes, the class, perhaps its registers, and where we are."""
    items = [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse("classes:index"), "label": _("Classes")},
        {"url": reverse("classes_class", args=[training_class.pk]), "label": training_class.class_no},
    ]
    if registers:
        items.append({"url": reverse("attendance_registers", args=[training_class.pk]), "label": _("Registers")})
    return [*items, {"url": "", "label": here}]


class SessionScreen(ScopedObjectMixin):
    """A screen about one session, for whoever may mark its register."""

    model = ClassSession
    object: ClassSession
    request: HttpRequest
    header_icon = "q-check"

    def get_base_object_queryset(self) -> Any:
        return super().get_base_object_queryset().with_right_to_mark(self.request.user).select_related(
            "training_class__edition", "training_class__host", "training_class__provider", "room", "trainer", "register"
        )  # fmt: skip

    def is_permitted(self) -> bool:
        return bool(self.object.markable)  # type: ignore[attr-defined]  # with_right_to_mark

    def get_page_title(self) -> str:
        number = _("Session %(number)s") % {"number": self.object.number}
        return f"{self.object.training_class.class_no} · {number}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return crumbs(
            self.object.training_class, _("Session %(number)s") % {"number": self.object.number}, registers=True
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(session=self.object, training_class=self.object.training_class, **kwargs)


class RegisterView(SessionScreen, TemplateView):
    """One form for the whole class; works with and without the script beside it."""

    template_name = "attendance/register.html"

    def rows(self) -> list[Row]:
        """Everybody on the register with the mark that stands and the hours so far. Seven queries for any class."""
        session, training_class = self.object, self.object.training_class
        enrolments = list(Enrolment.objects.due_at(session).select_related("learner").order_by("roster_no"))
        live: dict[int, AttendanceRecord] = {}
        first: dict[int, Any] = {}
        for record in session.records.order_by("version"):
            first.setdefault(record.enrolment_id, record.marked_at)
            if record.superseded_at is None:
                live[record.enrolment_id] = record
        hours = AttendanceRecord.objects.hours_of(training_class)
        waiting = Correction.objects.waiting().filter(record__session=session)
        asked = {correction.record_id: correction for correction in waiting}
        rows = []
        for enrolment in enrolments:
            record = live.get(enrolment.pk)
            row = Row(enrolment, record, hours[enrolment.pk], session)
            row.fixed = record is not None and self.is_fixed(first[enrolment.pk])
            row.asked = asked.get(record.pk) if record else None
            row.show(record.mark if record else None)
            rows.append(row)
        return rows

    def register(self) -> Register | None:
        return getattr(self.object, "register", None)

    def is_fixed(self, first_marked: Any) -> bool:
        """Whether a mark stands: the register is finished, or the time for changes is over (ATT-5)."""
        register = self.register()
        if register and register.closed_at:
            return True
        hours = self.object.training_class.run_rules.correction_hours
        return timezone.now() > correction_deadline(self.object.ends_at, first_marked, hours)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows: list[Row] = kwargs.pop("rows", None) or self.rows()
        for row in rows:
            row.build_keys()
        session, register = self.object, self.register()
        marked = sum(row.record is not None for row in rows)
        half = (len(rows) + 1) // 2 if len(rows) > 12 else len(rows)
        return super().get_context_data(
            columns=[part for part in (rows[:half], rows[half:]) if part],
            due=len(rows),
            marked=marked,
            left=len(rows) - marked,
            keys=KEYS,
            counts=counts_of(rows),
            lacking=[row for row in rows if row.lacks_minutes],
            not_stored=not_stored(session),
            finish_from=actions.finishing_time(session),
            is_early=timezone.now() < actions.finishing_time(session),
            can_write=session.training_class.state == TrainingClass.State.RUNNING and session.starts_at <= timezone.now()
            and session.state != ClassSession.State.CANCELLED,
            has_begun=session.starts_at <= timezone.now(),
            register=register,
            is_closed=bool(register and register.closed_at),
            # Whoever joined after it was finished still has to be marked; the marks that stand need a second person.
            is_finished=bool(register and register.closed_at) and marked == len(rows),
            last_marked=max((row.record.marked_at for row in rows if row.record), default=None),
            **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Store what was marked. `act`: save, rest (the unmarked are present), close (finish)."""
        posted = read_form(request.POST, self.object)
        try:
            result = self.store(posted)
            if request.POST.get("act") == "close" and not (result.conflicts or posted.unclear):
                actions.close_register(session=self.object, by=request.user)
                messages.success(
                    request, _("The register of session %(number)s is finished.") % {"number": self.object.number}
                )
                return redirect("attendance_registers", self.object.training_class_id)
        except ValidationError as refusal:
            for sentence in refusal.messages:
                messages.error(request, sentence)
            return self.again(posted, set())
        for sentence in result.warnings:
            messages.warning(request, sentence)
        if posted.unclear:
            messages.error(request, lacking_text(self.object, posted.unclear))
        if result.conflicts or posted.unclear:
            return self.again(posted, {conflict.live.enrolment_id for conflict in result.conflicts})
        return redirect(request.path)

    def store(self, posted: Posted) -> actions.Marked:
        rest = Mark(Status.PRESENT) if self.request.POST.get("act") == "rest" else None
        if not posted.marks and rest is None:
            return actions.Marked()
        return actions.mark_register(
            session=self.object, marks=posted.marks, versions=posted.versions, by=self.request.user, rest=rest,
            left_open=posted.unclear,
        )  # fmt: skip

    def again(self, posted: Posted, conflicts: set[int]) -> HttpResponse:
        """The page once more: what was stored, and beside it what was chosen but not stored."""
        rows = self.rows()
        for row in rows:
            pk = row.enrolment.pk
            if pk in conflicts and row.record:
                row.note = conflict_text(row.record, posted.marks[pk], self.object)
            elif pk in posted.unclear:
                row.note, row.lacks_minutes = not_stored(self.object), True
                row.status = self.request.POST[f"mark-{pk}"]
                row.minutes = self.request.POST.get(f"minutes-{pk}", "")
            elif pk in posted.marks and not row.fixed:
                row.show(posted.marks[pk])
        return self.render_to_response(self.get_context_data(rows=rows))


class MarkOne(SessionScreen, TemplateView):
    """One cell, sent by the script as soon as it is marked; answers in JSON."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        session = self.object
        number, version = request.POST.get("enrolment", ""), request.POST.get("version", "")
        status = request.POST.get("status", "")
        mark = read_mark(status, request.POST.get("minutes", ""), session) if status in NAMES else _("Choose a mark.")
        if isinstance(mark, str) or not number.isdecimal() or not version.isdecimal():
            return JsonResponse({"state": "refused", "text": mark if isinstance(mark, str) else ""}, status=422)
        pk = int(number)
        try:
            result = actions.mark_register(
                session=session, marks={pk: mark}, versions={pk: int(version)}, by=request.user
            )
        except ValidationError as refusal:
            return JsonResponse({"state": "refused", "text": " ".join(refusal.messages)}, status=422)
        if result.conflicts:
            live = result.conflicts[0].live
            return JsonResponse(
                {**self.cell(live), "state": "conflict", "text": conflict_text(live, mark, session)}, status=409
            )
        hours = AttendanceRecord.objects.hours_of(session.training_class, enrolments=[pk])[pk]
        return JsonResponse(
            {
                **self.cell(result.records[pk]),
                "state": "saved",
                "hours": hours_text(hours.earned_half_hours),
                "at": date_text(timezone.localtime(), "H:i:s"),
                "warnings": result.warnings,
            }
        )

    def cell(self, record: AttendanceRecord) -> dict[str, Any]:
        return {
            "version": record.version, "status": record.status, "minutes": minutes_there(record.mark, self.object),
        }  # fmt: skip


def conflict_text(live: AttendanceRecord, wanted: Mark, session: ClassSession) -> str:
    """Both values of a cell that two people marked differently."""
    return _("%(name)s marked at %(time)s: %(live)s. You chose: %(wanted)s. Choose again what is right.") % {
        "name": live.marked_by.get_full_name() if live.marked_by else "—",
        "time": date_text(timezone.localtime(live.marked_at), "H:i"),
        "live": mark_text(live.mark, session),
        "wanted": mark_text(wanted, session),
    }


def not_stored(session: ClassSession) -> str:
    """The note of a row whose mark waits for its minutes."""
    return " ".join([_("Not stored yet."), minutes_wanted(session)])


def lacking_text(session: ClassSession, enrolments: Iterable[int]) -> str:
    """Whose minutes are missing, so that nobody takes a mark for stored that is not."""
    found = Enrolment.objects.filter(pk__in=list(enrolments), training_class=session.training_class_id)
    names = found.order_by("roster_no").values_list("learner__full_name", flat=True)
    return _("Not stored yet, the minutes are missing: %(names)s. Everything else is stored.") % {
        "names": listed(names)
    }


def counts_of(rows: list[Row]) -> list[dict[str, Any]]:
    """How many have each mark, for the foot of the register."""
    counted = Counter(row.record.status for row in rows if row.record)
    return [{"value": status, "name": name, "count": counted[status]} for status, _key, name, _shape in KEYS]
