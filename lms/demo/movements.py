"""What an officer reads in the morning: who moved since yesterday, and who is about to leave."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from courses.people.actions import admit, expect_release
from courses.people.models import Learner, OrganisationUnit, Stay
from lms.demo.classes import World, moment

FIRST_TO_LEAVE, APART = 9, 23  # days from today, and between one and the next
WITH_A_DAY = 45
PAPER = "入监登记表"


def build_release_days(world: World, learners: Sequence[Learner], *, now: datetime) -> None:
    """Days of release for most of these learners of the prison; the last one's was two days ago, and he is still here."""
    today, prison = timezone.localdate(now), world.places.prison
    for index, learner in enumerate(learners[:WITH_A_DAY]):
        day = today + timedelta(days=FIRST_TO_LEAVE + APART * index)
        expect_release(
            learner=learner, day=day, by=world.staff["admin_prison"], organisation=prison, reason=PAPER, at=now
        )
    _move(world, learners[-1], at=now - timedelta(days=40))
    expect_release(
        learner=learners[-1], day=today - timedelta(days=2), by=world.staff["admin_prison"], organisation=prison,
        reason=PAPER, at=now - timedelta(days=30),
    )  # fmt: skip


def build_movements(world: World, learners: Sequence[Learner], *, now: datetime) -> None:
    """Two moves to another ward yesterday, one today."""
    for learner, at in zip(learners[:3], times_of_moves(now), strict=True):
        _move(world, learner, at=at)


def times_of_moves(now: datetime) -> tuple[datetime, datetime, datetime]:
    """One today, an hour ago where the day is old enough; two yesterday."""
    today = timezone.localdate(now)
    yesterday = today - timedelta(days=1)
    this_hour = max(now - timedelta(hours=1), moment(today, time(0)))
    return this_hour, moment(yesterday, time(15)), moment(yesterday, time(10))


def move_somebody(world: World, *, now: datetime) -> bool:
    """On another day: one move, where there was none today. Returns whether anybody was moved."""
    prison = world.places.prison
    midnight = moment(timezone.localdate(now), time(0))
    stays = Stay.objects.filter(organisation=prison, until__isnull=True)
    if stays.filter(since__gte=midnight).exists():
        return False
    moved = stays.filter(reason=Stay.Reason.MOVE).order_by("since").select_related("learner").first()
    if moved is None:
        return False
    _move(world, moved.learner, at=min(now, timezone.now()))
    return True


def _move(world: World, learner: Learner, *, at: datetime) -> None:
    """To the next ward."""
    prison = world.places.prison
    units = list(OrganisationUnit.objects.filter(organisation=prison).order_by("name"))
    here = Stay.objects.get(learner=learner, until__isnull=True).unit
    unit = units[(units.index(here) + 1) % len(units)] if here else units[0]
    admit(
        learner=learner, organisation=prison, unit=unit, by=world.staff["admin_prison"], at=at, reason=Stay.Reason.MOVE
    )
