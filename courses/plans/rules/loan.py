"""The loan month by month: what is owed, the interest on it, what is repaid."""

from dataclasses import dataclass

from courses.plans.rules.figures import MONTHS, NOTHING, Decimal, Loan, Twelve, divided, percent_of, yuan


@dataclass(frozen=True)
class LoanMonths:
    """`owed` is the principal at the start of each month, `left` what is still owed after month 12."""

    owed: Twelve
    interest: Twelve
    repaid: Twelve
    left: Decimal


def schedule(loan: Loan) -> LoanMonths:
    """Interest is the principal at the start of the month times a twelfth of the yearly rate; never more is repaid than is owed."""
    left = loan.principal
    owed, interest, repaid = [], [], []
    for month in range(1, MONTHS + 1):
        part = min(loan.repayment, left) if month >= loan.repaid_from else NOTHING
        owed.append(left)
        interest.append(yuan(divided(percent_of(left, loan.rate_pct), MONTHS)))
        repaid.append(part)
        left -= part
    return LoanMonths(tuple(owed), tuple(interest), tuple(repaid), left)
