"""Checking a certificate without an account: the right answer, the same answer, and not too often."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from certificates.issuing.rules import number as numbers
from certificates.verification.actions import MustWait, check, forget_addresses, verify
from certificates.verification.models import CheckEvent, WrongGuesses
from certificates.verification.rules import UNKNOWN, Answer
from courses.people.actions import correct_learner


@pytest.fixture
def certificate(world):
    return world.issued(world.outcomes[:1])[0]


@pytest.fixture
def employer():
    return Client()


def other_number(certificate):
    """A number that exists nowhere, with a right check character."""
    taken = int(certificate.number[7:17])
    return numbers.make(2025, "103", (taken + 1) % 10**10)


def post(employer, number, name, **extra):
    return employer.post("/verify?lang=en", {"number": number, "name": name}, **extra)


@pytest.mark.parametrize("spell", [str, str.lower, numbers.grouped, lambda n: f"{n[:7]}-{n[7:]}", lambda n: n.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})])  # fmt: skip
def test_a_valid_certificate_shows_every_printed_field(world, certificate, employer, spell):
    """P5 step 1, P1 step 8: valid, with name, course, hours, issuer and dates, and what the holder can do."""
    page = post(employer, spell(certificate.number), " 王国强 ")
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("Valid", "王国强", "培训合格证书", "焊工入门(验收)", "五级/初级工", "20 hours", "8 theory, 12 practice", "1 September 2025",
                  "12 September 2025", "30 September 2025", "丽禾职业培训学校(演示)", numbers.grouped(certificate.number),
                  "按安全要求穿戴防护、检查设备"):  # fmt: skip
        assert words in text, words


def test_nothing_of_the_person_or_the_place_is_on_the_page(world, certificate, employer):
    """P5 step 5: never ID, birth date, category, host, class, register number, scores, token."""
    text = post(employer, certificate.number, "王国强").content.decode()
    text = text.replace(certificate.number, "").replace(
        numbers.grouped(certificate.number), ""
    )  # its digits are random
    learner = world.learners[0]
    for words in (
        "监狱",
        "江州监狱",
        "2025-WELD",
        learner.learner_no,
        "1988",
        "0110",
        "85",
        "78",
        certificate.register_number,
        certificate.token,
    ):
        assert words not in text.replace("quality=85", ""), words


def test_a_wrong_name_and_an_unknown_number_give_the_same_answer(certificate, employer):
    """CRT-5, P5 step 3: same page, same status, same headers; only what was typed differs."""
    wrong_name = post(employer, certificate.number, "李德顺")
    unknown = post(employer, other_number(certificate), "王国强")
    assert wrong_name.status_code == unknown.status_code == 200

    def bare(response, *typed):
        text = response.content.decode()
        for word in typed:
            text = text.replace(word, "…")
        return text

    assert bare(wrong_name, certificate.number, "李德顺") == bare(unknown, other_number(certificate), "王国强")
    assert dict(wrong_name.headers) | {"Content-Length": ""} == dict(unknown.headers) | {"Content-Length": ""}
    assert "王国强" not in wrong_name.content.decode()


def test_both_roads_ask_the_same_questions(certificate, employer, django_assert_num_queries):
    """P5 step 3: similar time."""
    post(employer, certificate.number, "某某")
    post(employer, certificate.number, "某某")
    for number in (certificate.number, other_number(certificate)):
        with django_assert_num_queries(4):
            post(employer, number, "李德顺")


def test_a_check_is_four_questions_at_most(certificate, employer, django_assert_max_num_queries):
    post(employer, certificate.number, "王国强")
    employer.get(f"/c/{certificate.token}")
    with django_assert_max_num_queries(3):
        assert employer.get(f"/c/{certificate.token}").status_code == 200
    with django_assert_max_num_queries(3):
        post(employer, certificate.number, "王国强")


@pytest.mark.parametrize("place", [0, 5, 12, 17])
def test_a_miscopied_number_is_answered_at_once_and_not_counted(
    certificate, employer, place, django_assert_num_queries
):
    """CRT-5: the check character tells; no look-up, no failure counted, the form says what to do."""
    wrong = "1" if certificate.number[place] != "1" else "2"
    typed = certificate.number[:place] + wrong + certificate.number[place + 1 :]
    employer.get("/verify?lang=en")
    with django_assert_num_queries(0):
        page = post(employer, typed, "王国强")
    assert "copied wrongly" in page.content.decode()
    assert typed in page.content.decode()
    assert not WrongGuesses.objects.exists()
    assert not CheckEvent.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abc <b>", "18 digits"),
        ("1234", "this has 4"),
        ("1" * 19, "this has 19"),
        ("2025 103A 1234 5678 90", "18 digits"),
    ],
)
def test_what_is_no_number_is_told_what_a_number_is(certificate, employer, typed, said):
    """ "Copied wrongly" would send the employer back to a paper on which no such thing stands."""
    page = post(employer, typed, "王国强").content.decode()
    assert said in page
    assert "copied wrongly" not in page
    assert not WrongGuesses.objects.exists()


def test_a_revoked_certificate_shows_state_and_day_and_nothing_else(world, certificate, employer):
    """P5 step 2, CRT-7."""
    world.revoked(certificate)
    for page in (post(employer, certificate.number, "王国强"), employer.get(f"/c/{certificate.token}?lang=en")):
        text = page.content.decode()
        assert "Revoked" in text
        for words in ("王国强", "焊工", "培训合格证书", "result", "五级", "20 hours"):
            assert words not in text, words


def test_a_replaced_certificate_does_not_lead_to_the_new_one(world, certificate, employer):
    """P5 step 2, CRT-7: 已换发, no link, no new number, no new name."""
    correct_learner(learner=world.learners[0], by=None, organisation=world.prison, reason="同音字", full_name="王国蔷")
    new = world.replaced(certificate)
    for page in (post(employer, certificate.number, "王国强"), employer.get(f"/c/{certificate.token}?lang=en")):
        text = page.content.decode()
        assert "Replaced" in text
        for words in (new.number, new.token, "王国蔷"):
            assert words not in text
    assert "Valid" in post(employer, new.number, "王国蔷").content.decode()
    assert "Not found" in post(employer, certificate.number, "王国蔷").content.decode()


def test_the_link_in_the_code_shows_the_name_masked(certificate, employer):
    """P5 step 4: the same result without typing; a bare link does not tell the name."""
    text = employer.get(f"/c/{certificate.token}?lang=en").content.decode()
    assert "Valid" in text
    assert "王**" in text
    assert "王国强" not in text
    matched = employer.post(f"/c/{certificate.token}?lang=en", {"name": "王国强"}).content.decode()
    assert "The name matches" in matched
    assert "王国强" in matched
    differs = employer.post(f"/c/{certificate.token}?lang=en", {"name": "王国蔷"}).content.decode()
    assert "not the one on the certificate" in differs
    assert "王国强" not in differs
    assert WrongGuesses.objects.get().count == 1


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: ("B" if t[0] != "B" else "C") + t[1:], lambda t: t.swapcase(), lambda t: "%00", lambda t: "..%2f.."])  # fmt: skip
def test_one_changed_character_of_the_token_is_not_found(certificate, employer, change):
    """P5 step 4: unknown and malformed tokens give the same page and status."""
    asked, nobody = change(certificate.token), "A" * 22
    page, plain = employer.get(f"/c/{asked}?lang=en"), employer.get(f"/c/{nobody}?lang=en")
    assert page.status_code == plain.status_code == 404
    if "%" not in asked:
        assert page.content.decode().replace(asked, "…") == plain.content.decode().replace(nobody, "…")


def test_the_twenty_first_failure_gets_the_wait_page(certificate, employer):
    """P5 step 3: 20 failures within 10 minutes, then a page that says how long; another address is not blocked."""
    for _ in range(20):
        assert post(employer, certificate.number, "李德顺").status_code == 200
    blocked = post(employer, certificate.number, "王国强")
    assert blocked.status_code == 429
    assert 0 < int(blocked["Retry-After"]) <= 601
    assert "王国强" not in blocked.content.decode()
    assert employer.get(f"/c/{certificate.token}").status_code == 429
    assert post(employer, certificate.number, "王国强", REMOTE_ADDR="198.51.100.9").status_code == 200
    assert employer.get("/verify").status_code == 200


def test_after_ten_minutes_the_address_may_check_again(certificate):
    """CRT-5."""
    now = timezone.now()
    for _ in range(20):
        check(address="203.0.113.7", number=certificate.number, name="某某", at=now)
    with pytest.raises(MustWait):
        check(address="203.0.113.7", number=certificate.number, name="王国强", at=now + timedelta(minutes=9))
    found = check(address="203.0.113.7", number=certificate.number, name="王国强", at=now + timedelta(minutes=11))
    assert found.answer == Answer.VALID
    check(address="203.0.113.7", number=certificate.number, name="某某", at=now + timedelta(minutes=11))
    assert WrongGuesses.objects.get().count == 1


def test_checks_are_counted_without_who_or_what(certificate, employer):
    """CRT-5: day, way and answer; the address stands nowhere and its hash is forgotten after a day."""
    post(employer, certificate.number, "王国强")
    post(employer, certificate.number, "王国强")
    post(employer, certificate.number, "李德顺", REMOTE_ADDR="203.0.113.7")
    employer.get(f"/c/{certificate.token}")
    counts = set(CheckEvent.objects.values_list("channel", "answer", "count"))
    assert counts == {("form", "valid", 2), ("form", "unknown", 1), ("link", "valid", 1)}
    assert "203.0.113.7" not in str(list(WrongGuesses.objects.values()))
    assert forget_addresses(at=timezone.now() + timedelta(hours=25)) == 1


def test_an_address_behind_our_proxy_is_the_one_the_proxy_saw(certificate, employer, settings):
    """What a client writes into the header itself does not count."""
    settings.LMS_BEHIND_PROXY = True
    for n in range(20):
        post(employer, certificate.number, "李德顺", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 203.0.113.7")
    assert post(employer, certificate.number, "李德顺", HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.7").status_code == 429


@pytest.mark.parametrize("address", ["/verify", "/c/AAAAAAAAAAAAAAAAAAAAAA"])
def test_no_page_is_kept_indexed_or_told_to_the_next_site(db, employer, address):
    page = employer.get(address)
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert not page.cookies


def test_forms_work_without_cookies_and_foreign_tokens(certificate):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/verify", {"number": certificate.number, "name": "王国强"}).status_code == 200


@pytest.mark.parametrize(
    ("number", "name"), [("", ""), ("2025", ""), ("", "王国强"), ("x" * 500, "y" * 500), ("2025\x00", "王\x00")]
)
def test_odd_input_gets_the_form_again(db, employer, number, name):
    page = post(employer, number, name)
    assert page.status_code == 200
    assert "q-errors" in page.content.decode()


def test_other_methods_are_refused(db, employer):
    assert employer.delete("/verify").status_code == 405


def test_verify_itself_reads_nothing_but_the_record(certificate, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert verify(number=certificate.number, name="王国强").answer == Answer.VALID
    with django_assert_num_queries(1):
        assert verify(token=certificate.token).answer == Answer.VALID
    with django_assert_num_queries(0):
        assert verify(number="\x00", name="王国强") == UNKNOWN


def test_trusted_keys_are_public(world, employer):
    page = employer.get("/verify/keys.json")
    assert page.json() == {world.key.kid: world.key.public_key}
    assert "max-age" in page["Cache-Control"]
