"""What certificates rest on, at the desk: issuers by whoever runs the school, types and keys by the site's administrator."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from certificates.issuing import actions
from certificates.issuing.models import CertificateType, Issuer, SigningKey
from courses.journal.models import JournalEntry
from courses.people.models import User

SITE = ["issuing_types", "issuing_define_type", "issuing_keys", "issuing_rotate_key"]


@pytest.fixture
def desk(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def root(world):
    return User.objects.create_superuser("root")


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def issuer_facts(issuer, **changes):
    names = ("public_name", "public_name_en", "legal_name", "uscc", "signatory", "seal")
    return {name: getattr(issuer, name) for name in names} | {"active": "on"} | changes


def test_issuers_are_shown_to_those_who_prepare_or_release_for_them(world, desk):
    client = desk(world.preparer)
    assert world.issuer.public_name in page(client, "issuing_issuers")
    assert world.issuer.register_code in page(client, "issuing_issuer", world.issuer.pk)
    assert desk(world.stranger).get(reverse("issuing_issuer", args=[world.issuer.pk])).status_code == 404
    assert world.issuer.public_name not in page(desk(world.stranger), "issuing_issuers")
    assert desk(world.warden).get(reverse("issuing_issuers")).status_code == 302


def test_a_school_changes_signatory_and_seal_and_what_is_issued_stays(world, desk):
    """CRT-8: what is issued is frozen; the codes under which registers run cannot be posted."""
    certificate = world.issued(world.outcomes[:1])[0]
    before = certificate.facts, certificate.register_number
    client = desk(world.preparer)
    given = issuer_facts(world.issuer, signatory="丽校长", seal="space", register_code="111111", code="999")
    answer = client.post(reverse("issuing_change_issuer", args=[world.issuer.pk]), given)
    assert answer.url == reverse("issuing_issuer", args=[world.issuer.pk])
    issuer = Issuer.objects.get(pk=world.issuer.pk)
    assert (issuer.signatory, issuer.seal, issuer.register_code, issuer.code) == ("丽校长", "space", "990103", "103")
    certificate.refresh_from_db()
    assert (certificate.facts, certificate.register_number) == before
    entry = JournalEntry.objects.about(issuer).last()
    assert (entry.verb, entry.fields) == ("issuing.change_issuer", ["seal", "signatory"])
    client.post(reverse("issuing_change_issuer", args=[world.issuer.pk]), given)  # again: nothing new to write down
    assert JournalEntry.objects.about(issuer).last() == entry


@pytest.mark.parametrize("name", ["江州监狱职业学校", "丽禾\U0002ffff"])
def test_words_that_must_not_stand_on_a_certificate_are_refused_in_the_form(world, desk, name):
    answer = desk(world.preparer).post(
        reverse("issuing_change_issuer", args=[world.issuer.pk]), issuer_facts(world.issuer, public_name=name)
    )
    assert answer.status_code == 200 and "q-errors" in answer.content.decode()
    assert Issuer.objects.get(pk=world.issuer.pk).public_name == world.issuer.public_name


def test_an_issuer_that_is_out_of_use_prepares_nothing_more(world, desk):
    given = issuer_facts(world.issuer)
    del given["active"]
    desk(world.preparer).post(reverse("issuing_change_issuer", args=[world.issuer.pk]), given)
    with pytest.raises(ValidationError):
        world.prepared()


def test_others_may_not_change_an_issuer(world, desk):
    for user in (world.warden, world.stranger):
        with pytest.raises(PermissionDenied):
            actions.change_issuer(issuer=world.issuer, by=user, public_name="别名")
        answer = desk(user).post(reverse("issuing_change_issuer", args=[world.issuer.pk]), issuer_facts(world.issuer))
        assert answer.status_code in (302, 404)


def test_an_organisation_that_holds_nobody_is_registered(world, desk):
    """CRT-8: a prison is not offered, and refused where it is posted all the same."""
    client = desk(world.releaser)
    form = page(client, "issuing_register_issuer")
    assert f'value="{world.city.pk}"' in form
    assert f'value="{world.prison.pk}"' not in form and f'value="{world.school.pk}"' not in form
    given = {"public_name": "江州市人社局", "code": "104", "register_code": "990101", "seal": "drawn"}
    for place, status in ((world.prison, 200), (world.other_school, 200), (world.city, 302)):
        answer = client.post(reverse("issuing_register_issuer"), given | {"organisation": place.pk})
        assert answer.status_code == status, place
    assert Issuer.objects.get(organisation=world.city).legal_name == "江州市人社局"
    answer = client.post(reverse("issuing_register_issuer"), given | {"organisation": world.city.pk})
    assert answer.status_code == 200 and Issuer.objects.count() == 2


@pytest.mark.parametrize("name", SITE)
def test_types_and_keys_are_the_site_administrators(world, desk, root, name):
    for user in (world.releaser, world.preparer, world.warden):
        assert desk(user).get(reverse(name)).status_code == 302
    assert desk(root).get(reverse(name)).status_code == 200


def test_a_type_is_defined_changed_and_taken_out_of_use(world, desk, root):
    client = desk(root)
    given = {"title": "专项职业能力证书", "register_type": 3, "design": "certificate", "show_training_dates": "on"}
    assert 'name="code"' in page(client, "issuing_define_type")
    client.post(reverse("issuing_define_type"), given | {"code": "single"})
    first = CertificateType.objects.get(code="single")
    again = client.post(reverse("issuing_define_type"), given | {"code": "single"})
    assert again.status_code == 200 and CertificateType.objects.filter(code="single").count() == 1
    form = page(client, "issuing_change_type", first.pk)
    assert 'value="专项职业能力证书"' in form and 'name="code"' not in form
    client.post(reverse("issuing_change_type", args=[first.pk]), given | {"title": "专项能力证书"})
    second = CertificateType.objects.current("single")
    assert (second.version, second.title) == (2, "专项能力证书")
    assert "专项能力证书" in page(client, "issuing_types") and "专项职业能力证书" in page(
        client, "issuing_type", first.pk
    )
    for _twice in range(2):
        client.post(reverse("issuing_withdraw_type", args=[second.pk]))
    assert CertificateType.objects.current("single") is None
    assert JournalEntry.objects.filter(verb="issuing.withdraw_type").count() == 1


def test_withdrawing_a_type_is_refused_to_others(world, desk):
    with pytest.raises(PermissionDenied):
        actions.withdraw_type(certificate_type=world.certificate_type, by=world.releaser)
    desk(world.releaser).post(reverse("issuing_withdraw_type", args=[world.certificate_type.pk]))
    assert CertificateType.objects.get(pk=world.certificate_type.pk).active


def test_a_new_key_signs_from_now_on_and_the_old_one_stays_trusted(world, desk, root):
    client = desk(root)
    url = reverse("issuing_rotate_key")
    assert client.post(url, {"why": "routine"}).status_code == 200 and SigningKey.objects.count() == 1
    client.post(url, {"why": "routine", "sure": "on"})
    old, new = SigningKey.objects.order_by("pk")
    assert (old.state, new.state) == ("retired", "active") and old in SigningKey.objects.trusted()
    shown = page(client, "issuing_keys")
    assert old.kid in shown and new.kid in shown


def test_a_key_of_new_years_night_is_of_the_new_year(world):
    """Half past midnight in Shanghai is still last year in UTC."""
    night = datetime(2023, 12, 31, 16, 30, tzinfo=UTC)
    made = [actions.rotate_key(by=None, at=at).kid for at in (night - timedelta(hours=1), night, night)]
    assert made == ["ed-2023-1", "ed-2024-1", "ed-2024-2"]


def test_a_leaked_key_is_not_trusted_any_more_and_the_journal_says_why(world, desk, root):
    client = desk(root)
    given = {"why": "leaked", "sure": "on"}
    assert client.post(reverse("issuing_rotate_key"), given).status_code == 200
    assert SigningKey.objects.get().state == "active"
    client.post(reverse("issuing_rotate_key"), given | {"reason": "备份盘被盗"})
    old, new = SigningKey.objects.order_by("pk")
    assert (old.state, new.state) == ("compromised", "active") and list(SigningKey.objects.trusted()) == [new]
    assert JournalEntry.objects.about(old).last().reason == "备份盘被盗"
