"""Search on models that know nothing of Chinese search: plain fields are enough."""

import pytest
from wagtail.search.backends import get_search_backend
from wagtail.search.index import insert_or_update_object

from cms.media.models import Picture
from courses.people.actions import add_organisation, register_learner
from courses.people.models import Learner, Organisation


@pytest.mark.parametrize("query", ["国强", "王国", "王国强", "王", "王 国强", "guoq", "100001"])
def test_plain_fields_of_other_models_are_found_too(db, query):
    place = add_organisation(name="江州市强制隔离戒毒所", kind=Organisation.Kind.REHAB_CENTRE, by=None)
    learners = [
        register_learner(full_name=name, learner_no=no, gender="male", name_pinyin=pinyin, by=None, organisation=place)
        for name, no, pinyin in (("王国强", "100001", "guoqiang"), ("李德顺", "100002", "deshun"))
    ]
    for learner in learners:
        insert_or_update_object(learner)
    assert list(get_search_backend().autocomplete(query, Learner.objects.all())) == learners[:1]


def test_titles_of_pictures_are_found(db):
    picture = Picture.objects.create(title="手工电弧焊平焊姿势", file="images/x.png", width=1, height=1)
    insert_or_update_object(picture)
    assert list(get_search_backend().search("平焊", Picture)) == [picture]
    assert not list(get_search_backend().search("立焊", Picture))
