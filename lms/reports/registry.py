"""The reports, in the order of the menu. A new one is a file beside this one and a line here."""

from lms.reports.certificates import CertificateRegister
from lms.reports.completed import CompletedPersons
from lms.reports.counted import COUNTED
from lms.reports.exam_results import ExamResults
from lms.reports.ledger import TrainingLedger
from lms.reports.not_completed import NotCompleted
from lms.reports.tables import Report
from lms.reports.unmarked import UnmarkedRegisters

REPORTS: tuple[Report, ...] = (
    TrainingLedger(),
    CompletedPersons(),
    NotCompleted(),
    ExamResults(),
    CertificateRegister(),
    UnmarkedRegisters(),
)


def report(code: str) -> Report | None:
    """The report with a code, or None; also a list behind a measure, which is reached from its number and not from the menu."""
    return next((one for one in (*REPORTS, *COUNTED) if one.code == code), None)
