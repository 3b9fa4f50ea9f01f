"""Who may do what where. Roles are read here; one function turns posts into rights (`actions.derive_rights`)."""

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermission

if TYPE_CHECKING:
    from courses.people.models import Organisation, User

T = TypeVar("T")


class Role(models.TextChoices):
    """What somebody does at an organisation; a post joins a user, a role and an organisation for a time."""

    ADMIN = "admin", _("administrator")
    PROVIDER_ADMIN = "provider_admin", _("school administrator")
    SITE_ADMIN = "site_admin", _("site administrator")
    OFFICER = "officer", _("officer")
    TRAINER = "trainer", _("trainer")
    AUTHOR = "author", _("course author")
    REVIEWER = "reviewer", _("content reviewer")
    EXAMINER = "examiner", _("examiner")
    INVIGILATOR = "invigilator", _("invigilator")
    AUDITOR = "auditor", _("auditor")
    EXPERT = "expert", _("outside expert")


# Rights on an organisation. The trainer's own classes come from the assignment to a class, not from here.
VIEW_LEARNERS = "view_learners"
MANAGE_LEARNERS = "manage_learners"
VIEW_FULL_ID = "view_full_id"
VIEW_CATEGORIES = "view_categories"
MANAGE_ORGANISATION = "manage_organisation"
APPOINT = "appoint"
RESET_PIN = "reset_pin"
MANAGE_TERMINALS = "manage_terminals"
AUTHOR_COURSES = "author_courses"
PUBLISH_COURSES = "publish_courses"
MANAGE_QUESTIONS = "manage_questions"
VIEW_CLASSES = "view_classes"
OPEN_CLASSES = "open_classes"
APPROVE_CLASSES = "approve_classes"
MARK_REGISTERS = "mark_registers"
RUN_EXAMS = "run_exams"
EXAMINE = "examine"
VIEW_RESULTS = "view_results"
CONFIRM_RESULTS = "confirm_results"
PREPARE_CERTIFICATES = "prepare_certificates"
RELEASE_CERTIFICATES = "release_certificates"
VIEW_JOURNAL = "view_journal"
READ_PLANS = "read_plans"
REVIEW_PLANS = "review_plans"
SET_LOCAL_VALUES = "set_local_values"

ORGANISATION_PERMISSIONS = [
    (VIEW_LEARNERS, _("Can see the learners")),
    (MANAGE_LEARNERS, _("Can register and correct learners")),
    (VIEW_FULL_ID, _("Can open a full identity number, with a reason")),
    (VIEW_CATEGORIES, _("Can see a learner's category and the day to finish by")),
    (MANAGE_ORGANISATION, _("Can change the organisation, its units and rooms")),
    (APPOINT, _("Can give and end posts")),
    (RESET_PIN, _("Can reset a learner's PIN")),
    (MANAGE_TERMINALS, _("Can enrol terminals")),
    (AUTHOR_COURSES, _("Can write courses")),
    (PUBLISH_COURSES, _("Can publish courses")),
    (MANAGE_QUESTIONS, _("Can write exam questions")),
    (VIEW_CLASSES, _("Can see the classes")),
    (OPEN_CLASSES, _("Can plan classes and apply for them")),
    (APPROVE_CLASSES, _("Can approve classes")),
    (MARK_REGISTERS, _("Can mark registers")),
    (RUN_EXAMS, _("Can open and invigilate exam sittings")),
    (EXAMINE, _("Can enter marks")),
    (VIEW_RESULTS, _("Can see results")),
    (CONFIRM_RESULTS, _("Can confirm results")),
    (PREPARE_CERTIFICATES, _("Can prepare certificates")),
    (RELEASE_CERTIFICATES, _("Can release and revoke certificates")),
    (VIEW_JOURNAL, _("Can read the journal")),
    (READ_PLANS, _("Can read business plans")),
    (REVIEW_PLANS, _("Can review business plans")),
    (SET_LOCAL_VALUES, _("Can set the local values of business plans")),
]

# What may be granted on one class (courses.classes.TrainerAssignment); the same codenames, so that a screen asks once.
CLASS_PERMISSIONS = [VIEW_CLASSES, MARK_REGISTERS, RUN_EXAMS, EXAMINE, VIEW_RESULTS, READ_PLANS, REVIEW_PLANS]

_SITE = {VIEW_LEARNERS, VIEW_CLASSES, VIEW_RESULTS}
ROLE_PERMISSIONS: dict[str, frozenset[str]] = {
    Role.ADMIN: frozenset(
        _SITE
        | {VIEW_FULL_ID, MANAGE_ORGANISATION, APPOINT, APPROVE_CLASSES, CONFIRM_RESULTS, RELEASE_CERTIFICATES}
        | {VIEW_JOURNAL, SET_LOCAL_VALUES}
    ),
    Role.SITE_ADMIN: frozenset(
        _SITE
        | {MANAGE_LEARNERS, VIEW_FULL_ID, VIEW_CATEGORIES, MANAGE_ORGANISATION, APPOINT, RESET_PIN}
        | {MANAGE_TERMINALS, OPEN_CLASSES, RUN_EXAMS, VIEW_JOURNAL, SET_LOCAL_VALUES}
    ),
    Role.PROVIDER_ADMIN: frozenset(
        {VIEW_CLASSES, VIEW_RESULTS, MANAGE_ORGANISATION, APPOINT, OPEN_CLASSES, AUTHOR_COURSES, PUBLISH_COURSES}
        | {MANAGE_QUESTIONS, MARK_REGISTERS, RUN_EXAMS, CONFIRM_RESULTS, PREPARE_CERTIFICATES, VIEW_JOURNAL}
    ),
    Role.OFFICER: frozenset({VIEW_LEARNERS, VIEW_CATEGORIES, VIEW_CLASSES, RESET_PIN, MARK_REGISTERS}),
    Role.TRAINER: frozenset({AUTHOR_COURSES, MANAGE_QUESTIONS}),
    Role.AUTHOR: frozenset({AUTHOR_COURSES, MANAGE_QUESTIONS}),
    Role.REVIEWER: frozenset({PUBLISH_COURSES}),
    Role.EXAMINER: frozenset({VIEW_CLASSES, EXAMINE}),
    Role.INVIGILATOR: frozenset({VIEW_CLASSES, RUN_EXAMS}),
    Role.AUDITOR: frozenset({VIEW_CLASSES, VIEW_RESULTS, VIEW_JOURNAL}),
    # A plan is its learner's work (PRV-3): nobody else above reads it; trainers read those of their own classes.
    # Somebody from outside sees plans, not classes: no roster, no register, no name.
    Role.EXPERT: frozenset({READ_PLANS, REVIEW_PLANS}),
}


# Who gives which posts. Nobody gives more than his own line of work: a prison appoints no certificate clerk.
ROLES_GIVEN: dict[str, frozenset[str]] = {
    Role.ADMIN: frozenset(Role.values),
    Role.PROVIDER_ADMIN: frozenset(
        {Role.PROVIDER_ADMIN, Role.TRAINER, Role.AUTHOR, Role.REVIEWER, Role.EXAMINER, Role.INVIGILATOR, Role.AUDITOR}
    ),
    # A school does not choose who judges its learners' plans; the place or the city above invites the expert.
    Role.SITE_ADMIN: frozenset({Role.SITE_ADMIN, Role.OFFICER, Role.INVIGILATOR, Role.AUDITOR, Role.EXPERT}),
}


def rights_of(role: str) -> frozenset[str]:
    """The rights on an organisation that a role carries."""
    return ROLE_PERMISSIONS[role]


def roles_with(permission: str) -> list[str]:
    """The roles that carry a right on an organisation."""
    return [role for role, rights in ROLE_PERMISSIONS.items() if permission in rights]


def may(user: "User", permission: str, organisation: "Organisation") -> bool:
    """Whether the user holds a right at an organisation (its parents' posts reach down to it). One small query."""
    if not user.is_active or user.is_superuser:
        return bool(user.is_active)
    return grants(user, type(organisation), [permission], [organisation.pk]).exists()


def grants(
    user: "User",
    model: "type[models.Model]",
    permissions: Iterable[str],
    numbers: Iterable[int] | None = None,
) -> "models.QuerySet[UserObjectPermission]":
    """The user's own grants of any of these rights on objects of a model, or on those with these numbers. Groups hold none."""
    content_type = ContentType.objects.get_for_model(model)
    found = UserObjectPermission.objects.filter(
        user=user, content_type=content_type, permission__codename__in=list(permissions)
    )
    return found if numbers is None else found.filter(object_pk__in=[str(number) for number in numbers])


def granted(user: "User", model: "type[models.Model]", permissions: Iterable[str]) -> "models.QuerySet[Any]":
    """The numbers of the objects of a model on which the user holds any of the rights: for `pk__in`."""
    numbers = grants(user, model, permissions).annotate(number=Cast("object_pk", models.BigIntegerField()))
    return numbers.order_by().values("number")


def require(user: "User | None", permission: str, organisation: "Organisation | None") -> None:
    """For verbs: refuse (PermissionDenied) a user without the right there. None is the system itself and may."""
    if user is None or (user.is_active and user.is_superuser):
        return
    if organisation is None or not may(user, permission, organisation):
        raise PermissionDenied


def roles_given_by(user: "User", organisation: "Organisation") -> frozenset[str]:
    """The roles that a user may give, and take away, at an organisation: by the posts held there or above it."""
    from courses.people.models import Post  # noqa: PLC0415  (models import this module for the permission list)

    if not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Role.values)
    above = [int(part) for part in organisation.path.split(".") if part]
    held = Post.objects.held().filter(user=user, organisation__in=above).values_list("role", flat=True)
    return frozenset(role for own in held for role in ROLES_GIVEN.get(own, ()))


def once(user: "User", question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question about the user's own rights, asked once for each request: for menus, home pages and the doors
    of screens, never for verbs, which ask the database.

    It is kept on the account that the request loaded (`StaffBackend.get_user`) and gone with it, so that a right that is
    taken away ends with the next request. An account from elsewhere (a task, a command) keeps nothing: each call asks.
    """
    answers: dict[Hashable, Any] | None = getattr(user, "answers", None)
    if answers is None:
        return ask()
    if question not in answers:
        answers[question] = ask()
    return cast(T, answers[question])


def rights_anywhere(user: "User") -> frozenset[str]:
    """Every right that the user holds at some organisation: for menus and home pages, one query in a request (`once`)."""
    names = [name for name, _label in ORGANISATION_PERMISSIONS]
    if not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(names)
    from courses.people.models import Organisation  # noqa: PLC0415  (models import this module for the permission list)

    return rights_on(user, Organisation, names)


def rights_on(user: "User", model: "type[models.Model]", permissions: Iterable[str]) -> frozenset[str]:
    """Those of the rights that the user is granted on some object of a model: one query in a request (`once`)."""
    names = frozenset(permissions)
    found = grants(user, model, names).order_by().values_list("permission__codename", flat=True).distinct()
    return once(user, ("rights on", model, names), lambda: frozenset(found))


def holds_anywhere(user: "User", permissions: str | Iterable[str]) -> bool:
    """Whether the user holds any of the rights at some organisation: for menus and doors, `once` in a request.

    Verbs ask `may`, or `organisations_where(...).exists()`.
    """
    names = {permissions} if isinstance(permissions, str) else set(permissions)
    if user.is_superuser:
        return once(user, "any organisation", organisations_where(user, names).exists)
    return bool(rights_anywhere(user) & names)


def organisations_where(user: "User", permissions: str | Iterable[str]) -> "models.QuerySet[Organisation]":
    """The organisations at which the user holds any of the rights: one query, the other form of `may`."""
    from courses.people.models import Organisation  # noqa: PLC0415  (models import this module for the permission list)

    names = [permissions] if isinstance(permissions, str) else list(permissions)
    if not user.is_authenticated or not user.is_active:
        return Organisation.objects.none()
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=granted(user, Organisation, names))
