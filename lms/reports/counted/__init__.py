"""The lists behind the measures: each has exactly as many rows as its number counts (TGT-8)."""

from lms.reports.counted.base import CountedList
from lms.reports.counted.certificates import CertificatesAwarded, Certified
from lms.reports.counted.enrolments import Completions, Enrolled, Trained
from lms.reports.counted.exams import EverSat, FinallyPassed, FirstPassed, FirstSat

COUNTED: tuple[CountedList, ...] = (
    Trained(), Completions(), Enrolled(), Certified(), CertificatesAwarded(), FirstSat(), FirstPassed(), EverSat(),
    FinallyPassed(),
)  # fmt: skip

__all__ = [
    "COUNTED", "CertificatesAwarded", "Certified", "Completions", "CountedList", "Enrolled", "EverSat", "FinallyPassed",
    "FirstPassed", "FirstSat", "Trained",
]  # fmt: skip
