"""Business plans of the demo, as their authors wrote them: three trades, and the sheets from a wish to an idea."""

from lms.demo.content.plans import citrus, fish, ideas, tailor

__all__ = ["citrus", "fish", "ideas", "tailor"]
