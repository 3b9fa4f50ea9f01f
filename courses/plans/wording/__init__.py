"""The one vocabulary of the workbook's tables and findings: what rows are called stands in `book.rows`; here are the sentences.

`checks` has the fourteen sentences for learner and staff, `findings` says one of them, `verdict` what the year brings, `fields` what stands in a field and where, `amounts` how
numbers are said.
"""

from courses.plans.wording.amounts import month, yuan
from courses.plans.wording.fields import place_name, text_of
from courses.plans.wording.findings import Audience, Said, said, said_of
from courses.plans.wording.verdict import Verdict, months_text, short_months, start_words, verdict, year_sentence

__all__ = [
    "Audience", "Said", "Verdict", "month", "months_text", "place_name", "said", "said_of", "short_months", "start_words",
    "text_of", "verdict", "year_sentence", "yuan",
]  # fmt: skip
