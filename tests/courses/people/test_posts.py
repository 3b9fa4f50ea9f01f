"""Posts give rights, and only posts do; accounts; second signatures."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop, override
from guardian.models import UserObjectPermission

from courses.journal.models import JournalEntry
from courses.people import actions
from courses.people.models import Countersign, Learner, Organisation, Post, User
from courses.people.permissions import (
    APPROVE_CLASSES,
    ORGANISATION_PERMISSIONS,
    ROLE_PERMISSIONS,
    VIEW_LEARNERS,
    Role,
    may,
    organisations_where,
    roles_with,
)

pytestmark = pytest.mark.django_db
RIGHTS = [name for name, _label in ORGANISATION_PERMISSIONS]


@pytest.mark.parametrize("role", Role.values)
def test_both_forms_of_every_right_agree_for_every_role(staff, bureau, prison, school, other_prison, role):
    """`may(user, right, organisation)` and `organisations_where(user, right)` are one right in two forms."""
    user = staff("somebody", role, prison)
    places = [bureau, prison, school, other_prison]
    for right in RIGHTS:
        by_one = {place for place in places if may(user, right, place)}
        assert by_one == set(organisations_where(user, right)), right
        assert by_one == ({prison} if right in ROLE_PERMISSIONS[role] else set()), right
    assert set(Organisation.objects.visible_to(user)) == {prison}


@pytest.mark.parametrize("role", Role.values)
def test_a_post_reaches_down_and_never_up(staff, bureau, prison, school, other_prison, role):
    user = staff("somebody", role, bureau)
    for right in ROLE_PERMISSIONS[role]:
        assert set(organisations_where(user, right)) == {bureau, prison, school}
        assert not may(user, right, other_prison)


def test_rights_of_two_posts_add_up_and_go_one_by_one(staff, prison, school):
    user = staff("somebody", Role.TRAINER, school)
    post = actions.appoint(user=user, role=Role.OFFICER, organisation=prison, by=None)
    assert may(user, VIEW_LEARNERS, prison)
    actions.end_post(post=post, by=None)
    assert not may(user, VIEW_LEARNERS, prison)
    assert set(Organisation.objects.visible_to(user)) == {school}


def test_a_post_reaches_what_is_added_below_later(city_admin, bureau):
    street = actions.add_organisation(name="龙泉司法所", kind=Organisation.Kind.JUSTICE_OFFICE, by=None, parent=bureau)
    assert may(city_admin, VIEW_LEARNERS, street)


def test_nobody_is_staff_without_a_post(staff, prison):
    user = staff("somebody", Role.OFFICER, prison)
    assert User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")
    actions.end_post(post=user.posts.get(), by=None)
    assert not User.objects.get(pk=user.pk).has_perm("wagtailadmin.access_admin")
    assert not UserObjectPermission.objects.filter(user=user).exists()


def test_deriving_rights_twice_changes_nothing(staff, prison):
    user = staff("somebody", Role.SITE_ADMIN, prison)
    before = set(UserObjectPermission.objects.values_list("pk", flat=True))
    actions.derive_rights(user)
    assert set(UserObjectPermission.objects.values_list("pk", flat=True)) == before


def test_rights_of_a_right_written_by_hand_go_at_the_next_derivation(staff, prison, other_prison):
    from guardian.shortcuts import assign_perm

    user = staff("somebody", Role.OFFICER, prison)
    assign_perm("people.view_full_id", user, other_prison)
    actions.derive_rights(user)
    assert not may(user, "view_full_id", other_prison)


def test_the_sweep_ends_posts_that_are_over_and_begins_those_that_start(staff, prison, other_prison):
    today = timezone.localdate()
    user = staff("somebody", Role.OFFICER, prison)
    Post.objects.filter(user=user).update(until=today - timedelta(days=1))
    Post.objects.create(user=user, role=Role.OFFICER, organisation=other_prison, since=today)
    assert may(user, VIEW_LEARNERS, prison) and not may(user, VIEW_LEARNERS, other_prison)
    actions.end_expired_posts()
    assert not may(user, VIEW_LEARNERS, prison) and may(user, VIEW_LEARNERS, other_prison)


def test_the_last_day_of_a_post_counts(staff, prison):
    user = staff("somebody", Role.OFFICER, prison)
    Post.objects.filter(user=user).update(until=timezone.localdate())
    actions.end_expired_posts()
    assert may(user, VIEW_LEARNERS, prison)


def test_ending_a_post_that_runs_out_later_ends_it_now(staff, prison, site_admin):
    user = staff("somebody", Role.OFFICER, prison)
    Post.objects.filter(user=user).update(until=timezone.localdate() + timedelta(days=30))
    actions.end_post(post=user.posts.get(), by=site_admin)
    assert not may(user, VIEW_LEARNERS, prison)


def test_appointing_twice_gives_one_post(site_admin, prison):
    user = User.objects.create_user("li")
    first = actions.appoint(user=user, role=Role.OFFICER, organisation=prison, by=site_admin)
    assert actions.appoint(user=user, role=Role.OFFICER, organisation=prison, by=site_admin) == first
    assert JournalEntry.objects.filter(verb="people.appoint", actor_id=site_admin.pk).count() == 1


@pytest.mark.parametrize("role", [Role.ADMIN, Role.PROVIDER_ADMIN, Role.TRAINER])
def test_nobody_gives_more_than_the_own_line_of_work(site_admin, prison, role):
    with pytest.raises(PermissionDenied):
        actions.appoint(user=User.objects.create_user("li"), role=role, organisation=prison, by=site_admin)


def test_nobody_appoints_himself_or_at_a_foreign_place(site_admin, prison, other_prison):
    with pytest.raises(PermissionDenied):
        actions.appoint(user=site_admin, role=Role.OFFICER, organisation=prison, by=site_admin)
    with pytest.raises(PermissionDenied):
        actions.appoint(
            user=User.objects.create_user("li"), role=Role.OFFICER, organisation=other_prison, by=site_admin
        )


def test_a_site_administrator_does_not_end_the_post_of_an_administrator(staff, site_admin, prison):
    above = staff("above", Role.ADMIN, prison)
    with pytest.raises(PermissionDenied):
        actions.end_post(post=above.posts.get(), by=site_admin)
    assert above.posts.held().exists()


def test_who_could_be_asked_has_the_right_by_a_post(staff, city_admin, prison, other_prison):
    staff("officer", Role.OFFICER, prison)
    assert set(User.objects.with_right(APPROVE_CLASSES, prison)) == {city_admin}
    assert not User.objects.with_right(APPROVE_CLASSES, other_prison)
    assert Role.ADMIN in roles_with(APPROVE_CLASSES)


# --- accounts


def make_account(by, place, username="li", role=Role.OFFICER):
    return actions.create_account(
        username=username, last_name="李", first_name="明", role=role, organisation=place, by=by
    )


def test_an_account_is_made_with_a_post_and_a_password_that_works_once(site_admin, prison, rf):
    user, password = make_account(site_admin, prison)
    assert authenticate(rf.post("/"), username="li", password=password) == user
    assert user.must_change_password and may(user, VIEW_LEARNERS, prison)
    actions.set_own_password(user=user, password="written-on-no-paper")
    assert not User.objects.get(pk=user.pk).must_change_password
    assert authenticate(rf.post("/"), username="li", password=password) is None


@pytest.mark.parametrize("password", ["short", "password123", "1234567890", "lilililili"])
def test_a_weak_password_is_refused(site_admin, prison, password):
    user, one_time = make_account(site_admin, prison, username="lilililili")
    with pytest.raises(ValidationError):
        actions.set_own_password(user=user, password=password)
    assert User.objects.get(pk=user.pk).check_password(one_time)


def test_the_one_time_password_cannot_be_kept(site_admin, prison):
    user, password = make_account(site_admin, prison)
    with pytest.raises(ValidationError):
        actions.set_own_password(user=user, password=password)


def test_a_user_name_exists_once_and_nothing_is_stored_otherwise(site_admin, prison):
    make_account(site_admin, prison)
    with pytest.raises(ValidationError):
        make_account(site_admin, prison)
    assert User.objects.filter(username="li").count() == 1
    with pytest.raises(PermissionDenied):
        make_account(site_admin, prison, username="wang", role=Role.ADMIN)
    assert not User.objects.filter(username="wang").exists()


@pytest.mark.parametrize("act", [actions.new_password, actions.close_account, actions.reopen_account])
def test_an_account_with_posts_that_are_not_mine_to_give_is_closed_to_me(act, staff, site_admin, prison, bureau):
    shared, _password = make_account(site_admin, prison)
    actions.appoint(user=shared, role=Role.ADMIN, organisation=bureau, by=None)
    before = User.objects.get(pk=shared.pk).password
    with pytest.raises(PermissionDenied):
        act(user=shared, by=site_admin, organisation=prison)
    assert User.objects.get(pk=shared.pk).password == before


def test_a_stranger_s_account_is_closed_to_me(other_admin, other_prison, site_admin, prison):
    user, _password = make_account(site_admin, prison)
    for act in (actions.new_password, actions.close_account, actions.release_lock):
        with pytest.raises(PermissionDenied):
            act(user=user, by=other_admin, organisation=other_prison)


def test_a_closed_account_has_no_rights_and_gets_them_back(site_admin, prison, rf):
    user, password = make_account(site_admin, prison)
    user = actions.close_account(user=user, by=site_admin, organisation=prison)
    assert not UserObjectPermission.objects.filter(user=user).exists()
    assert authenticate(rf.post("/"), username="li", password=password) is None
    user = actions.reopen_account(user=user, by=site_admin, organisation=prison)
    assert may(user, VIEW_LEARNERS, prison)


def test_accounts_end_on_their_last_day(site_admin, prison):
    user, _password = make_account(site_admin, prison)
    User.objects.filter(pk=user.pk).update(expires_on=timezone.localdate())
    assert actions.end_expired_accounts() == 0
    User.objects.filter(pk=user.pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert actions.end_expired_accounts() == 1
    assert not User.objects.get(pk=user.pk).is_active
    assert not UserObjectPermission.objects.filter(user=user).exists()


# --- second signatures


@pytest.fixture
def request_(site_admin, prison, learner):
    return actions.ask_countersign(
        act="people.test", about=learner, title="核对", organisation=prison, permission=VIEW_LEARNERS, by=site_admin
    )


def test_asking_twice_is_one_request(request_, site_admin, prison, learner):
    again = actions.ask_countersign(
        act="people.test", about=learner, title="核对", organisation=prison, permission=VIEW_LEARNERS, by=site_admin
    )
    assert again == request_


def test_a_request_is_read_in_the_language_of_the_reader(site_admin, prison, learner):
    with override("zh-hans"):
        asked = actions.ask_countersign(
            act="people.test", about=learner, organisation=prison, permission=VIEW_LEARNERS, by=site_admin,
            title=gettext_noop("%(kind)s of certificate %(number)s"),
            values={"kind": gettext_lazy("revocation"), "number": "2025"},
        )  # fmt: skip
        chinese = Countersign.objects.get(pk=asked.pk).sentence
    with override("en"):
        assert Countersign.objects.get(pk=asked.pk).sentence == "revocation of certificate 2025"
    assert "2025" in chinese and "revocation" not in chinese and "of certificate" not in chinese


def test_a_sentence_without_values_stays_as_it_is(request_):
    request_.title = "核对 100%(甲)"
    assert str(request_) == "核对 100%(甲)"


def test_who_asked_cannot_decide_and_does_not_see_it_waiting(request_, site_admin, staff, prison):
    officer = staff("officer", Role.OFFICER, prison)
    assert not Countersign.objects.waiting_for(site_admin)
    assert list(Countersign.objects.waiting_for(officer)) == [request_]
    with pytest.raises(PermissionDenied):
        actions.countersign(request=request_, by=site_admin, approve=True)


def test_without_the_right_there_it_neither_waits_nor_can_be_decided(request_, other_admin, staff, school):
    for stranger in (other_admin, staff("trainer", Role.TRAINER, school)):
        assert not Countersign.objects.waiting_for(stranger)
        assert not Countersign.objects.visible_to(stranger)
        with pytest.raises(PermissionDenied):
            actions.countersign(request=request_, by=stranger, approve=True)


def test_a_refusal_says_why(request_, city_admin):
    with pytest.raises(ValidationError):
        actions.countersign(request=request_, by=city_admin, approve=False, comment=" ")
    actions.countersign(request=request_, by=city_admin, approve=False, comment="缺一页")
    assert not Countersign.objects.waiting().exists()


def test_deciding_twice_the_same_way_changes_nothing_and_the_other_way_is_refused(request_, city_admin, staff, prison):
    actions.countersign(request=request_, by=city_admin, approve=True)
    again = actions.countersign(request=request_, by=staff("officer", Role.OFFICER, prison), approve=True)
    assert again.decided_by == city_admin
    with pytest.raises(ValidationError):
        actions.countersign(request=request_, by=city_admin, approve=False, comment="改主意了")


def test_the_database_itself_refuses_one_person_as_both(request_, site_admin):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Countersign.objects.filter(pk=request_.pk).update(decided_by=site_admin)


def test_learners_are_visible_where_they_are_and_nowhere_else(
    learner, site_admin, other_admin, other_prison, staff, school
):
    assert Learner.objects.visible_to(site_admin).get() == learner
    assert not Learner.objects.visible_to(other_admin)
    assert not Learner.objects.visible_to(staff("trainer", Role.TRAINER, school))
    actions.admit(learner=learner, organisation=other_prison, by=None)
    assert not Learner.objects.visible_to(site_admin)
    assert Learner.objects.visible_to(other_admin).get() == learner


FOLLOWED = []


def follow(user):
    FOLLOWED.append(user)


def test_what_else_follows_from_a_post_is_called_with_the_rights(settings):
    settings.RIGHTS_FOLLOW = (f"{__name__}.follow",)
    user = User.objects.create_user("trainer_wang")
    actions.derive_rights(user)
    assert FOLLOWED[-1] == user
