"""Cards, PINs, lock-outs and sessions, through the verbs."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Room
from courses.terminals import actions, rules
from courses.terminals.models import LoginCard, SignInFailure, Terminal, TerminalSession
from tests.courses.terminals.conftest import new_learner

pytestmark = pytest.mark.django_db


# --- computers ------------------------------------------------------------------------------------------------------
def test_a_terminal_is_stored_as_a_hash_and_named_once_per_place(prison, t3):
    terminal, token = t3
    assert terminal.token_hash == rules.digest(token) != token
    with pytest.raises(ValidationError):
        actions.enrol_terminal(organisation=prison, name="T-03", by=None)
    actions.revoke_terminal(terminal=terminal, by=None)
    assert actions.enrol_terminal(organisation=prison, name="T-03", by=None)


def test_only_who_manages_terminals_enrols_them(prison, other_prison, officer, site_admin):
    actions.enrol_terminal(organisation=prison, name="T-01", by=site_admin)
    for user, place in ((officer, prison), (site_admin, other_prison)):
        with pytest.raises(PermissionDenied):
            actions.enrol_terminal(organisation=place, name="T-02", by=user)


def test_a_room_of_another_place_is_refused(prison, other_prison):
    room = Room.objects.create(organisation=other_prison, name="二号教室")
    with pytest.raises(ValidationError):
        actions.enrol_terminal(organisation=prison, name="T-01", room=room, by=None)


def test_an_enrolment_code_works_once_and_for_a_short_time(t3, zhou):
    terminal, token = t3
    session, _token = actions.sign_in(terminal=terminal, learner_no="100004", pin="100004")
    late = actions.enrolment_code(terminal=terminal, by=None, at=timezone.now() - timedelta(minutes=31))
    with pytest.raises(ValidationError):
        actions.redeem_code(code=late)
    code = actions.enrolment_code(terminal=terminal, by=None)
    again, new_token = actions.redeem_code(code=code)
    assert again == terminal and new_token != token
    session.refresh_from_db()
    assert session.ended_by == TerminalSession.End.STAFF  # another computer now: whoever sat there is out
    for used in (code, late, "", "nonsense"):
        with pytest.raises(ValidationError):
            actions.redeem_code(code=used)


# --- cards ----------------------------------------------------------------------------------------------------------
def test_a_card_is_shown_once_and_the_next_one_ends_it(prison, zhou, officer, t3):
    first = LoginCard.objects.get()
    card, pin, code = actions.issue_card(learner=zhou, by=officer, organisation=prison)
    first.refresh_from_db()
    assert first.ended_at and card.ended_at is None
    assert len(pin) == 6 and len(code) == 30 and code.isdigit()
    assert pin not in card.pin_hash and card.code_hash != code
    assert actions.sign_in(terminal=t3[0], card_code=code, pin=pin)
    entry = JournalEntry.objects.filter(verb="terminals.issue_card").latest("pk")
    assert (entry.object_label, entry.object_id, entry.fields) == ("people.learner", str(zhou.pk), [])


def test_cards_are_given_by_who_may_reset_pins_to_who_stays_there(prison, other_prison, officer, site_admin, zhou):
    stranger = new_learner(other_prison, "100099")
    with pytest.raises(PermissionDenied):
        actions.issue_card(learner=stranger, by=officer, organisation=prison)
    with pytest.raises(PermissionDenied):
        actions.issue_card(learner=stranger, by=officer, organisation=other_prison)
    with pytest.raises(PermissionDenied):
        actions.reset_pin(learner=stranger, by=site_admin, organisation=prison)


@pytest.mark.parametrize("pin", ["123456", "100004", "999999", "12", "abcdef"])
def test_a_person_cannot_choose_a_trivial_pin(prison, officer, zhou, pin):
    with pytest.raises(ValidationError):
        actions.issue_card(learner=zhou, by=officer, organisation=prison, pin=pin)


def test_a_new_pin_leaves_the_card_and_ends_a_lock_out(prison, officer, zhou, t3):
    _card, _pin, code = actions.issue_card(learner=zhou, by=officer, organisation=prison)
    for _try in range(5):
        with pytest.raises(actions.SignInRefused):
            actions.sign_in(terminal=t3[0], learner_no="100004", pin="000000")
    _card, pin = actions.reset_pin(learner=zhou, by=officer, organisation=prison)
    assert actions.sign_in(terminal=t3[0], card_code=code, pin=pin)


def test_pins_are_hashed_with_argon2_of_a_classrooms_size(settings, prison, zhou):
    settings.PASSWORD_HASHERS = ["courses.people.hashers.ClassroomArgon2Hasher"]
    card, _pin, _code = actions.issue_card(learner=zhou, by=None, organisation=prison)
    assert card.pin_hash.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


# --- signing in -----------------------------------------------------------------------------------------------------
def refusal(**credentials):
    with pytest.raises(actions.SignInRefused) as caught:
        actions.sign_in(**credentials)
    return caught.value.code, caught.value.messages


def test_t2_ten_wrong_pins_are_five_evaluated_and_an_unknown_number_is_told_the_same(monkeypatch, t3, zhou):
    """P3 step 2, T2."""
    from courses.terminals.actions import signing

    answers, checks = {}, []
    real = signing.check_password
    monkeypatch.setattr(signing, "check_password", lambda *a: checks.append(1) or real(*a))
    for number in ("100004", "999999"):
        answers[number] = [refusal(terminal=t3[0], learner_no=number, pin="000000") for _try in range(10)]
        assert len(checks) == 5
        checks.clear()
    assert answers["100004"] == answers["999999"]
    assert [code for code, _words in answers["100004"]] == ["refused"] * 4 + ["locked"] * 6
    assert refusal(terminal=t3[0], learner_no="100004", pin="100004")[0] == "locked"  # even with the right PIN


def test_a_lock_out_is_of_the_number_not_of_the_room_and_ends_after_five_minutes(t3, t7, zhou, wang):
    now = timezone.now()
    for second in range(5):
        refusal(terminal=t3[0], learner_no="100004", pin="000000", at=now + timedelta(seconds=second))
    assert refusal(terminal=t7[0], learner_no="100004", pin="100004", at=now + timedelta(seconds=9))[0] == "locked"
    assert actions.sign_in(terminal=t3[0], learner_no="100001", pin="100001", at=now + timedelta(seconds=9))
    assert refusal(terminal=t3[0], learner_no="100004", pin="100004", at=now + timedelta(seconds=303))[0] == "locked"
    assert actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004", at=now + timedelta(seconds=304))


def test_a_terminal_refuses_after_twenty_failures_in_an_hour(t3, t7, zhou):
    now = timezone.now()
    for number in range(20):
        refusal(terminal=t3[0], learner_no=f"9{number:05d}", pin="000000", at=now)
    assert refusal(terminal=t3[0], learner_no="100004", pin="100004", at=now)[0] == "locked"
    assert actions.sign_in(terminal=t7[0], learner_no="100004", pin="100004", at=now)
    assert actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004", at=now + timedelta(hours=1))


def test_guesses_at_the_same_instant_count_one_by_one(t3, zhou):
    """A try is written down before its PIN is looked at: five that are under way leave none to the sixth."""
    for _try in range(5):
        SignInFailure.objects.create(terminal=t3[0], learner_no="100004")
    assert refusal(terminal=t3[0], learner_no="100004", pin="100004")[0] == "locked"


def test_a_success_forgets_the_failures_before_it(t3, zhou):
    for _round in range(3):
        for _try in range(4):
            refusal(terminal=t3[0], learner_no="100004", pin="000000")
        assert actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    assert not SignInFailure.objects.counting().exists()


def test_somebody_who_does_not_stay_here_is_refused_like_an_unknown_number(t3, other_prison, zhou):
    new_learner(other_prison, "100099")
    unknown = refusal(terminal=t3[0], learner_no="999999", pin="000000")
    assert refusal(terminal=t3[0], learner_no="100099", pin="100099") == unknown
    people.admit(learner=zhou, organisation=other_prison, by=None)
    assert refusal(terminal=t3[0], learner_no="100004", pin="100004") == unknown


def test_an_unreadable_card_is_refused_like_a_wrong_pin_and_names_nobody(t3, zhou):
    assert refusal(terminal=t3[0], card_code="0" * 30, pin="100004")[0] == "refused"
    assert SignInFailure.objects.get().learner_no == ""


def test_t3_a_second_sign_in_ends_the_first_and_a_new_person_ends_the_old_one(t3, t7, zhou, wang):
    first, first_token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    second, second_token = actions.sign_in(terminal=t7[0], learner_no="100004", pin="100004")
    third, _token = actions.sign_in(terminal=t7[0], learner_no="100001", pin="100001")
    first.refresh_from_db(), second.refresh_from_db()
    assert (first.ended_by, second.ended_by) == ("elsewhere", "idle")
    assert list(TerminalSession.objects.live()) == [third]
    assert first_token != second_token


def test_an_open_exam_holds_the_seat(settings, monkeypatch, t3, t7, zhou):
    from courses.terminals.actions import signing

    session, _token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    settings.LMS_SEAT_HELD_BY = "held"
    monkeypatch.setattr(signing, "_holder", lambda name: lambda learner_id: t3[0].pk)
    code, words = refusal(terminal=t7[0], learner_no="100004", pin="100004")
    assert code == "elsewhere" and "T-03" in words[0]
    assert actions.end_idle_sessions(at=timezone.now() + timedelta(hours=3)) == 0
    assert refusal(terminal=t7[0], learner_no="100004", pin="000000")[0] == "refused"  # told only after the right PIN
    session.refresh_from_db()
    assert session.ended_at is None
    again, _token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")  # after a power cut
    assert again.terminal == t3[0]


# --- leaving --------------------------------------------------------------------------------------------------------
def test_a_beat_is_written_at_most_once_a_minute(t3, zhou):
    now = timezone.now()
    session, _token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004", at=now)
    assert not actions.beat(session=session, at=now + timedelta(seconds=30))
    assert actions.beat(session=session, at=now + timedelta(seconds=60))
    assert not actions.beat(session=session, at=now + timedelta(seconds=61))


def test_unlocking_needs_the_pin_and_changes_the_token(t3, zhou):
    session, token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    with pytest.raises(actions.SignInRefused):
        actions.unlock(session=session, pin="000000")
    new = actions.unlock(session=session, pin="100004")
    session.refresh_from_db()
    assert new != token and session.token_hash == rules.digest(new)


def test_one_click_ends_a_room_and_says_how_many(prison, room, t3, t7, zhou, wang, officer):
    """P3 step 5."""
    outside, _token = actions.enrol_terminal(organisation=prison, name="W-01", by=None)
    for terminal, number in ((t3[0], "100004"), (outside, "100001")):
        actions.sign_in(terminal=terminal, learner_no=number, pin=number)
    assert actions.end_room(room=room, by=officer) == 1
    assert actions.end_room(room=room, by=officer) == 0
    assert TerminalSession.objects.get(terminal=t3[0]).ended_by == "staff"
    assert actions.end_room(organisation=prison, by=officer) == 1
    with pytest.raises(ValueError, match="whose"):
        actions.end_room(by=officer)


def test_the_sweep_ends_what_a_power_cut_left_behind(t3, zhou):
    session, _token = actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004")
    assert actions.end_idle_sessions(at=timezone.now() + timedelta(minutes=29)) == 0
    assert actions.end_idle_sessions(at=timezone.now() + timedelta(minutes=31)) == 1
    session.refresh_from_db()
    assert session.ended_by == "idle"


# --- lock-outs ------------------------------------------------------------------------------------------------------
def test_the_officer_sees_terminal_number_and_time_and_releases_with_one_act(officer, t3, zhou, other_prison):
    """P3 step 2."""
    now = timezone.now()
    for second in range(5):
        refusal(terminal=t3[0], learner_no="100004", pin="000000", at=now + timedelta(seconds=second))
    at = now + timedelta(seconds=30)
    (lockout,) = actions.lockouts(officer, at=at)
    assert (lockout.terminal.name, lockout.learner_no) == ("T-03", "100004")
    assert lockout.since == now + timedelta(seconds=4) and lockout.until == now + timedelta(seconds=304)
    assert actions.release_number(learner_no="100004", by=officer, at=at) == 5
    assert actions.lockouts(officer, at=at) == []
    assert actions.sign_in(terminal=t3[0], learner_no="100004", pin="100004", at=at)


def test_lock_outs_of_other_places_are_neither_seen_nor_released(other_prison, t3, zhou):
    from courses.people.permissions import Role
    from tests.courses.terminals.conftest import staff

    stranger = staff("officer_b", Role.OFFICER, other_prison)
    for _try in range(5):
        refusal(terminal=t3[0], learner_no="100004", pin="000000")
    assert actions.lockouts(stranger) == []
    assert actions.release_number(learner_no="100004", by=stranger) == 0
    with pytest.raises(PermissionDenied):
        actions.release_terminal(terminal=t3[0], by=stranger)


def test_a_locked_terminal_is_listed_and_released(officer, t3):
    for number in range(20):
        refusal(terminal=t3[0], learner_no=f"9{number:05d}", pin="000000")
    assert [(one.terminal, one.learner_no) for one in actions.lockouts(officer)] == [(t3[0], "")]
    assert actions.release_terminal(terminal=t3[0], by=officer) == 20
    assert actions.lockouts(officer) == []


def test_the_list_of_lock_outs_is_one_query_of_its_own(django_assert_num_queries, officer, t3):
    refusal(terminal=t3[0], learner_no="900000", pin="000000")
    actions.lockouts(officer)
    with django_assert_num_queries(1) as few:
        actions.lockouts(officer)
    for number in range(30):
        SignInFailure.objects.create(terminal=t3[0], learner_no=f"9{number:05d}")
    with django_assert_num_queries(len(few)):
        actions.lockouts(officer)


def test_terminals_are_visible_where_one_looks_after_them(officer, other_prison, t3):
    actions.enrol_terminal(organisation=other_prison, name="T-03", by=None)
    assert list(Terminal.objects.visible_to(officer)) == [t3[0]]


def test_cards_of_a_whole_list_are_made_with_secrets_hashed_before(prison, other_prison, officer, t3, zhou):
    """As `issue_card` for each; who has a card, or is elsewhere, stops the list: all or nobody."""
    new = [
        people.register_learner(full_name=name, gender="male", organisation=prison, by=None)
        for name in ("甲乙", "丙丁")
    ]
    secrets = actions.new_secrets(2)
    cards = actions.issue_cards(learners=new, secrets=secrets, by=officer, organisation=prison)
    assert [card.learner for card in cards] == new and secrets[0].pin != secrets[1].pin
    session, _token = actions.sign_in(terminal=t3[0], card_code=secrets[1].code, pin=secrets[1].pin)
    assert session.learner == new[1]
    assert JournalEntry.objects.filter(verb="terminals.issue_card", actor_id=officer.pk).count() == 2
    third = people.register_learner(full_name="戊己", gender="male", organisation=prison, by=None)
    with pytest.raises(ValidationError):
        actions.issue_cards(learners=[third, zhou], secrets=secrets, by=officer, organisation=prison)
    away = people.register_learner(full_name="庚辛", gender="male", organisation=other_prison, by=None)
    with pytest.raises(PermissionDenied):
        actions.issue_cards(learners=[third, away], secrets=secrets, by=officer, organisation=prison)
    assert LoginCard.objects.live().count() == 3
