"""What the guided path asks for each field, by its path: question, why, and how to answer."""

from courses.plans.book.questions.enterprise import ENTERPRISE_ASKS
from courses.plans.book.questions.ideas import IDEA_ASKS
from courses.plans.book.questions.market import MARKET_ASKS
from courses.plans.book.questions.money import MONEY_ASKS
from courses.plans.book.questions.people import PEOPLE_ASKS
from courses.plans.book.questions.self_check import SELF_ASKS
from courses.plans.book.questions.year import MONTH_QUESTIONS, YEAR_ASKS

ASKS = {**IDEA_ASKS, **SELF_ASKS, **ENTERPRISE_ASKS, **MARKET_ASKS, **PEOPLE_ASKS, **MONEY_ASKS, **YEAR_ASKS}

__all__ = ["ASKS", "MONTH_QUESTIONS"]
