"""Who issues, what is issued, and what the public may check."""

from certificates.issuing.models.batches import Batch, BatchItem
from certificates.issuing.models.certificates import Certificate, ChangeRequest
from certificates.issuing.models.issuers import CertificateType, Issuer, RegisterCounter, SigningKey
from certificates.issuing.models.public import PublicRecord

__all__ = [
    "Batch",
    "BatchItem",
    "Certificate",
    "CertificateType",
    "ChangeRequest",
    "Issuer",
    "PublicRecord",
    "RegisterCounter",
    "SigningKey",
]
