"""Who prepares, releases and sees certificates. The rights themselves belong to `people`."""

from certificates.issuing.models import Certificate, Issuer
from courses.people.models import User
from courses.people.permissions import PREPARE_CERTIFICATES, RELEASE_CERTIFICATES, may


def can_prepare(user: User, issuer: Issuer) -> bool:
    """May prepare batches, and ask for replacements and revocations, of an issuer's certificates."""
    return may(user, PREPARE_CERTIFICATES, issuer.organisation)


def can_release(user: User, issuer: Issuer) -> bool:
    """May be the second person for an issuer's certificates."""
    return may(user, RELEASE_CERTIFICATES, issuer.organisation)


def can_ask_for_change(user: User, certificate: Certificate) -> bool:
    """May ask for a replacement or a revocation: either side may notice a mistake."""
    return can_prepare(user, certificate.issuer) or can_release(user, certificate.issuer)
