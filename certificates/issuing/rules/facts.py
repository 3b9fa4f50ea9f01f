"""The facts of a certificate that may become public: a closed list, frozen when the certificate is issued."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from certificates.designs.rules import stigma_words


@dataclass(frozen=True)
class PublicFacts:
    """What the paper says, and what the holder can do. `half_hours` are integer half-hours of 课时.

    Nothing else about the person or the training ever leaves the house: no place, class, trainer, category, identity
    number, birth date, score. `official` marks certificates of another body that we only register (CRT-2).
    """

    number: str
    name: str
    title: str
    course: str
    half_hours: int
    award_date: date
    issuer: str
    title_en: str = ""
    issuer_en: str = ""
    occupation: str = ""
    level: str = ""
    result: str = ""
    theory_half_hours: int = 0
    practice_half_hours: int = 0
    trained_from: date | None = None
    trained_to: date | None = None
    can_do: tuple[str, ...] = ()
    official: bool = False

    def as_json(self) -> dict[str, Any]:
        """Plain values for storing; dates as ISO."""
        plain = vars(self) | {"can_do": list(self.can_do)}
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in plain.items()}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """The facts as they were stored. Refuses (ValueError) a key that is not on the list."""
        known = {field.name for field in fields(cls)}
        if extra := set(stored) - known:
            raise ValueError(f"Not public: {', '.join(sorted(extra))}")
        values = dict(stored) | {"can_do": tuple(stored.get("can_do", ()))}
        for key in ("award_date", "trained_from", "trained_to"):
            if values.get(key):
                values[key] = date.fromisoformat(values[key])
        return cls(**values)

    def texts(self) -> list[str]:
        """Every word that a stranger could read."""
        return [value for value in vars(self).values() if isinstance(value, str)] + list(self.can_do)

    def stigma(self, places: tuple[str, ...] = ()) -> list[str]:
        """Words that must not become public; `places` are the names of institutions to look for as well."""
        return stigma_words(self.texts(), places=places)
