"""What a certificate would say, and what stands against it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certificates.issuing.models import Batch, BatchItem, Certificate, CertificateType, Issuer
from certificates.issuing.rules.facts import PublicFacts
from courses.papers import missing_glyphs
from courses.people.models import Organisation
from courses.results.models import Outcome
from courses.words import listed

PASSED = "合格"  # the paper is a Chinese document, whatever language the desk speaks

SENTENCES = {
    "not_passed": gettext_lazy("has no confirmed pass"),
    "already": gettext_lazy("has this certificate already"),
    "in_batch": gettext_lazy("is in another batch that waits"),
    "identity": gettext_lazy("has no verified identity yet; this kind of certificate needs one"),
    "glyphs": gettext_lazy("cannot be printed as written"),
    "stigma": gettext_lazy("would carry words that must not become public"),
    "changed": gettext_lazy("has other facts now than when the batch was prepared"),
}


@dataclass(frozen=True)
class Problem:
    """Why an outcome gets no certificate: `code` of SENTENCES, and the characters or words that are meant."""

    learner: str
    code: str
    detail: str = ""

    def __str__(self) -> str:
        text = _("%(learner)s %(reason)s") % {"learner": self.learner, "reason": SENTENCES[self.code]}
        return _("%(text)s: %(detail)s") % {"text": text, "detail": self.detail} if self.detail else text


def with_everything(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes with all that a certificate names, in one query, by class and roster number."""
    return read([outcome.pk for outcome in outcomes])


def read(pks: Collection[int]) -> list[Outcome]:
    """`with_everything` of the outcomes with these numbers."""
    return list(
        Outcome.objects.filter(pk__in=pks)
        .select_related(
            "enrolment__learner", "enrolment__training_class__edition__course__occupation",
            "enrolment__training_class__provider", "enrolment__training_class__host",
        )
        .order_by("enrolment__training_class", "enrolment__roster_no")
    )  # fmt: skip


def facts_of(outcome: Outcome, certificate_type: CertificateType, issuer: Issuer, award_date: date) -> PublicFacts:
    """What the certificate would say, still without a number."""
    training_class = outcome.enrolment.training_class
    edition = training_class.edition
    dated = certificate_type.show_training_dates
    return PublicFacts(
        number="",
        name=outcome.enrolment.learner.full_name,
        title=certificate_type.title,
        title_en=certificate_type.title_en,
        course=edition.title,
        occupation=edition.course.occupation.name if edition.course.occupation else "",
        level=edition.level,
        half_hours=edition.required_half_hours,
        theory_half_hours=edition.theory_half_hours,
        practice_half_hours=edition.practice_half_hours,
        result=PASSED,
        trained_from=training_class.starts_on if dated else None,
        trained_to=training_class.ends_on if dated else None,
        award_date=award_date,
        issuer=issuer.public_name,
        issuer_en=issuer.public_name_en,
        can_do=tuple(edition.can_do),
        official=certificate_type.official_level,
    )


def problems(
    outcomes: list[Outcome],
    facts: dict[int, PublicFacts],
    *,
    certificate_type: CertificateType,
    issuer: Issuer,
    batch: Batch | None = None,
) -> dict[int, Problem]:
    """The first problem of each outcome that has one, by its pk. `facts`: what each would say; `batch`: the batch that
    asks, itself no obstacle.

    Five queries, however many outcomes: learners and editions come with `with_everything`.
    """
    unprintable = unprintable_facts(outcomes, facts, issuer=issuer)
    return unprintable | obstacles(outcomes, certificate_type=certificate_type, batch=batch)


def unprintable_facts(outcomes: list[Outcome], facts: dict[int, PublicFacts], *, issuer: Issuer) -> dict[int, Problem]:
    """Those of the problems that lie in the words alone: nothing that is done meanwhile changes them. One query."""
    places = custodial_names()
    found = {}
    for outcome in outcomes:
        code, detail = unfit(facts[outcome.pk], outcome, issuer, places)
        if code:
            found[outcome.pk] = Problem(outcome.enrolment.learner.full_name, code, detail)
    return found


def obstacles(
    outcomes: list[Outcome], *, certificate_type: CertificateType, batch: Batch | None = None
) -> dict[int, Problem]:
    """Those of the problems that lie in what has been done, as it is now: issuing asks them again under the lock. Four queries."""
    pks = [outcome.pk for outcome in outcomes]
    certifiable = set(Outcome.objects.certifiable().filter(pk__in=pks).values_list("pk", flat=True))
    holders = set(
        Certificate.objects.live()
        .filter(type_code=certificate_type.code, learner__in=[outcome.enrolment.learner_id for outcome in outcomes])
        .values_list("learner", "edition")
    )
    waiting = BatchItem.objects.waiting().filter(outcome__in=pks)
    elsewhere = set(waiting.exclude(batch=batch).values_list("outcome", flat=True))
    found = {}
    for outcome in outcomes:
        learner, training_class = outcome.enrolment.learner, outcome.enrolment.training_class
        code = ""
        if outcome.pk not in certifiable:
            code = "not_passed"
        elif (learner.pk, training_class.edition_id) in holders:
            code = "already"
        elif outcome.pk in elsewhere:
            code = "in_batch"
        elif certificate_type.official_level and learner.identity_pending:
            code = "identity"
        if code:
            found[outcome.pk] = Problem(learner.full_name, code)
    return found


def taken_since(seen: Collection[int], outcomes: list[Outcome]) -> dict[int, Problem]:
    """Those that wait in a batch which is not one of `seen`: the batches that waited before `obstacles` were asked. A batch
    takes nobody in later, so this is all that can have come between, and quickly asked under a lock."""
    new = set(Batch.objects.waiting().values_list("pk", flat=True)) - set(seen)
    if not new:
        return {}
    taken = set(BatchItem.objects.waiting().filter(batch__in=new).order_by().values_list("outcome", flat=True))
    return {one.pk: Problem(one.enrolment.learner.full_name, "in_batch") for one in outcomes if one.pk in taken}


def unfit(facts: PublicFacts, outcome: Outcome, issuer: Issuer, places: tuple[str, ...]) -> tuple[str, str]:
    """`glyphs` or `stigma` with what is meant, or two empty strings."""
    if missing := missing_glyphs("".join(facts.texts())):
        return "glyphs", " ".join(missing)
    host = outcome.enrolment.training_class.host
    here = () if host.pk == issuer.organisation_id else (host.name,)
    if words := facts.stigma(places + here):
        return "stigma", listed(words)
    return "", ""


def custodial_names() -> tuple[str, ...]:
    """The names of all places where people are held: none may stand on anything public."""
    return tuple(Organisation.objects.filter(kind__in=Organisation.CUSTODIAL).values_list("name", flat=True))
