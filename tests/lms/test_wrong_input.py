"""The list of wrong input, as people send it over HTTP: each gets a clear sentence in Chinese, and nothing is stored."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from certificates.issuing import actions as issuing
from certificates.issuing.rules import number as numbers
from courses.classes.models import TrainingClass
from courses.exams.booklet import Booklet
from courses.exams.models import Answer, AnswerLog, Attempt
from courses.people.models import Learner
from tests.certificates.conftest import World as CertificateWorld
from tests.certificates.conftest import private_files_in
from tests.courses import conftest
from tests.courses.building import crowd, draft, enrolments, learner, running_now, session
from tests.courses.exams.building import exam_room, exam_scene, sit_down
from tests.courses.results.building import entries

scene, world, desk = conftest.scene, conftest.world, conftest.desk
EVERYWHERE = ("courses.", "certificates.", "cms.")


def build_scene():
    return exam_scene(timezone.now() - timedelta(minutes=1))


def rows() -> dict[str, int]:
    """How many there are of everything that is ours, the journal and the log of answers included."""
    ours: list[type[models.Model]] = [m for m in apps.get_models() if m.__module__.startswith(EVERYWHERE)]
    return {model._meta.label: model._base_manager.count() for model in ours}


@contextmanager
def nothing_is_stored() -> Iterator[None]:
    before = rows()
    yield
    assert rows() == before


def with_certificates(world) -> CertificateWorld:
    """The same school as an issuer, and a class that is over."""
    over = draft(world, "2025-OVER")
    TrainingClass.objects.filter(pk=over.pk).update(state=TrainingClass.State.CLOSED)
    issuer = issuing.register_issuer(
        organisation=world.school,
        public_name="丽禾职业培训学校(演示)",
        public_name_en="Lihe School",
        code="103",
        by=None,
    )
    kind = issuing.define_type(code="skills", title="培训合格证书", title_en="Certificate", register_type=2, by=None)
    people = world.admin_provider, world.admin_city, world.officer, world.admin_prison
    return CertificateWorld(
        world.city, world.prison, world.school, world.school, *people, world.edition, over, issuer, kind,
        issuing.rotate_key(by=None),
    )  # fmt: skip


def text(response) -> str:
    """What can be read on the page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_an_identity_number_with_a_wrong_check_digit(world, desk):
    client = desk(world.admin_prison)
    form = {
        "organisation": world.prison.pk, "full_name": "陈小龙", "id_number": "990101198804120111", "id_evidence": "card",
        "literacy": "2",
    }  # fmt: skip
    with nothing_is_stored():
        page = client.post(reverse("people_register"), form)
    assert "最后一位和前 17 位对不上，可能抄错了一位。请对照证件再看一遍。" in text(page)
    assert 'value="陈小龙"' in page.content.decode(), "what was typed is still there"
    client.post(reverse("people_register"), form | {"id_number": "990101198804120110"})
    assert Learner.objects.filter(full_name="陈小龙", id_masked__endswith="0110").exists(), (
        "with the right digit it is stored"
    )


def test_the_25th_learner_in_a_class_of_24(world, desk):
    full = draft(world, "2025-FULL", capacity=24)
    people = [learner(name, world) for name in crowd(25)]
    url, client = reverse("classes_roster", args=[full.pk]), desk(world.admin_prison)
    client.post(url, {"learners": [one.pk for one in people[:24]]})
    assert full.enrolments.count() == 24
    with nothing_is_stored():
        page = client.post(url, {"learners": [people[24].pk]})
    assert f"24 个名额已满。可以把{people[24].full_name}放进候补名单。" in text(page)


def test_a_mark_for_somebody_who_is_not_on_the_list(world, desk):
    room = exam_room(world, opened=False)
    found = entries(room.exam.training_class)
    form = {f"mark-{found['王国强'].pk}": "85", "mark-987654": "80", "sat_on": str(timezone.localdate())}
    with nothing_is_stored():
        page = desk(world.examiner_1).post(reverse("exams_marks", args=[room.exam.pk]), form)
    assert "这位学员不在本场考核名单上。" in text(page)
    assert "还没有保存" in text(page)
    assert 'value="85"' in page.content.decode(), "what was typed is still there"


def test_a_register_mark_for_a_learner_of_another_class(world, desk):
    today = running_now(world, ["马建军"])
    stranger = enrolments(exam_room(world, opened=False).exam.training_class)["王国强"]
    one, client = session(today, 1), desk(world.trainer)
    cell = {"enrolment": stranger.pk, "status": "present", "version": 0, "minutes": ""}
    with nothing_is_stored():
        reply = client.post(reverse("attendance_mark", args=[one.pk]), cell)
        form = {"act": "save", f"mark-{stranger.pk}": "present", f"mark-{enrolments(today)['马建军'].pk}": "present"}
        page = client.post(reverse("attendance_register", args=[one.pk]), form, follow=True)
    sentence = "标记里有人不在这节课的名单上。请从培训班重新打开考勤。"
    assert (reply.status_code, reply.json()["text"]) == (422, sentence)
    assert sentence in text(page)


def test_a_register_of_a_session_that_is_still_to_come(world, desk):
    today = running_now(world, ["马建军"])
    one, row, client = session(today, 3), enrolments(today)["马建军"], desk(world.trainer)
    with nothing_is_stored():
        cell = {"enrolment": row.pk, "status": "present", "version": 0, "minutes": ""}
        reply = client.post(reverse("attendance_mark", args=[one.pk]), cell)
        form = {"act": "save", f"mark-{row.pk}": "present", f"version-{row.pk}": 0}
        page = client.post(reverse("attendance_register", args=[one.pk]), form, follow=True)
    begins = f"这节课 {timezone.localtime(one.starts_at):%Y-%m-%d %H:%M} 开始。开课后再标考勤。"
    assert (reply.status_code, reply.json()["text"]) == (422, begins)
    assert begins in text(page)


def test_an_answer_after_the_deadline(world, client):
    room = exam_room(world, when=timezone.now() - timedelta(minutes=1))
    sit_down(client, room)
    client.post(f"/exam/sittings/{room.sitting.pk}/start/")
    attempt = Attempt.objects.select_related("sitting__paper").get()
    number = next(page.number for page in Booklet.of(attempt) if page.item.type == "single")
    Attempt.objects.update(started_at=attempt.started_at - timedelta(minutes=90, seconds=11))
    reply = client.put(
        f"/exam/{attempt.pk}/{number}/", json.dumps({"seq": 1, "answer": ["A"]}), content_type="application/json",
        headers={"accept": "application/json"},
    )  # fmt: skip
    assert (reply.status_code, reply.json()["reply"]) == (410, "late")
    assert "时间到，已交卷" in text(client.get(reply.json()["receipt"]))
    assert not Answer.objects.exists()
    assert not AnswerLog.objects.exists()
    attempt.refresh_from_db()
    assert attempt.closed_at == attempt.started_at + timedelta(minutes=90), "it ended with its time, not when this came"


def test_a_certificate_for_somebody_who_did_not_pass(world, desk, tmp_path):
    with private_files_in(tmp_path):
        school = with_certificates(world)
        passed, failed = school.passed("李德顺"), school.passed("张志远", passed=False)
        form = {"outcomes": [passed.pk, failed.pk], "award_date": "2025-09-30"}
        with nothing_is_stored():
            page = desk(world.admin_provider).post(reverse("issuing_prepare", args=[school.training_class.pk]), form)
    assert page.status_code == 200
    assert "所选的人里有人不能发这种证书。原因见名单，请在其他人里选。" in text(page)
    assert re.search(r"张志远 \d+ \S+ \S+ 没有已确认的合格成绩", text(page)), "the list says who, and why"
    assert f"{failed.pk} 不在" not in text(page), "never a number that nobody can read"


def test_a_certificate_number_that_nobody_has(db, client):
    """The one trace is the count of checks, which says neither who nor what."""
    before = rows()
    page = client.post("/verify", {"number": numbers.make(2025, "103", 1234567890), "name": "王国强"})
    assert page.status_code == 200
    assert "没有查到" in text(page)
    changed = {label for label, count in rows().items() if count != before[label]}
    assert changed <= {"verification.CheckEvent", "verification.WrongGuesses"}


def test_a_certificate_number_that_was_copied_wrongly(db, client):
    number = numbers.make(2025, "103", 1234567890)
    with nothing_is_stored():
        page = client.post(
            "/verify", {"number": f"{number[:16]}{(int(number[16]) + 1) % 10}{number[17]}", "name": "王国强"}
        )
    assert "编号可能抄错了一位，请对照证书再看一遍。" in text(page)


@pytest.mark.parametrize("name", ["people_register", "verification:check"])
def test_a_form_of_ten_megabytes(world, desk, name):
    with nothing_is_stored():
        page = desk(world.admin_prison).post(reverse(name), {"full_name": "字" * 3_500_000})
    assert page.status_code == 413
    assert "表单超过 2.5 MB，没有保存。请减少文字，或分几次交。" in text(page)
