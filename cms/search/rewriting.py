"""What is common to both databases: objects whose fields speak in pairs, and queries rewritten to match."""

import copy
from collections.abc import Callable
from typing import Any

from modelsearch.backends.base import EmptySearchResults
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import And, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

from cms.search.bigrams import index_text, query_words


def in_pairs(value: Any) -> Any:
    """A field's value with every text in it segmented."""
    if isinstance(value, str):
        return index_text(value)
    if isinstance(value, list | tuple):
        return [in_pairs(item) for item in value]
    if isinstance(value, dict):
        return {key: in_pairs(item) for key, item in value.items()}
    return value


class Segmented:
    """An object on its way into the index. Plain `SearchField`s and `AutocompleteField`s of any model are enough."""

    def __init__(self, instance: Any):
        self.instance = instance
        self.pk = instance.pk

    def get_search_fields(self) -> list[Any]:
        """The object's own fields, giving pairs."""
        return [_segmented(field) for field in self.instance.get_search_fields()]


def _segmented(field: Any) -> Any:
    found = copy.copy(field)
    if isinstance(field, RelatedFields):
        found.fields = [_segmented(sub_field) for sub_field in field.fields]
        found.get_value = _reading(field.get_value)
    elif isinstance(field, SearchField | AutocompleteField):
        found.get_value = _reading(field.get_value, in_pairs)
    return found


def _reading(get_value: Callable[[Any], Any], convert: Callable[[Any], Any] = lambda value: value) -> Any:
    def read(found: Any) -> Any:
        return convert(get_value(found.instance if isinstance(found, Segmented) else found))

    return read


def rewritten(query: SearchQuery) -> SearchQuery | None:
    """The query in pairs; None where nothing is left to look for (only punctuation was typed)."""
    if isinstance(query, PlainText | Fuzzy):
        words = query_words(query.query_string)
        if query.operator == "or" and len(words) > 1:
            return Or([PlainText(" ".join(word), operator="and") for word in words])
        return PlainText(" ".join(term for word in words for term in word), operator="and") if words else None
    if isinstance(query, Phrase):
        terms = [term for word in query_words(query.query_string) for term in word]
        return Phrase(" ".join(terms)) if terms else None
    if isinstance(query, And | Or):
        parts = [part for part in map(rewritten, query.subqueries) if part is not None]
        return type(query)(parts) if parts else None
    if isinstance(query, Not):
        inner = rewritten(query.subquery)
        return Not(inner) if inner is not None else None
    return query


class IndexInPairs:
    """Mixed into an index: what is added is segmented first."""

    def add_items(self, model: Any, objs: Any) -> None:
        super().add_items(model, [Segmented(obj) for obj in objs])  # type: ignore[misc]


class AskInPairs:
    """Mixed into a backend: what is asked is segmented the same way."""

    def _search(self, query_compiler_class: Any, query: Any, model_or_queryset: Any, **kwargs: Any) -> Any:
        if isinstance(query, str):
            query = PlainText(query, operator=kwargs.get("operator") or "and")
        if isinstance(query, SearchQuery):
            query = rewritten(query)
            if query is None:
                return EmptySearchResults()
        return super()._search(query_compiler_class, query, model_or_queryset, **kwargs)  # type: ignore[misc]
