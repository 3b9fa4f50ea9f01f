"""Publishing freezes a course; nothing that happens to pages afterwards reaches what was frozen."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import translation
from wagtail.models import ReferenceIndex

from cms.media.models import Picture
from cms.pages.actions import publish_course, publish_everything
from cms.pages.actions.publishing import Outcome, outcome_of
from cms.pages.models import CoursePage, KeptPicture, LessonPage
from courses.catalogue.models import Edition, LessonText
from courses.catalogue.rules import EditionFacts, PassRule
from courses.journal.actions import prove
from courses.journal.models import JournalEntry
from courses.people.models import User
from courses.people.permissions import Role
from tests.cms.media.test_media import png
from tests.cms.pages.conftest import build_site, text

pytestmark = pytest.mark.django_db
build_scene = build_site


def frozen(edition, code="l01"):
    return edition.units.get(code=code).text.content["body"]


def rewrite(lesson, words, by=None, publish=True):
    lesson = LessonPage.objects.get(pk=lesson.pk)
    lesson.body = [("text", f"<p>{words}</p>")]
    revision = lesson.save_revision(user=by)
    if publish:
        revision.publish(user=by)
    return revision


def test_one_decision_publishes_all_pages_and_makes_one_edition(published):
    edition = Edition.objects.get()
    assert published.course.current == edition
    assert edition.number == 1
    assert edition.facts == EditionFacts(
        "焊工入门", "", "从防护开始。", 16, 24, ("穿戴好防护用品", "平焊一条焊缝"), PassRule(), "skills"
    )
    assert [(unit.kind, unit.code, unit.module and unit.module.code) for unit in edition.units.select_related("module")] == [
        ("module", "m1", None), ("lesson", "l01", "m1"), ("lesson", "l02", "m1"), ("module", "m2", None), ("lesson", "l03", "m2"),
    ]  # fmt: skip
    assert frozen(edition) == [text("看见弧光之前的内容。")]
    assert not LessonPage.objects.filter(live=False).exists()
    entry = JournalEntry.objects.get(verb="catalogue.publish_edition")
    assert User.objects.get(pk=entry.actor_id).username == "reviewer_zhao"
    assert prove()[1] == []


def test_a_course_with_a_workbook_freezes_it_and_a_mark_for_the_plan_needs_it(published, reviewer, client):
    client.force_login(reviewer)
    editor = client.get(f"/admin/pages/{published.pk}/edit/").content.decode()
    assert 'name="workbook"' in editor and 'name="plan_pass"' in editor
    published.plan_pass = 60
    published.save_revision(user=reviewer)
    with pytest.raises(ValidationError, match="SYB"):
        publish_everything(page=published, by=reviewer)
    published.workbook = "syb"
    published.save_revision(user=reviewer)
    publish_everything(page=published, by=reviewer)
    edition = Edition.objects.get(number=2)
    assert (edition.workbook, edition.pass_rule.plan_pass) == ("syb", 60)
    assert Edition.objects.get(number=1).facts.workbook == ""


def test_publishing_again_changes_nothing(published, reviewer):
    before = JournalEntry.objects.count()
    publish_everything(page=published, by=reviewer)
    assert (Edition.objects.count(), LessonText.objects.count()) == (1, 3)
    assert JournalEntry.objects.count() == before


def test_an_incomplete_course_publishes_nothing_at_all(course_page, reviewer):
    CoursePage.objects.filter(pk=course_page.pk).update(can_do="")
    course_page.revisions.all().delete()
    with pytest.raises(ValidationError) as refusal:
        publish_everything(page=course_page, by=reviewer)
    assert len(refusal.value.messages) == 1
    assert not LessonPage.objects.filter(live=True).exists()
    assert not Edition.objects.exists()


def test_an_author_does_not_publish(course_page, author):
    with pytest.raises(PermissionDenied):
        publish_everything(page=course_page, by=author)


def test_a_mended_lesson_moves_the_pin_at_once(published, reviewer):
    lesson = LessonPage.objects.get(slug="l01")
    rewrite(lesson, "先戴好面罩。", reviewer)
    edition = Edition.objects.get()
    assert frozen(edition)[0]["value"] == "<p>先戴好面罩。</p>"
    assert JournalEntry.objects.filter(verb="catalogue.fix_wording").count() == 1
    assert LessonText.objects.count() == 4  # the old words stay


def test_the_publish_page_says_beforehand_what_becomes_of_the_course(published, author, reviewer, client):
    address = f"/admin/courses/{published.pk}/publish/"
    client.force_login(reviewer)
    lesson = LessonPage.objects.get(slug="l01")
    lesson.body = [text("先戴好面罩。")]
    lesson.save_revision(user=author)
    assert "只改了字句" in client.get(address).content.decode()
    lesson.slug = "l09"
    lesson.save_revision(user=author)
    assert "约定有变" in client.get(address).content.decode(), "the code of a lesson is a fact as well"
    lesson.slug, lesson.title = "l01", "弧光"
    lesson.save_revision(user=author)
    assert "约定有变" in client.get(address).content.decode()
    client.post(address)
    assert list(Edition.objects.values_list("number", flat=True)) == [2, 1]


def _no_exam():
    with translation.override("zh-hans"):
        return translation.gettext("no such exam")


def test_the_publish_page_names_every_fact_that_changes_before_and_after(published, author, reviewer, client):
    address = f"/admin/courses/{published.pk}/publish/"
    client.force_login(reviewer)
    assert client.get(address).context["changes"] == []
    published.theory_half_hours, published.theory_pass = 17, None
    published.can_do = "1. 穿戴好防护用品\n2. 立焊一条焊缝"
    published.save_revision(user=author)
    lesson = LessonPage.objects.get(slug="l01")
    lesson.title = "弧光"
    lesson.save_revision(user=author)
    new = LessonPage(title="手套", slug="l09", body=[text("手套要干。")], live=False)
    lesson.get_parent().add_child(instance=new).save_revision(user=author)
    page = client.get(address)
    lines = [(tuple(one.before), tuple(one.after)) for one in page.context["changes"]]
    assert lines == [
        (("8 学时",), ("8.5 学时",)),
        (("平焊一条焊缝",), ("立焊一条焊缝",)),
        (("60",), (_no_exam(),)),
        ((), ("手套",)),
        (("看见弧光之前",), ("弧光",)),
    ]
    assert all(word in page.content.decode() for word in ("立焊一条焊缝", "8.5 学时", "手套"))
    client.post(address)
    assert client.get(address).context["changes"] == []
    assert Edition.objects.get(number=2).outline() == published.drafted_units()


def test_a_new_title_of_a_lesson_waits_for_the_course(published, reviewer):
    lesson = LessonPage.objects.get(slug="l01")
    lesson.title = "弧光"
    lesson.save_revision(user=reviewer).publish(user=reviewer)
    assert Edition.objects.count() == 1
    published.refresh_from_db()
    assert outcome_of(published) is Outcome.NEXT
    published.save_revision(user=reviewer).publish(user=reviewer)
    assert list(Edition.objects.values_list("number", flat=True)) == [2, 1]
    assert Edition.objects.get(number=1).units.get(code="l01").title == "看见弧光之前"


def test_a_new_lesson_waits_for_the_course(published, reviewer):
    module = LessonPage.objects.get(slug="l01").get_parent()
    module.add_child(instance=LessonPage(title="手套", slug="l09", body=[text("手套要干。")])).save_revision().publish()
    assert Edition.objects.count() == 1
    publish_course(page=published, by=reviewer)
    assert Edition.objects.get(number=2).units.filter(code="l09").exists()


def test_a_draft_is_not_frozen(published, author, reviewer):
    rewrite(LessonPage.objects.get(slug="l01"), "没人看过的草稿。", author, publish=False)
    publish_course(page=published, by=reviewer)
    assert frozen(Edition.objects.get()) == [text("看见弧光之前的内容。")]


def test_an_autosave_after_publication_changes_no_frozen_word(published, author, client):
    """Trap 1: the author's tab was still open when the reviewer published; its next autosave names that revision."""
    lesson = LessonPage.objects.get(slug="l01")
    revision = rewrite(lesson, "审核过的内容。", author, publish=False)
    revision.publish()
    revision.refresh_from_db()
    content = revision.content
    client.force_login(author)
    form = {
        "title": "看见弧光之前", "slug": "l01", "overwrite_revision_id": revision.pk, "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0, "comments-MIN_NUM_FORMS": 0, "comments-MAX_NUM_FORMS": 0,
        "body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": "heading", "body-0-id": "x1",
        "body-0-value": "谁也没审过",
    }  # fmt: skip
    response = client.post(f"/admin/pages/{lesson.pk}/edit/", form, headers={"Accept": "application/json"})
    assert response.json()["success"]
    assert response.json()["revision_id"] != revision.pk
    revision.refresh_from_db()
    assert revision.content == content
    assert frozen(Edition.objects.get())[0]["value"] == "<p>审核过的内容。</p>"
    assert "谁也没审过" in str(LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body)


def test_an_autosave_of_a_draft_writes_over_itself(published, author, client):
    """The guard of trap 1 keeps fixed versions only: drafts do not pile up."""
    revision = rewrite(LessonPage.objects.get(slug="l01"), "草稿。", author, publish=False)
    lesson = LessonPage.objects.get(slug="l01").get_latest_revision_as_object()
    assert lesson.save_revision(user=author, overwrite_revision=revision).pk == revision.pk


def test_purged_revisions_leave_the_frozen_words(published, author):
    """Trap 2: `purge_revisions` takes the live revision too, once a newer draft exists."""
    lesson = LessonPage.objects.get(slug="l01")
    rewrite(lesson, "新草稿。", author, publish=False)
    call_command("purge_revisions", verbosity=0)
    lesson.refresh_from_db()
    assert lesson.live_revision_id is None
    edition = publish_course(page=published, by=None)
    assert frozen(edition) == [text("看见弧光之前的内容。")]
    assert edition.number == 1


def test_deleted_pages_leave_the_frozen_words(published):
    """Trap 3: nothing of the catalogue points at Wagtail's revisions, so deleting a page neither fails nor reaches it."""
    published.delete()
    edition = Edition.objects.get()
    assert frozen(edition) == [text("看见弧光之前的内容。")]


def test_deleting_the_pages_in_the_editor_withdraws_the_course(published, client, admin_client, staff, school):
    client.force_login(staff("admin_provider", Role.PROVIDER_ADMIN, school))
    client.post(f"/admin/pages/{published.pk}/delete/")
    assert CoursePage.objects.exists()  # a tree with children is nobody's to delete but the superuser's
    admin_client.post(f"/admin/pages/{published.pk}/delete/")
    assert not CoursePage.objects.exists()
    assert not Edition.objects.open_for_classes().exists()
    assert Edition.objects.count() == 1


def test_unpublishing_in_the_editor_withdraws_the_course(published, client, reviewer):
    client.force_login(reviewer)
    client.post(f"/admin/pages/{published.pk}/unpublish/")
    assert not Edition.objects.open_for_classes().exists()
    publish_everything(page=CoursePage.objects.get(), by=reviewer)
    assert Edition.objects.open_for_classes().count() == 1


def test_a_copied_course_is_no_course_until_it_has_a_code(published, reviewer):
    """Copies of live pages are published at once by Wagtail; they must make no edition and break nothing."""
    copy = published.copy(recursive=True, update_attrs={"slug": "weld-copy"}, user=reviewer)
    assert copy.specific.course is None
    assert Edition.objects.count() == 1
    with pytest.raises(ValidationError):
        publish_course(page=copy.specific, by=None)


def test_publication_from_code_has_no_author_and_is_journalled_as_the_system(course_page):
    for page in course_page.get_descendants().specific():
        page.get_latest_revision().publish()
    course_page.get_latest_revision().publish()
    assert JournalEntry.objects.get(verb="catalogue.publish_edition").actor_kind == "system"
    assert Edition.objects.count() == 1


@pytest.fixture
def picture(db):
    return Picture.objects.create(title="面罩", file=ContentFile(png(60, 40), "mask.png"))


@pytest.fixture
def pictured(published, picture, reviewer, django_capture_on_commit_callbacks):
    lesson = LessonPage.objects.get(slug="l01")
    value = {"image": {"image": picture.pk, "decorative": False, "alt_text": "面罩"}, "caption": ""}
    lesson.body = [{"type": "picture", "value": value, "id": "p"}]
    with django_capture_on_commit_callbacks(execute=True):
        lesson.save_revision(user=reviewer).publish(user=reviewer)
    return lesson


def test_pictures_of_frozen_words_are_kept(pictured, picture):
    assert KeptPicture.objects.get().picture == picture
    assert picture.is_held
    with pytest.raises(ProtectedError):
        picture.delete()


def test_the_sizes_of_pictures_are_made_at_publication(pictured, picture, django_assert_num_queries):
    assert set(picture.renditions.values_list("filter_spec", flat=True)) == {"max-960x720", "max-480x360"}


def test_a_kept_picture_is_not_deleted_and_the_answer_is_no_error(pictured, picture, admin_client):
    response = admin_client.post(f"/admin/images/{picture.pk}/delete/")
    assert response.status_code in {302, 403}
    assert Picture.objects.filter(pk=picture.pk).exists()
    response = admin_client.post(f"/admin/bulk/media/picture/delete/?id={picture.pk}")
    assert response.status_code == 302
    ReferenceIndex.objects.all().delete()  # Wagtail's own check looks there; ours at the rows themselves
    response = admin_client.post(f"/admin/bulk/media/picture/delete/?id={picture.pk}", follow=True)
    assert "面罩" in response.content.decode()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_the_file_of_a_kept_picture_is_not_replaced(pictured, picture):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.images.forms import get_image_form

    form = get_image_form(Picture)(
        {"title": "面罩", "collection": picture.collection_id},
        {"file": SimpleUploadedFile("other.png", png())},
        instance=picture,
    )
    assert not form.is_valid()
    assert list(form.errors) == ["file"]
    form = get_image_form(Picture)({"title": "新名字", "collection": picture.collection_id}, {}, instance=picture)
    assert form.is_valid(), form.errors


def test_more_lessons_cost_no_more_queries_to_read(published, django_assert_max_num_queries):
    module = LessonPage.objects.get(slug="l01").get_parent()
    for number in range(30):
        module.add_child(instance=LessonPage(title=f"课{number}", slug=f"x{number}", body=[text("字。")]))
    with django_assert_max_num_queries(5):
        assert len(published.units()) == 35


@pytest.mark.parametrize("kind", ["modulepage", "lessonpage"])
def test_the_code_of_a_new_page_is_not_written_from_its_chinese_title(client, published, author, kind):
    """Wagtail's script copies a title into the code, which takes no Chinese: a new lesson could not be stored."""
    client.force_login(author)
    parent = published if kind == "modulepage" else LessonPage.objects.get(slug="l01").get_parent()
    address = reverse("wagtailadmin_pages:add", args=["pages", kind, parent.pk])
    form = client.get(address).content.decode()
    assert 'name="title"' in form and 'name="slug"' in form and "w-sync" not in form
    assert re.search(r'<input[^>]*name="title"[^>]*placeholder="名称', form), "the empty line says what belongs into it"
    assert ("选第一块" in form) == (kind == "lessonpage"), "how to begin a lesson stands beside the empty list"
