"""Page rights follow from posts; writing and publishing are two rights; schools do not see each other's pages."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction, Page
from wagtail.permissions import policy_registry

from cms.media.models import Handout, Picture
from cms.pages.actions import add_school_pages, create_site, derive_page_rights
from cms.pages.actions.rights import grant_groups
from cms.pages.models import CataloguePage, HomePage
from courses.people.actions import add_organisation, end_post
from courses.people.models import Organisation, User
from courses.people.permissions import AUTHOR_COURSES, PUBLISH_COURSES, Role, may

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(home):
    return add_organisation(name="江州市人社局", kind=Organisation.Kind.HR_BUREAU, by=None)


@pytest.mark.parametrize("role", Role.values)
def test_rights_on_pages_equal_rights_of_posts(role, staff, school, other_school, author, reviewer):
    """The two forms of one right: `may` at the school, and Wagtail's answer on the school's pages."""
    staff("other_author", Role.AUTHOR, other_school)
    user = staff("somebody", role, school)
    for organisation in (school, other_school):
        page = CataloguePage.objects.get(organisation=organisation)
        rights = page.permissions_for_user(user)
        assert rights.can_add_subpage() == may(user, AUTHOR_COURSES, organisation)
        assert rights.can_publish_subpage() == may(user, PUBLISH_COURSES, organisation)
        either = may(user, AUTHOR_COURSES, organisation) or may(user, PUBLISH_COURSES, organisation)
        assert rights.can_edit() == either
        collection = Collection.objects.get(name=organisation.name)
        for model, codename in ((Picture, "choose"), (Handout, "choose")):
            policy = policy_registry.get_by_type(model)
            chosen = policy.collections_user_has_any_permission_for(user, [codename])
            assert (collection in chosen) == either
        added = policy_registry.get_by_type(Picture).collections_user_has_any_permission_for(user, ["add"])
        assert (collection in added) == may(user, AUTHOR_COURSES, organisation)


def test_rights_end_with_the_post(author, catalogue):
    end_post(post=author.posts.get(), by=None)
    author = User.objects.get(pk=author.pk)
    assert not catalogue.permissions_for_user(author).can_edit()
    assert not author.groups.filter(name__contains="courses:").exists()


def test_a_post_above_reaches_the_schools_below(staff, bureau):
    school = add_organisation(name="丽禾职业培训学校", kind=Organisation.Kind.TRAINING_PROVIDER, parent=bureau, by=None)
    publisher = staff("reviewer_bureau", Role.REVIEWER, bureau)
    assert not CataloguePage.objects.exists()  # a bureau does not teach
    page = add_school_pages(organisation=school)
    assert page.permissions_for_user(User.objects.get(pk=publisher.pk)).can_publish()


def test_groups_given_by_hand_do_not_last(author, school, catalogue):
    author.groups.add(Group.objects.get(name__endswith=f"(courses:{school.pk}:publishers)"))
    derive_page_rights(author)
    assert not catalogue.permissions_for_user(User.objects.get(pk=author.pk)).can_publish()


def test_groups_and_the_collection_above_all_have_names_that_one_can_read(author, school, catalogue):
    name = author.groups.get(name__contains="courses:").name
    assert name == f"{school.name} · 编写课程 (courses:{school.pk}:authors)"
    assert author.groups.exclude(name=name).get().name == "工作人员（进入后台）"
    assert Collection.get_first_root_node().name == "全站共用"


def test_a_school_that_is_renamed_keeps_its_groups(author, school, catalogue):
    Organisation.objects.filter(pk=school.pk).update(name="丽禾技工学校")
    before = Group.objects.count()
    derive_page_rights(author)
    grant_groups(CataloguePage.objects.get(), Collection.objects.get(name=catalogue.title))
    assert Group.objects.count() == before
    assert catalogue.permissions_for_user(User.objects.get(pk=author.pk)).can_add_subpage()


def test_deriving_again_changes_nothing(author, django_assert_max_num_queries):
    before = set(author.groups.values_list("pk", flat=True))
    with django_assert_max_num_queries(14):
        derive_page_rights(author)
    assert set(author.groups.values_list("pk", flat=True)) == before


def test_pages_come_with_the_first_post_of_a_school(home, school, staff):
    assert not CataloguePage.objects.exists()
    staff("author_sun", Role.AUTHOR, school)
    page = CataloguePage.objects.get()
    assert (page.title, page.slug, page.get_parent().specific) == (school.name, "school-990103", home)
    restriction = CollectionViewRestriction.objects.get()
    assert restriction.collection.name == school.name
    assert restriction.restriction_type == CollectionViewRestriction.LOGIN


def test_schools_that_were_there_before_the_site_get_their_pages(db, staff):
    school = add_organisation(name="丽禾职业培训学校", kind=Organisation.Kind.TRAINING_PROVIDER, by=None)
    author = staff("author_sun", Role.AUTHOR, school)
    create_site()
    assert CataloguePage.objects.get().permissions_for_user(User.objects.get(pk=author.pk)).can_add_subpage()


def test_a_site_is_made_once(db):
    assert create_site() == create_site()
    assert Page.objects.filter(depth=2).count() == 1
    assert [page.slug for page in HomePage.objects.get().get_children()] == ["about", "certificates", "privacy", "accessibility"]  # fmt: skip


def test_wagtails_own_groups_give_no_right_beside_the_posts(home):
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_a_document_is_for_people_who_are_signed_in(client, catalogue, author):
    from tests.cms.media.test_media import handout_form

    form = handout_form("notes.pdf", b"%PDF-1.7\n")
    assert form.is_valid()
    document = form.save()
    document.collection = Collection.objects.get(name=catalogue.title)
    document.save()
    assert client.get(document.url).status_code == 302
    client.force_login(author)
    assert client.get(document.url).status_code == 200


def test_the_head_of_a_search_for_pages_counts_pages(client, course_page, author):
    client.force_login(author)
    page = client.get("/admin/pages/search/", {"q": "焊"})
    assert "共 2 个页面，显示第 1–2 个" in " ".join(page.content.decode().split())
    assert "个None" not in page.content.decode()


def test_groups_of_an_older_site_are_given_words_and_the_way_back_exists(school):
    names = import_module("cms.pages.migrations.0005_name_groups_and_the_collection_in_words")
    old = Group.objects.create(name=f"courses:{school.pk}:reviewers")  # none of ours: left alone
    author = Group.objects.create(name="courses:999999:authors")
    names.name_in_words(apps, None)
    author.refresh_from_db(), old.refresh_from_db()
    assert (author.name, old.name) == ("? · 编写课程 (courses:999999:authors)", f"courses:{school.pk}:reviewers")
    names.name_by_key(apps, None)
    author.refresh_from_db()
    assert author.name == "courses:999999:authors"
    assert Collection.get_first_root_node().name == "Root"
