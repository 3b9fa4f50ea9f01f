"""Who issues, what is issued, and what the public may check."""

from certificates.issuing.models.batches import Batch, BatchItem
from certificates.issuing.models.certificates import Certificate, ChangeRequest
from certificates.issuing.models.issuers import CertificateType, Issuer, SigningKey
from certificates.issuing.models.public import PublicRecord
from certificates.issuing.models.registers import RegisterCounter, RegisterGap, Restoration

__all__ = [
    "Batch",
    "BatchItem",
    "Certificate",
    "CertificateType",
    "ChangeRequest",
    "Issuer",
    "PublicRecord",
    "RegisterCounter",
    "RegisterGap",
    "Restoration",
    "SigningKey",
]
