"""Verbs on people, posts and second signatures."""

from datetime import date, datetime

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from guardian.models import UserObjectPermission
from pypinyin import lazy_pinyin

from courses.journal.actions import record
from courses.people import permissions, rules, sealing
from courses.people.models import (
    CategoryPeriod,
    Countersign,
    Learner,
    Organisation,
    OrganisationUnit,
    Post,
    Stay,
    User,
)

STAFF_GROUP = "staff"  # opens the admin; what is seen there comes from posts

IDENTITY_SENTENCES = {
    "shape": "An identity number has 18 characters: 17 digits and a check character.",
    "check_digit": "The last character does not fit the other 17. Perhaps one digit was copied wrongly.",
    "province": "The first two digits are not the code of a province.",
    "test_number": "Numbers that begin with 99 are for demonstrations only.",
    "birth_date": "The eight digits of the birth date are not a real date.",
    "age": "The birth date means an age under 14 or over 100.",
}


def add_organisation(
    *,
    name: str,
    kind: str,
    by: User | None,
    parent: Organisation | None = None,
    code: str = "",
    region: models.Model | None = None,
) -> Organisation:
    """Add an organisation below `parent`. Refuses (ValidationError) a name or code that exists."""
    with transaction.atomic():
        organisation = Organisation(name=name.strip(), kind=kind, parent=parent, code=code, region=region)
        organisation.full_clean(exclude=["path"])
        organisation.save()
        organisation.path = f"{parent.path if parent else ''}{organisation.pk:06d}."
        organisation.save(update_fields=["path"])
        record(verb="people.add_organisation", about=organisation, by=by, organisation=organisation)
        above = [int(part) for part in organisation.path.split(".") if part]
        for user in User.objects.filter(posts__in=Post.objects.held().filter(organisation__in=above)).distinct():
            derive_rights(user)  # posts reach down to what is added below them
    return organisation


def register_learner(
    *,
    full_name: str,
    by: User | None,
    organisation: Organisation,
    id_number: str = "",
    learner_no: str = "",
    gender: str = "",
    birth_date: date | None = None,
    id_evidence: str = Learner.IdEvidence.UNVERIFIED,
    name_pinyin: str = "",
    unit: OrganisationUnit | None = None,
    category: str = "",
    at: datetime | None = None,
    literacy: int = Learner.Literacy.ADEQUATE,
    large_text: bool = False,
    read_aloud: bool = False,
) -> Learner:
    """Open one person's file and admit the person to an organisation.

    Gender and birth date come from the identity number where there is one (PER-2); without one the file is marked as
    pending (PER-5). Refuses (ValidationError) a number that cannot be right (PER-1 to PER-4), one that has a file
    already, a name that cannot be printed (PER-7), and entered facts that contradict the number.
    """
    at = at or timezone.now()
    learner = Learner(
        learner_no=learner_no, full_name=_clean_name(full_name), id_evidence=id_evidence, registered_at=at,
        literacy=literacy, large_text=large_text, read_aloud=read_aloud, gender=gender, birth_date=birth_date,
    )  # fmt: skip
    learner.name_pinyin = name_pinyin or pinyin(learner.full_name)
    _set_identity(learner, id_number, today=timezone.localdate(at))
    with transaction.atomic():
        _refuse_second_file(learner)
        learner.learner_no = learner.learner_no or _next_learner_no()
        learner.display_name = rules.alias(learner.learner_no)
        learner.full_clean()
        learner.save(force_insert=True)
        record(verb="people.register_learner", about=learner, by=by, organisation=organisation, at=at)
        admit(learner=learner, organisation=organisation, unit=unit, by=by, at=at)
        if category:
            CategoryPeriod.objects.create(learner=learner, category=category, since=at)
    return learner


def correct_learner(
    *, learner: Learner, by: User | None, organisation: Organisation, reason: str, **changes: object
) -> Learner:
    """Correct a file: name, identity number, evidence, reading needs. A reason is needed; the journal names the fields only.

    Refuses (ValidationError) a missing reason and whatever `register_learner` refuses.
    """
    if not reason.strip():
        raise ValidationError(_("Say why the file is corrected."))
    with transaction.atomic():
        learner = Learner.objects.select_for_update().get(pk=learner.pk)
        fields = set(changes)
        if "full_name" in changes:
            learner.full_name = _clean_name(str(changes.pop("full_name")))
            learner.name_pinyin = str(changes.pop("name_pinyin", "")) or pinyin(learner.full_name)
        if "id_number" in changes:
            _set_identity(learner, str(changes.pop("id_number")), today=timezone.localdate())
            _refuse_second_file(learner)
        for name, value in changes.items():
            setattr(learner, name, value)
        learner.full_clean()
        learner.save()
        record(
            verb="people.correct_learner", about=learner, by=by, organisation=organisation, fields=fields, reason=reason
        )
    return learner


def admit(
    *,
    learner: Learner,
    organisation: Organisation,
    by: User | None,
    unit: OrganisationUnit | None = None,
    at: datetime | None = None,
    reason: str = Stay.Reason.ADMISSION,
    expected_release: date | None = None,
) -> Stay:
    """Begin a stay; an open one ends at the same instant (PER-6). The same place again returns the open stay.

    Refuses (ValidationError) a unit of another organisation and a moment before the open stay began.
    """
    at = at or timezone.now()
    if unit and unit.organisation_id != organisation.pk:
        raise ValidationError(_("The unit belongs to another organisation."))
    with transaction.atomic():
        Learner.objects.select_for_update().get(pk=learner.pk)
        current = Stay.objects.filter(learner=learner, until__isnull=True).first()
        if current:
            if current.organisation_id == organisation.pk and current.unit == unit:
                return current
            if at < current.since:
                raise ValidationError(_("The move cannot be earlier than the arrival before it."))
            current.until = at
            current.save(update_fields=["until"])
        stay = Stay.objects.create(
            learner=learner,
            organisation=organisation,
            unit=unit,
            since=at,
            reason=reason,
            expected_release=expected_release,
        )
        record(verb="people.admit", about=learner, by=by, organisation=organisation, at=at)
    return stay


def open_full_id(*, learner: Learner, by: User, organisation: Organisation, reason: str) -> str:
    """The full identity number, for a reason that is written down (PRV-1).

    Refuses (PermissionDenied) without the right `view_full_id` and (ValidationError) without a reason.
    """
    if not permissions.may(by, permissions.VIEW_FULL_ID, organisation):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError(_("Say why you need the full number."))
    with transaction.atomic():
        record(
            verb="people.open_full_id",
            about=learner,
            by=by,
            organisation=organisation,
            fields=["id_number"],
            reason=reason,
        )
    return learner.id_number()


def appoint(
    *,
    user: User,
    role: str,
    organisation: Organisation,
    by: User | None,
    since: date | None = None,
    until: date | None = None,
) -> Post:
    """Give a user a post; the rights follow at once. The same open post again returns the existing one.

    Refuses (PermissionDenied) an appointer without the right `appoint` there, or who lacks a right that the role carries.
    """
    if by is not None:
        if not permissions.may(by, permissions.APPOINT, organisation):
            raise PermissionDenied
        if (
            role == permissions.Role.ADMIN
            and not Post.objects.held().filter(user=by, role=role).exists()
            and not by.is_superuser
        ):
            raise PermissionDenied
    with transaction.atomic():
        existing = Post.objects.filter(user=user, role=role, organisation=organisation, until__isnull=True).first()
        if existing:
            return existing
        post = Post.objects.create(
            user=user, role=role, organisation=organisation, since=since or timezone.localdate(), until=until
        )
        record(verb="people.appoint", about=post, by=by, organisation=organisation)
        derive_rights(user)
    return post


def end_post(*, post: Post, by: User | None, on: date | None = None) -> Post:
    """End a post; its rights go at once. Ending an ended post changes nothing."""
    if by is not None and not permissions.may(by, permissions.APPOINT, post.organisation):
        raise PermissionDenied
    with transaction.atomic():
        post = Post.objects.select_for_update().get(pk=post.pk)
        if post.until is None:
            # The last day counts, so a post that ends now ended yesterday.
            post.until = on or timezone.localdate() - timezone.timedelta(days=1)
            post.save(update_fields=["until"])
            record(verb="people.end_post", about=post, by=by, organisation=post.organisation)
            derive_rights(post.user)
    return post


def derive_rights(user: User) -> None:
    """Make a user's grants equal to the posts held today: on every organisation at or below each post's own.

    The only function that writes rights on organisations. It is safe to repeat; the nightly sweep calls it for ended posts.
    """
    wanted: dict[str, set[str]] = {}
    posts = list(Post.objects.held().filter(user=user).select_related("organisation"))
    for post in posts:
        for pk in Organisation.objects.within(post.organisation).values_list("pk", flat=True):
            wanted.setdefault(str(pk), set()).update(permissions.rights_of(post.role))
    by_codename = {
        p.codename: p
        for p in Permission.objects.filter(content_type__app_label="people", content_type__model="organisation")
    }
    grants = UserObjectPermission.objects.filter(user=user, permission__in=by_codename.values())
    current = {(g.object_pk, g.permission.codename): g for g in grants.select_related("permission")}
    target = {(pk, name) for pk, names in wanted.items() for name in names}
    UserObjectPermission.objects.filter(
        pk__in=[grant.pk for key, grant in current.items() if key not in target]
    ).delete()
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user=user, permission=by_codename[name], content_type=by_codename[name].content_type, object_pk=pk
        )
        for pk, name in sorted(target - set(current))
    )
    staff_group(user, bool(posts))


def staff_group(user: User, member: bool) -> None:
    """Put a user into, or out of, the group that opens the staff desk."""
    group, created = Group.objects.get_or_create(name=STAFF_GROUP)
    if created:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
    if member:
        user.groups.add(group)
    else:
        user.groups.remove(group)


def ask_countersign(
    *, act: str, about: models.Model, title: str, organisation: Organisation, permission: str, by: User, reason: str = "",
    at: datetime | None = None,
) -> Countersign:  # fmt: skip
    """Ask a second person for an act. Asking twice returns the request that waits already."""
    with transaction.atomic():
        countersign, created = Countersign.objects.get_or_create(
            act=act, object_label=about._meta.label_lower, object_id=str(about.pk), decision="",
            defaults={"title": title, "organisation": organisation, "permission": permission, "asked_by": by, "reason": reason,
                      "asked_at": at or timezone.now()},
        )  # fmt: skip
        if created:
            record(
                verb="people.ask_countersign", about=countersign, by=by, organisation=organisation, reason=reason, at=at
            )
    return countersign


def countersign(
    *, request: Countersign, by: User, approve: bool, comment: str = "", at: datetime | None = None
) -> Countersign:
    """Decide as the second person. The act itself is done by the verb that owns it (see each app's `actions`).

    Refuses (PermissionDenied) the person who asked, and anyone without the right at that organisation;
    (ValidationError) a refusal without a comment. Deciding twice the same way changes nothing.
    """
    with transaction.atomic():
        request = Countersign.objects.select_for_update().get(pk=request.pk)
        if by.pk == request.asked_by_id or not permissions.may(by, request.permission, request.organisation):
            raise PermissionDenied(_("This needs a second person with the right to decide."))
        decision = Countersign.Decision.APPROVED if approve else Countersign.Decision.REFUSED
        if request.decision:
            if request.decision == decision:
                return request
            raise ValidationError(_("This has been decided already."))
        if not approve and not comment.strip():
            raise ValidationError(_("Say why, so that it can be mended."))
        request.decision, request.decided_by, request.decided_at, request.comment = (
            decision,
            by,
            at or timezone.now(),
            comment,
        )
        request.save()
        record(
            verb=f"people.countersign.{decision}",
            about=request,
            by=by,
            organisation=request.organisation,
            reason=comment,
            at=at,
        )
    return request


def pinyin(name: str) -> str:
    """Pinyin of a name for searching; polyphonic surnames are corrected by hand (PER-7)."""
    return "".join(lazy_pinyin(name, errors="ignore"))


def _clean_name(typed: str) -> str:
    try:
        return rules.clean_name(typed)
    except ValueError as problem:
        sentence = (
            _("A name has 2 to 50 characters.")
            if str(problem) == "name_length"
            else _("The name holds a digit or an invisible character. Type it again.")
        )
        raise ValidationError({"full_name": sentence}) from None


def _set_identity(learner: Learner, typed: str, *, today: date) -> None:
    from django.conf import settings  # noqa: PLC0415  (read at call time: tests switch ALLOW_TEST_IDS)

    if not typed.strip():
        learner.id_type = Learner.IdType.NONE_YET
        learner.id_sealed, learner.id_hash, learner.id_masked = "", None, ""
        return
    try:
        found = rules.resident_id(typed, today=today, allow_test_ids=settings.ALLOW_TEST_IDS)
    except rules.InvalidIdentity as problem:
        raise ValidationError({"id_number": _(IDENTITY_SENTENCES[problem.code])}) from None
    if learner.gender and learner.gender != found.gender:
        label = Learner.Gender(found.gender).label
        raise ValidationError({"gender": _("The identity number says: %(gender)s.") % {"gender": label}})
    if learner.birth_date and learner.birth_date != found.birth_date:
        raise ValidationError(
            {"birth_date": _("The identity number says: %(date)s.") % {"date": found.birth_date.isoformat()}}
        )
    learner.id_type = Learner.IdType.RESIDENT
    learner.gender, learner.birth_date = found.gender, found.birth_date
    learner.id_sealed, learner.id_hash = sealing.seal(found.number), sealing.keyed_hash(found.number)
    learner.id_masked = rules.mask_id(found.number)


def _refuse_second_file(learner: Learner) -> None:
    if learner.id_hash and Learner.objects.filter(id_hash=learner.id_hash).exclude(pk=learner.pk).exists():
        raise ValidationError(
            {"id_number": _("This person has a file already. Ask to see it instead of opening a second one.")}
        )


def _next_learner_no() -> str:
    last = Learner.objects.filter(learner_no__regex=r"^\d{6}$").aggregate(last=models.Max("learner_no"))["last"]
    return str(int(last or "100000") + 1)
