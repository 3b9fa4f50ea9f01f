"""The site: its first page, its pages of information, one subtree and collection for each school."""

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection, CollectionViewRestriction, Page, Site

from cms.pages.actions.rights import derive_page_rights, grant_groups
from cms.pages.caching import forget_pages
from cms.pages.first_texts import INFORMATION, LEAD
from cms.pages.models import CataloguePage, HomePage, InformationPage
from courses.journal.actions import record
from courses.people.models import Organisation, Post, User
from courses.people.permissions import AUTHOR_COURSES, PUBLISH_COURSES, roles_with

TEACHING = frozenset({Organisation.Kind.TRAINING_PROVIDER, Organisation.Kind.COLLEGE})


def create_site(*, by: User | None = None) -> HomePage:
    """Put our first page and the pages of information in the place of Wagtail's welcome page. Again: changes nothing.

    Schools that have authors or publishers already get their pages.
    """
    with transaction.atomic():
        home = HomePage.objects.first()
        if home is None:
            root = Page.get_first_root_node()
            Group.objects.filter(name__in=["Editors", "Moderators"]).delete()  # rights come from posts
            for welcome in root.get_children().filter(content_type__model="page", numchild=0):
                welcome.delete()
            root = Page.objects.get(pk=root.pk)
            home = root.add_child(instance=HomePage(title="启航", slug="home", hero_lead=LEAD))
            Site.objects.update_or_create(
                is_default_site=True,
                defaults={"hostname": "localhost", "port": 80, "site_name": "启航", "root_page": home.page_ptr},
            )
            for slug, title, body in INFORMATION:
                home.add_child(instance=InformationPage(title=title, slug=slug, body=body))
            record(verb="pages.create_site", about=home, by=by, organisation=None)
        _derive_all()
    forget_pages()
    return home


def add_school_pages(*, organisation: Organisation, by: User | None = None) -> CataloguePage:
    """Give a school its catalogue page, its collection for pictures and documents, and its two groups.

    The school's existing pages are returned. Refuses (ValidationError) a place of custody, whose name may never be
    public, and a site that has no first page yet (`create_site`).
    """
    existing = CataloguePage.objects.filter(organisation=organisation).first()
    if existing:
        return existing
    if organisation.is_custodial:
        raise ValidationError(_("Courses belong to the school that teaches, not to the place."))
    with transaction.atomic():
        home = HomePage.objects.select_for_update().first()
        if home is None:
            raise ValidationError(_("The site has no first page yet. Run: lms init"))
        collection = Collection.get_first_root_node().add_child(name=organisation.name)
        # Documents of a school are for people who are signed in; picture files are public.
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
        slug = f"school-{organisation.code or organisation.pk}"
        page = CataloguePage(title=organisation.name, slug=slug, organisation=organisation, collection=collection)
        home.add_child(instance=page)
        grant_groups(page, collection)
        record(verb="pages.add_school_pages", about=page, by=by, organisation=organisation)
        for user in _holders().filter(posts__organisation__in=_above(organisation)).distinct():
            derive_page_rights(user)
    forget_pages()
    return page


def pages_for_post(organisation: Organisation) -> None:
    """Make a school's pages because somebody shall write or publish there.

    Nothing where they exist, where there is no site yet, and at a body that does not teach itself (a bureau's reviewer
    works in the pages of the schools below it).
    """
    exists = CataloguePage.objects.filter(organisation=organisation).exists()
    if not exists and organisation.kind in TEACHING and HomePage.objects.exists():
        add_school_pages(organisation=organisation)


def _holders() -> models.QuerySet[User]:
    roles = {*roles_with(AUTHOR_COURSES), *roles_with(PUBLISH_COURSES)}
    return User.objects.filter(posts__in=Post.objects.held().filter(role__in=roles))


def _derive_all() -> None:
    for user in _holders().distinct():
        derive_page_rights(user)


def _above(organisation: Organisation) -> list[int]:
    return [int(part) for part in organisation.path.split(".") if part]
