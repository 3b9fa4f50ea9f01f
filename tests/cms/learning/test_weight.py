"""What a learner's first page makes the browser fetch: counted as the browser would, from what the pages link and import."""

import pytest
from django.contrib.staticfiles import finders

from tests.bench.pages import IMPORTED, LINKED
from tests.cms.learning.building import lesson


def assets(page: str) -> set[str]:
    """Addresses under /static/ that a page links, and the modules that its scripts import."""
    waiting, found = set(LINKED.findall(page)), set()
    while waiting:
        address = waiting.pop()
        found.add(address)
        if address.endswith(".js"):
            path = finders.find(address.removeprefix("/static/"))
            assert path, address
            with open(path, encoding="utf-8") as source:
                names = IMPORTED.findall(source.read())
            waiting |= {f"{address.rpartition('/')[0]}/{name}" for name in names} - found
    return found


@pytest.fixture
def at_desk(sit, wang):
    return sit(wang)


def test_a_first_visit_takes_at_most_eight_requests_and_the_next_page_two(at_desk, training_class):
    unit = lesson(training_class.edition)
    address = f"/learn/{unit.edition_id}/{unit.code}/"
    at_desk.post(address)
    first = assets(at_desk.get(f"{address}1/").content.decode())
    assert any(one.endswith(".css") for one in first) and 1 + len(first) <= 8, first
    second = assets(at_desk.get(f"{address}2/").content.decode()) - first
    assert 1 + len(second) <= 2, second
