"""Numbers, signatures and the closed list of public facts."""

from dataclasses import fields, replace
from datetime import date

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from certificates.issuing.rules import credential, number
from certificates.issuing.rules.facts import PublicFacts

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {"ed-2025-1": KEY.public_key()}
FACTS = PublicFacts(
    number=number.make(2025, "103", 4827160359),
    name="王国强",
    title="培训合格证书",
    course="焊工入门(验收)",
    half_hours=40,
    award_date=date(2025, 9, 30),
    issuer="丽禾职业培训学校(演示)",
    level="五级/初级工",
    result="合格",
    can_do=("按安全要求穿戴防护、检查设备",),
)
MESSAGE = credential.sign(FACTS, kid="ed-2025-1", key=KEY)

numbers = st.builds(
    number.make, st.integers(2000, 2199), st.from_regex(r"[0-9]{3}", fullmatch=True), st.integers(0, 10**10 - 1)
)


@given(numbers)
def test_a_made_number_is_valid_however_it_is_typed(made):
    """CRT-3, CRT-5: full-width digits, blanks, hyphens, lower-case x, O for 0, I and l for 1."""
    full_width = made.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    look_alikes = made.replace("0", "O").replace("1", "l")
    for typed in (made, made.lower(), full_width, number.grouped(made), f" {made[:6]}-{made[6:14]}—{made[14:]} ", look_alikes):  # fmt: skip
        assert number.normalise(typed) == made
    assert number.is_valid(made)
    assert len(made) == 18


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_character_is_noticed(made, place, wrong):
    """CRT-3: MOD 11-2 misses no single error."""
    typed = made[:place] + wrong + made[place + 1 :]
    assert number.is_valid(typed) == (typed == made)


@given(numbers, st.integers(0, 16))
def test_every_swap_of_neighbours_is_noticed(made, place):
    """CRT-3: MOD 11-2 misses no adjacent swap."""
    swapped = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    assert number.is_valid(swapped) == (swapped == made)


@pytest.mark.parametrize(
    "typed",
    ["", "2025", "20251034827160359", "2025103482716035999", "X02510348271603590", "二〇二五", "2025103482716035٣"],
)
def test_what_is_not_a_number_is_not_valid(typed):
    assert not number.is_valid(number.normalise(typed))


def test_the_check_character_is_that_of_identity_numbers():
    """CRT-3, PER-1: the same ISO 7064 MOD 11-2."""
    assert number.is_valid("34052419800101001X")
    assert number.is_valid("202510382640193572")


@pytest.mark.parametrize(("year", "code", "random"), [(999, "103", 0), (2025, "13", 0), (2025, "103", 10**10), (2025, "10a", 1), (2025, "103", -1)])  # fmt: skip
def test_a_number_of_other_parts_is_refused(year, code, random):
    with pytest.raises(ValueError, match="certificate number"):
        number.make(year, code, random)


def test_register_number_is_year_organisation_type_sequence():
    """CRT-3."""
    assert number.register_number(2025, "990103", 2, 1) == "2025-990103-2-000001"
    for parts in ((2025, "990103", 5, 1), (2025, "99010", 2, 1), (2025, "990103", 2, 0), (2025, "990103", 2, 10**6)):
        with pytest.raises(ValueError, match="register number"):
            number.register_number(*parts)


def test_the_signature_covers_every_printed_fact():
    claims = credential.read(MESSAGE, KEYS)
    assert claims.kid == "ed-2025-1"
    assert (claims.number, claims.name, claims.title, claims.course) == (FACTS.number, "王国强", "培训合格证书", "焊工入门(验收)")  # fmt: skip
    assert (claims.half_hours, claims.award_date, claims.issuer) == (40, date(2025, 9, 30), FACTS.issuer)
    assert (claims.level, claims.result, claims.trained_from) == ("五级/初级工", "合格", None)
    dated = replace(FACTS, trained_from=date(2025, 9, 1), trained_to=date(2025, 9, 12))
    claims = credential.read(credential.sign(dated, kid="ed-2025-1", key=KEY), KEYS)
    assert (claims.trained_from, claims.trained_to) == (date(2025, 9, 1), date(2025, 9, 12))


def test_signing_is_deterministic_and_small():
    assert credential.sign(FACTS, kid="ed-2025-1", key=KEY) == MESSAGE
    assert len(MESSAGE) < 260


def test_the_fragment_comes_back_as_it_was():
    assert credential.from_fragment(credential.fragment(MESSAGE)) == MESSAGE


@pytest.mark.parametrize("text", ["", "1", "2.AAAA", "1.AA AA", "1.AAAA=", "1.ÄÖ", "1.AAB", "x" * 5000])
def test_another_fragment_is_refused(text):
    with pytest.raises(credential.InvalidCredential):
        credential.from_fragment(text)


@given(st.integers(0, len(MESSAGE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(place, flip):
    changed = MESSAGE[:place] + bytes([MESSAGE[place] ^ flip]) + MESSAGE[place + 1 :]
    with pytest.raises(credential.InvalidCredential):
        credential.read(changed, KEYS)


@given(st.binary(max_size=2000))
def test_random_bytes_are_refused_without_another_error(noise):
    with pytest.raises(credential.InvalidCredential):
        credential.read(noise, KEYS)


def _message(header, payload, key=KEY, unprotected=None, tag=18):
    protected, body = cbor2.dumps(header, canonical=True), cbor2.dumps(payload, canonical=True)
    signature = key.sign(cbor2.dumps(["Signature1", protected, b"", body], canonical=True))
    return cbor2.dumps(cbor2.CBORTag(tag, [protected, unprotected or {}, body, signature]), canonical=True)


GOOD = {1: 1, 2: FACTS.number, 3: "王国强", 4: "证", 5: "课", 7: 40, 8: 20000, 9: "校"}
HEADER = {1: -8, 4: b"ed-2025-1"}


def test_the_hand_made_message_is_good():
    assert credential.read(_message(HEADER, GOOD), KEYS).name == "王国强"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (MESSAGE + b"\x00", "shape"),
        (_message({1: -7, 4: b"ed-2025-1"}, GOOD), "algorithm"),
        (_message({4: b"ed-2025-1"}, GOOD), "algorithm"),
        (_message({1: -8, 4: b"other"}, GOOD), "unknown_key"),
        (_message({1: -8, 4: "ed-2025-1"}, GOOD), "shape"),
        (_message(HEADER | {3: 0}, GOOD), "shape"),
        (_message(HEADER, GOOD, unprotected={4: b"other"}), "shape"),
        (_message(HEADER, GOOD, tag=98), "shape"),
        (_message(HEADER, GOOD | {1: 2}), "format"),
        (_message(HEADER, GOOD | {99: "x"}), "shape"),
        (_message(HEADER, {k: v for k, v in GOOD.items() if k != 3}), "shape"),
        (_message(HEADER, GOOD | {7: 40.0}), "shape"),
        (_message(HEADER, GOOD | {7: True}), "shape"),
        (_message(HEADER, GOOD | {8: 10**12}), "shape"),
        (_message(HEADER, GOOD | {10: [1]}), "shape"),
        (_message(HEADER, GOOD, key=Ed25519PrivateKey.from_private_bytes(bytes(32))), "signature"),
        (b"\xd2\x84" + b"\x9f" * 500, "shape"),
        (b"\xd2\x9b\xff\xff\xff\xff\xff\xff\xff\xff", "shape"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_exactly_ours_is_refused(message, code):
    """Wrong algorithm, other key, extra keys, trailing bytes, huge lengths: refused, never crashed."""
    with pytest.raises(credential.InvalidCredential) as refusal:
        credential.read(message, KEYS)
    assert refusal.value.code == code


def test_public_facts_are_a_closed_list():
    """P5 step 5: identity, birth date, category, host, team and scores have no place in which they could stand."""
    assert {field.name for field in fields(PublicFacts)} == set(
        "number name title title_en course half_hours theory_half_hours practice_half_hours award_date issuer issuer_en "
        "occupation level result trained_from trained_to can_do official".split()
    )
    stored = FACTS.as_json()
    assert PublicFacts.from_json(stored) == FACTS
    with pytest.raises(ValueError, match="host"):
        PublicFacts.from_json(stored | {"host": "江州监狱"})


def test_stigma_in_any_fact_is_found():
    assert FACTS.stigma() == []
    assert replace(FACTS, can_do=("在监区内焊接",)).stigma() == ["监区"]
    assert replace(FACTS, issuer="江北农场学校").stigma(places=("江北农场(演示)",)) == ["江北农场"]
