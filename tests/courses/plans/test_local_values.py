"""Tax, wages and years of use are data of a region and a day, never numbers in code (4.5)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Organisation, Region
from courses.people.permissions import Role
from courses.plans.models import LOCAL_LABELS, LocalValue, missing_values
from courses.plans.models.local_values import missing_sentence
from courses.plans.permissions import may_set_values
from courses.plans.rules.local import LOCAL_CODES, local_values
from tests.courses.building import at, staff
from tests.courses.english import english
from tests.courses.plans.building import in_region, plan_scene, set_value

pytestmark = pytest.mark.django_db
build_scene = plan_scene
__all__ = ["english"]  # an autouse fixture
OLD, NEW, LATER = date(2024, 1, 1), date(2025, 9, 1), date(2025, 9, 4)


def test_every_code_has_a_name_and_a_sentence_for_when_it_is_missing():
    assert set(LOCAL_LABELS) == set(LOCAL_CODES)
    assert all(missing_sentence(code).startswith("Not set here") for code in LOCAL_CODES)


def test_the_nearest_region_upwards_and_its_newest_value_count_on_the_day_the_plan_begins(room):
    regions = in_region(room.world)
    elsewhere = Region.objects.create(code="990102", name="江南区", level="district", parent=regions["city"])
    for region, value, since in (
        (None, "1500", OLD), (regions["province"], "1700", OLD), (regions["city"], "1900", OLD),
        (regions["city"], "2100", NEW), (regions["city"], "2300", LATER), (elsewhere, "9999", OLD),
    ):  # fmt: skip
        set_value(region, value, since)
    set_value(None, "5", OLD, "life_tools")
    plan = room.plan(when=at(3))
    assert plan.values["minimum_wage"] == {
        "value": "2100", "region": "江州市", "valid_from": "2025-09-01", "source": "人社发〔2025〕1 号"
    }  # fmt: skip
    assert set(plan.values) == {"minimum_wage", "life_tools"}
    assert plan.values["life_tools"]["region"] == ""
    reckoned = local_values(plan.local)
    assert set(missing_values(plan.values)) == set(LOCAL_CODES) - set(plan.values)
    assert "no value-added tax" in missing_values(plan.values)["vat_rate"]
    assert (reckoned.tax.minimum_wage, reckoned.lives["tools"], reckoned.tax.vat_rate_pct) == (2100, 5, 0)
    set_value(regions["district"], "2000", OLD)
    assert room.plan().values == plan.values, "a plan that was begun keeps what held on its first day"
    assert room.plan("李德顺", at(4)).local["minimum_wage"] == "2000"


def test_a_place_without_a_region_has_that_of_whoever_stands_above_it(room):
    regions = in_region(room.world)
    room.world.prison.region = None
    room.world.prison.save()
    set_value(regions["city"], "2100", OLD)
    assert room.plan().local == {"minimum_wage": "2100"}


def test_values_are_set_by_the_administrators_of_the_region(room):
    regions, world = in_region(room.world), room.world
    other = people.add_organisation(name="江北监狱(演示)", kind=Organisation.Kind.PRISON, by=None)
    may = {
        world.admin_city: {"city", "district", "country"},  # nobody stands above the bureau
        world.admin_prison: {"district"},
        world.admin_provider: set(), world.officer: set(), world.trainer: set(), room.expert: set(),
        staff("admin_other", Role.SITE_ADMIN, other): {"country"},
    }  # fmt: skip
    for place, region in {**regions, "country": None}.items():
        value = set_value(region, "2000", OLD)
        for user, places in may.items():
            assert may_set_values(user, region) == (place in places), (user, place)
            found = LocalValue.objects.settable_by(user).filter(pk=value.pk)
            assert found.exists() == (place in places), "both forms of the right agree"
    with pytest.raises(PermissionDenied):
        set_value(regions["city"], "2200", NEW, by=world.admin_prison)
    assert set_value(regions["district"], "2200", NEW, by=world.admin_prison).value == 2200


def test_a_value_is_a_number_of_its_kind_with_a_source_and_a_correction_keeps_both(room):
    regions = in_region(room.world)
    one = set_value(regions["city"], "2,100元", NEW)
    assert set_value(regions["city"], "2100", NEW) == one
    assert JournalEntry.objects.filter(verb="plans.set_local_value").count() == 1
    assert set_value(regions["city"], "2110", NEW).pk == one.pk
    assert (
        JournalEntry.objects.filter(verb="plans.set_local_value").latest("pk").reason
        == "minimum_wage 2100.00 -> 2110.00"
    )
    assert LocalValue.objects.get().value == Decimal(2110)
    for code, value in (("minimum_wage", "很多"), ("vat_rate", "101"), ("life_tools", "2.5"), ("wage", "1")):
        with pytest.raises(ValidationError):
            set_value(None, value, NEW, code)
    with pytest.raises(ValidationError):
        from courses.plans.actions import set_local_value

        set_local_value(code="vat_rate", region=None, value="3", valid_from=NEW, source=" ", by=None)
