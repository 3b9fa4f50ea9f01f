"""Who may write and publish which pages: derived from posts, like all rights."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from cms.pages.models import CataloguePage
from courses.people.models import Organisation, Post, User
from courses.people.permissions import AUTHOR_COURSES, PUBLISH_COURSES, organisations_where, roles_with

PREFIX = "courses"
WORDS = {"authors": "编写课程", "publishers": "审核和发布课程"}
# The right at the school, what its group may do with pages, and with the pictures and documents of the school.
GROUPS = {
    "authors": (AUTHOR_COURSES, ("add", "change"), ("add", "change", "choose")),
    "publishers": (PUBLISH_COURSES, ("change", "publish"), ("choose",)),
}
# Wagtail asks for the rights on its own models, also where our pictures and documents stand in for them.
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))


def derive_page_rights(user: User) -> None:
    """Make a user's Wagtail groups equal to the posts held today (`settings.RIGHTS_FOLLOW`; safe to repeat).

    Each school has two groups: authors add and change pages below its catalogue, publishers change and publish them. A
    post that gives either right at a school without pages makes its pages, as soon as there is a site.
    """
    from cms.pages.actions.site import pages_for_post  # noqa: PLC0415  (the site derives rights, too)

    with transaction.atomic():
        roles = {*roles_with(AUTHOR_COURSES), *roles_with(PUBLISH_COURSES)}
        if user.is_active:
            for post in Post.objects.held().filter(user=user, role__in=roles).select_related("organisation"):
                pages_for_post(post.organisation)
        wanted = {
            group_key(organisation, kind)
            for kind, (right, _pages, _files) in GROUPS.items()
            for organisation in _schools_where(user, right)
        }
        ours = {_key_in(group.name): group for group in Group.objects.filter(name__contains=f"({PREFIX}:")}
        held = {_key_in(group.name) for group in user.groups.all()} & ours.keys()
        user.groups.remove(*(ours[key] for key in held - wanted))
        user.groups.add(*(ours[key] for key in wanted & ours.keys() - held))


def group_key(organisation: Organisation, kind: str) -> str:
    """What a school's group is found by, whatever the school is called today: `courses:5:authors`."""
    return f"{PREFIX}:{organisation.pk}:{kind}"


def group_name(organisation: Organisation, kind: str) -> str:
    """The name of a school's group: words for whoever reads the list of groups, and its key in brackets."""
    return f"{organisation.name[:90]} · {WORDS[kind]} ({group_key(organisation, kind)})"


def _key_in(name: str) -> str:
    return name.rpartition("(")[2].rstrip(")")


def _group(organisation: Organisation, kind: str) -> Group:
    """A school's group, made when it is not there yet."""
    found = Group.objects.filter(name__endswith=f"({group_key(organisation, kind)})").first()
    return found or Group.objects.create(name=group_name(organisation, kind))


def grant_groups(page: CataloguePage, collection: Collection) -> None:
    """Make the two groups of a school and their rights on its subtree and collection."""
    for kind, (_right, page_actions, file_actions) in GROUPS.items():
        group = _group(page.organisation, kind)
        for permission in _permissions("wagtailcore", "page", page_actions):
            GroupPagePermission.objects.get_or_create(group=group, page=page.page_ptr, permission=permission)
        for app, model in FILES:
            for permission in _permissions(app, model, file_actions):
                GroupCollectionPermission.objects.get_or_create(
                    group=group, collection=collection, permission=permission
                )


def _permissions(app: str, model: str, names: tuple[str, ...]) -> list[Permission]:
    codenames = [f"{name}_{model}" for name in names]
    return list(Permission.objects.filter(content_type__app_label=app, codename__in=codenames))


def _schools_where(user: User, right: str) -> list[Organisation]:
    return list(organisations_where(user, right).filter(catalogue_page__isnull=False))
