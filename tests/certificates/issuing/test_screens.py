"""The certificate desk through the admin's own addresses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.issuing import actions
from certificates.issuing.models import Batch, Certificate
from courses.people.models import Countersign
from courses.results.models import Outcome
from tests.reading import pdf_text


@pytest.fixture
def desk(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_from_the_class_to_the_issued_batch(world, desk):
    """CRT-9, P1 step 7: choose the class, prepare, look, hand in; another person releases, twice, quickly."""
    client = desk(world.preparer)
    assert "2025-WELD-T" in text(client.get(reverse("issuing_choose")))
    prepare = reverse("issuing_prepare", args=[world.training_class.pk])
    page = client.get(prepare)
    assert page.content.decode().count('name="outcomes"') == 3
    answer = client.post(prepare, {"outcomes": [o.pk for o in world.outcomes], "award_date": "2025-09-30"})
    batch = Batch.objects.get()
    assert answer.url == reverse("issuing_batch", args=[batch.pk])
    shown = text(client.get(answer.url))
    for words in ("王国强", "李德顺", "陈小龙", "培训合格证书", "焊工入门(验收)", "五级/初级工", "20", "2025-09-01", "合格", "2025-09-30",
                  "丽禾职业培训学校(演示)", "按安全要求穿戴防护"):  # fmt: skip
        assert words in shown, words
    client.post(reverse("issuing_submit", args=[batch.pk]))
    request = Countersign.objects.waiting().get()

    client = desk(world.releaser)
    decide = reverse("issuing_decide", args=[request.pk])
    assert "陈小龙" in text(client.get(decide))
    for _ in range(2):
        answer = client.post(decide, {"approve": "1", "comment": ""})
        assert answer.url == reverse("issuing_batch", args=[batch.pk])
    progress = client.get(answer.url)
    assert progress["Refresh"] == "2" and "0 / 3" in text(progress)
    actions.work_on_batch(batch=batch)
    done = client.get(answer.url)
    assert "Refresh" not in done
    assert [c.register_number in text(done) for c in Certificate.objects.all()] == [True] * 3
    assert client.get(reverse("issuing_papers", args=[batch.pk]))["Content-Type"] == "application/zip"


def test_a_failed_learner_has_no_box_and_a_forged_one_is_refused(world, desk):
    """Must be seen 3: a certificate for a failed learner."""
    failed = world.passed("张志远", "990101199712250334", passed=False)
    client = desk(world.preparer)
    url = reverse("issuing_prepare", args=[world.training_class.pk])
    page = client.get(url)
    assert "张志远" in text(page) and f'value="{failed.pk}"' not in page.content.decode()
    answer = client.post(url, {"outcomes": [failed.pk], "award_date": "2025-09-30"})
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [({"award_date": "2025-09-30"}, "outcomes"), ({"award_date": "2999-01-01"}, "award_date"), ({"award_date": "soon"}, "award_date")],
)  # fmt: skip
def test_wrong_input_gets_a_sentence_and_stores_nothing(world, desk, data, field):
    if field != "outcomes":
        data = data | {"outcomes": [world.outcomes[0].pk]}
    answer = desk(world.preparer).post(reverse("issuing_prepare", args=[world.training_class.pk]), data)
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert not Batch.objects.exists()


def test_a_result_that_changed_meanwhile_is_named_on_the_form(world, desk):
    client = desk(world.preparer)
    url = reverse("issuing_prepare", args=[world.training_class.pk])
    client.get(url)
    actions.prepare_batch(outcomes=world.outcomes[:1], certificate_type=world.certificate_type, by=world.preparer)
    answer = client.post(url, {"outcomes": [o.pk for o in world.outcomes], "award_date": "2025-09-30"})
    assert answer.status_code == 200 and Batch.objects.count() == 1
    assert answer.context["form"].errors


def test_a_school_without_issuer_or_type_is_told_what_to_do(world, desk):
    type(world.certificate_type).objects.update(active=False)
    page = desk(world.preparer).get(reverse("issuing_prepare", args=[world.training_class.pk]))
    assert page.status_code == 200 and 'name="outcomes"' not in page.content.decode()


def test_sent_back_shows_why(world, desk):
    batch = world.prepared()
    client = desk(world.releaser)
    decide = reverse("issuing_decide", args=[Countersign.objects.waiting().get().pk])
    assert client.post(decide, {"refuse": "1", "comment": ""}).status_code == 200
    client.post(decide, {"refuse": "1", "comment": "日期不对"})
    assert "日期不对" in text(desk(world.preparer).get(reverse("issuing_batch", args=[batch.pk])))
    desk(world.preparer).post(reverse("issuing_discard", args=[batch.pk]))
    assert Batch.objects.get().state == "discarded"


def test_the_preparer_cannot_decide(world, desk):
    world.prepared()
    client = desk(world.preparer)
    client.post(reverse("issuing_decide", args=[Countersign.objects.get().pk]), {"approve": "1"})
    assert Batch.objects.get().state == "draft"


def test_one_certificate_its_paper_and_its_changes(world, desk):
    certificate = world.issued()[0]
    client = desk(world.preparer)
    page = text(client.get(reverse("issuing_certificate", args=[certificate.pk])))
    assert certificate.register_number in page and "王国强" in page
    paper = client.get(reverse("issuing_paper", args=[certificate.pk]))
    assert paper["Content-Disposition"] == f'inline; filename="{certificate.number}.pdf"'
    assert "no-store" in paper["Cache-Control"]
    assert "王国强" in pdf_text(paper.content)
    ask = reverse("issuing_ask_revoke", args=[certificate.pk])
    assert client.post(ask, {"reason_code": ""}).status_code == 200
    assert client.post(ask, {"reason_code": "name"}).status_code == 200
    assert client.post(ask, {"reason_code": "result", "note": "成绩更正"}).status_code == 302
    decide = reverse("issuing_decide", args=[Countersign.objects.waiting().get().pk])
    client = desk(world.releaser)
    assert "成绩更正" in text(client.get(decide))
    assert client.post(decide, {"approve": "1", "comment": ""}).url == reverse(
        "issuing_certificate", args=[certificate.pk]
    )
    assert Certificate.objects.get(pk=certificate.pk).state == "revoked"
    assert client.get(reverse("issuing_paper", args=[certificate.pk])).status_code == 404
    assert client.get(reverse("issuing_certificate", args=[certificate.pk])).status_code == 200


def test_a_replacement_leads_to_the_new_certificate(world, desk):
    certificate = world.issued()[0]
    desk(world.preparer).post(reverse("issuing_ask_replace", args=[certificate.pk]), {"reason_code": "print"})
    client = desk(world.releaser)
    answer = client.post(reverse("issuing_decide", args=[Countersign.objects.waiting().get().pk]), {"approve": "1"})
    new = Certificate.objects.get(supersedes=certificate)
    assert answer.url == reverse("issuing_certificate", args=[new.pk])
    assert (
        reverse("issuing_certificate", args=[new.pk])
        in client.get(reverse("issuing_certificate", args=[certificate.pk])).content.decode()
    )


def routes(world, certificate, batch, request):
    one = {
        "issuing_certificate": certificate.pk, "issuing_paper": certificate.pk, "issuing_ask_replace": certificate.pk,
        "issuing_ask_revoke": certificate.pk, "issuing_batch": batch.pk, "issuing_sample": batch.pk,
        "issuing_papers": batch.pk, "issuing_submit": batch.pk, "issuing_discard": batch.pk,
        "issuing_decide": request.pk, "issuing_prepare": world.training_class.pk,
    }  # fmt: skip
    return {name: reverse(name, args=[pk]) for name, pk in one.items()}


def test_a_foreign_school_finds_nothing(world, desk):
    """Decision 10: what a user may not see answers 404, by GET and by POST."""
    certificate = world.issued(world.outcomes[:1])[0]
    batch = world.prepared(world.outcomes[1:])
    client = desk(world.stranger)
    for name, url in routes(world, certificate, batch, Countersign.objects.waiting().get()).items():
        assert client.get(url).status_code == 404, name
        assert client.post(url, {"reason_code": "other", "approve": "1"}).status_code == 404, name
    for name in ("certificates:index", "batches:index", "issuing_choose"):
        page = client.get(reverse(name))
        assert page.status_code == 200
        assert "王国强" not in text(page) and "2025-WELD" not in text(page)
    assert batch.items.filter(state="todo").count() == 2


def test_the_place_of_the_class_sees_certificates_but_no_register_and_no_batches(world, desk):
    """PRV-3b: the prison sees what its learners earned; preparing and changing belong to the school."""
    certificate = world.issued(world.outcomes[:1])[0]
    client = desk(world.warden)
    page = text(client.get(reverse("issuing_certificate", args=[certificate.pk])))
    assert "王国强" in page and certificate.register_number not in page
    listed = text(client.get(reverse("certificates:index")))
    assert "王国强" in listed and certificate.register_number not in listed
    assert client.get(reverse("issuing_paper", args=[certificate.pk])).status_code == 200
    assert client.get(reverse("issuing_batch", args=[Batch.objects.get().pk])).status_code == 404
    assert client.get(reverse("issuing_ask_revoke", args=[certificate.pk])).status_code == 302
    assert client.get(reverse("issuing_prepare", args=[world.training_class.pk])).status_code == 302


def test_nobody_without_an_account_comes_in(world, client):
    certificate = world.issued(world.outcomes[:1])[0]
    assert client.get(reverse("issuing_paper", args=[certificate.pk])).status_code == 302


@pytest.mark.parametrize("query", ["王国", "2025-990103-2-000001"])
def test_the_list_is_searched_by_name_and_numbers(world, desk, query):
    first = world.issued()[0]
    client = desk(world.preparer)
    for typed in (query, first.number, f"{first.number[:4]} {first.number[4:10]}"):
        found = text(client.get(reverse("certificates:index"), {"q": typed}))
        assert "王国强" in found and "李德顺" not in found, typed


@pytest.mark.parametrize(
    "name", ["certificates:index", "batches:index", "issuing_choose", "issuing_prepare", "issuing_batch"]
)
def test_lists_ask_as_often_for_1_row_as_for_12(world, desk, name):
    for n in range(10):
        world.passed(f"学员甲{'乙丙丁戊己庚辛壬癸子'[n]}")
    Outcome.objects.filter(pk__in=[o.pk for o in world.outcomes[1:]]).update(passed=False)
    counts = []
    client = desk(world.preparer)
    for chosen in (world.outcomes[:1], world.outcomes[1:]):
        Outcome.objects.all().update(passed=True)
        Outcome.objects.exclude(pk__in=[o.pk for o in chosen]).update(passed=False)
        if name in {"issuing_prepare", "issuing_choose"}:
            args = [world.training_class.pk] if name == "issuing_prepare" else []
        else:
            certificates = world.issued(chosen)
            args = [certificates[0].batch_item.batch_id] if name == "issuing_batch" else []
        url = reverse(name, args=args)
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_file_of_a_person_and_the_first_page_lead_to_certificates(world, desk):
    certificate = world.issued(world.outcomes[:1])[0]
    page = desk(world.warden).get(reverse("people_file", args=[world.learners[0].pk])).content.decode()
    assert reverse("issuing_certificate", args=[certificate.pk]) in page
    assert "2 " in text(desk(world.preparer).get(reverse("wagtailadmin_home")))
    assert reverse("issuing_choose") in desk(world.preparer).get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("issuing_choose") not in desk(world.stranger).get(reverse("wagtailadmin_home")).content.decode()
