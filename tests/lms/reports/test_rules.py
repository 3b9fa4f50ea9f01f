"""Periods (TGT-3)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.reports.rules import Period


def test_a_year_to_date_begins_on_new_years_day_and_includes_its_day():
    assert Period.year_to_date(date(2025, 9, 30)) == Period(date(2025, 1, 1), date(2025, 9, 30))
    assert Period.year_to_date(date(2025, 1, 1)).days == 1


def test_months_and_quarters_end_on_their_last_day():
    assert Period.month(2024, 2) == Period(date(2024, 2, 1), date(2024, 2, 29))
    assert Period.month(2025, 12).last == date(2025, 12, 31)
    assert Period.quarter(2025, 1) == Period(date(2025, 1, 1), date(2025, 3, 31))
    assert Period.quarter(2025, 4) == Period(date(2025, 10, 1), date(2025, 12, 31))
    assert Period.year(2025).days == 365


def test_tgt_3_the_last_half_hour_of_the_year_in_shanghai_belongs_to_it():
    year = Period.year(2025)
    half_past_eleven = datetime(2025, 12, 31, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
    ten_past_midnight = half_past_eleven + timedelta(minutes=40)
    assert year.starts_at <= half_past_eleven < year.ends_before
    assert not year.starts_at <= ten_past_midnight < year.ends_before
    assert Period.year(2026).starts_at == year.ends_before


def test_days_are_inside_or_not():
    assert date(2025, 12, 31) in Period.year(2025)
    assert date(2026, 1, 1) not in Period.year(2025)


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="first day"):
        Period(date(2025, 2, 1), date(2025, 1, 31))
