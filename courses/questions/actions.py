"""Verbs on banks and questions. A question that has been used is never edited: a revision stands beside it."""

import re
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalogue.models import Course
from courses.journal.actions import record
from courses.people.models import Organisation, User
from courses.people.permissions import MANAGE_QUESTIONS, may
from courses.questions import types
from courses.questions.models import Bank, Question

CONTENT = ("type", "topic", "text", "body", "key", "explanation")


def add_bank(*, organisation: Organisation, title: str, by: User | None, course: Course | None = None) -> Bank:
    """Open a bank of questions. The same title at the same school returns the existing bank.

    Refuses (PermissionDenied) without the right to write questions there, (ValidationError) an empty title.
    """
    _refuse_stranger(by, organisation)
    with transaction.atomic():
        existing = Bank.objects.filter(organisation=organisation, title=title.strip()).first()
        if existing:
            return existing
        bank = Bank(organisation=organisation, course=course, title=title.strip())
        bank.full_clean()
        bank.save()
        record(verb="questions.add_bank", about=bank, by=by, organisation=organisation)
    return bank


def change_bank(*, bank: Bank, by: User | None, title: str, course: Course | None) -> Bank:
    """Rename a bank, or say which course it belongs to. Refuses (ValidationError) a title that exists at the school."""
    _refuse_stranger(by, bank.organisation)
    with transaction.atomic():
        bank = Bank.objects.select_for_update().get(pk=bank.pk)
        bank.title, bank.course = title.strip(), course
        bank.full_clean()
        bank.save()
        record(
            verb="questions.change_bank", about=bank, by=by, organisation=bank.organisation, fields=["title", "course"]
        )
    return bank


def add(
    *,
    bank: Bank,
    type: str,
    text: str,
    body: dict[str, Any],
    key: dict[str, Any],
    by: User | None,
    code: str = "",
    topic: str = "",
    explanation: str = "",
    at: datetime | None = None,
) -> Question:
    """Write a question; without a code it gets the next one of its bank (Q001, Q002, …). The same again is the same question.

    `body` and `key` have the shape of the type (`types/`). Refuses (ValidationError) a code that the bank has already, an
    unknown type, an empty text, and whatever the type finds missing.
    """
    _refuse_stranger(by, bank.organisation)
    with transaction.atomic():
        bank = Bank.objects.select_for_update().get(pk=bank.pk)
        question = Question(
            bank=bank, code=code.strip() or _next_code(bank), type=type, topic=topic.strip(), text=text.strip(), body=body,
            key=key, explanation=explanation.strip(), written_by=by, written_at=at or timezone.now(),
        )  # fmt: skip
        if Question.objects.filter(bank=bank, code=question.code).exists():
            raise ValidationError(
                {"code": _("The bank has a question with this code. Revise that one, or take another code.")}
            )
        _refuse_unusable(question)
        if not code and (twin := _twin(question)):
            return twin
        question.save()
        record(verb="questions.add", about=question, by=by, organisation=bank.organisation, at=at)
    return question


def revise(*, question: Question, by: User | None, at: datetime | None = None, **changes: Any) -> Question:
    """Write the next version of a question; papers that were frozen with the old one keep it.

    `changes` are any of type, topic, text, body, key, explanation. The same content again returns the version that has it.
    Refuses (ValidationError) an old or retired version, and whatever `add` refuses.
    """
    _refuse_stranger(by, question.bank.organisation)
    with transaction.atomic():
        old = Question.objects.select_for_update().select_related("bank").get(pk=question.pk)
        content = {name: changes.get(name, getattr(old, name)) for name in CONTENT}
        content |= {name: content[name].strip() for name in ("topic", "text", "explanation")}
        if all(getattr(old, name) == value for name, value in content.items()):
            return old
        if old.superseded_at or old.retired_at:
            raise ValidationError(_("This version is no longer in use. Open the newest one."))
        moment = at or timezone.now()
        new = Question(
            bank=old.bank, code=old.code, version=old.version + 1, revises=old, written_by=by, written_at=moment, **content
        )  # fmt: skip
        _refuse_unusable(new)
        old.superseded_at = moment
        old.save(update_fields=["superseded_at"])
        new.save()
        fields = [name for name in CONTENT if getattr(old, name) != getattr(new, name)]
        record(
            verb="questions.revise", about=new, by=by, organisation=old.bank.organisation, fields=fields, at=at
        )  # fmt: skip
    return new


def retire(*, question: Question, by: User | None, at: datetime | None = None) -> Question:
    """Take a question out of use: no new paper draws it, frozen ones keep it. Retiring it again changes nothing."""
    _refuse_stranger(by, question.bank.organisation)
    with transaction.atomic():
        question = Question.objects.select_for_update().select_related("bank").get(pk=question.pk)
        if question.retired_at is None:
            question.retired_at = at or timezone.now()
            question.save(update_fields=["retired_at"])
            record(verb="questions.retire", about=question, by=by, organisation=question.bank.organisation, at=at)
    return question


def bring_back(*, question: Question, by: User | None, at: datetime | None = None) -> Question:
    """Take a retired question into use again: new papers may draw it. Bringing it back again changes nothing.

    Refuses (ValidationError) an older version, and a question that another one in use has replaced word for word.
    """
    _refuse_stranger(by, question.bank.organisation)
    with transaction.atomic():
        question = Question.objects.select_for_update().select_related("bank").get(pk=question.pk)
        if question.superseded_at:
            raise ValidationError(_("This version is no longer in use. Open the newest one."))
        if question.retired_at is None:
            return question
        if twin := _twin(question):
            raise ValidationError(_("%(code)s asks the same and is in use. Revise that one.") % {"code": twin.code})
        question.retired_at = None
        question.save(update_fields=["retired_at"])
        record(verb="questions.bring_back", about=question, by=by, organisation=question.bank.organisation, at=at)
    return question


def _twin(question: Question) -> Question | None:
    """The question in use that says the same: a tired hand has pressed twice."""
    alike = Question.objects.filter(
        bank=question.bank, type=question.type, text=question.text, superseded_at=None, retired_at=None
    )
    return next((one for one in alike if (one.body, one.key) == (question.body, question.key)), None)


def _refuse_stranger(by: User | None, organisation: Organisation) -> None:
    if by is not None and not may(by, MANAGE_QUESTIONS, organisation):
        raise PermissionDenied


def _refuse_unusable(question: Question) -> None:
    try:
        problems = types.by_code(question.type).validate(question.body, question.key)
    except KeyError:
        raise ValidationError({"type": _("There is no such type of question.")}) from None
    if problems:
        raise ValidationError(problems)
    question.full_clean(exclude=["written_by", "body", "key"], validate_unique=False, validate_constraints=False)


def _next_code(bank: Bank) -> str:
    codes = Question.objects.filter(bank=bank).order_by().values_list("code", flat=True).distinct()
    numbers = [int(match.group(1)) for code in codes if (match := re.fullmatch(r"Q(\d+)", code))]
    return f"Q{max(numbers, default=0) + 1:03d}"
