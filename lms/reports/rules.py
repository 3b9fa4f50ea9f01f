"""Periods in pure rules: from one day to another, both included, as people in China count days (TGT-3)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Period:
    """From a first day to a last day, both included. Refuses (ValueError) a last day before the first."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A period ends on or after its first day.")

    @classmethod
    def year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def year_to_date(cls, as_of: date) -> "Period":
        """From 1 January to a day, that day included (TGT-3)."""
        return cls(date(as_of.year, 1, 1), as_of)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """A calendar month."""
        return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """A quarter of a calendar year, 1 to 4."""
        last = quarter * 3
        return cls(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def starts_at(self) -> datetime:
        """Midnight at which the first day begins, in Shanghai: belongs to the period."""
        return datetime.combine(self.first, time.min, SHANGHAI)

    @property
    def ends_before(self) -> datetime:
        """Midnight after the last day, in Shanghai: no longer belongs to the period."""
        return datetime.combine(self.last + timedelta(days=1), time.min, SHANGHAI)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}"
