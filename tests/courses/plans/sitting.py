"""A learner at a terminal with the workbook open: plain requests, as the browser sends them."""

from django.test import Client

from courses.plans import actions as plans
from courses.plans.models import Plan
from courses.terminals import actions as terminals
from courses.terminals import middleware
from tests.courses.plans import shop
from tests.courses.plans.building import Room, fresh
from tests.courses.plans.building import whole as whole_of

LOCAL = {
    code: {"value": value, "region": "", "valid_from": "2025-01-01", "source": "x"}
    for code, value in shop.LOCAL.items()
}


def sit_down(client: Client, room: Room, name: str = "孙丽娟") -> Client:
    """Sign a learner in, as the browser would: two cookies."""
    learner = room.learners[name]
    terminal, token = terminals.enrol_terminal(
        organisation=room.world.prison, name=f"S-{learner.learner_no[-4:]}", room=room.world.room, by=None
    )
    _card, pin, _code = terminals.issue_card(learner=learner, organisation=room.world.prison, by=None)
    _session, seat = terminals.sign_in(terminal=terminal, learner_no=learner.learner_no, pin=pin)
    client.cookies[middleware.TERMINAL_COOKIE] = token
    client.cookies[middleware.SEAT_COOKIE] = seat
    return client


def with_shop(room: Room, name: str = "孙丽娟", loan: str = shop.LOAN_THAT_RUNS_DRY, whole: bool = False) -> Plan:
    """The fish shop as a learner's plan; `whole`: with everything else that is asked."""
    plan = room.plan(name)
    Plan.objects.filter(pk=plan.pk).update(values=LOCAL)
    written = shop.values(loan)
    written = whole_of(plan.book, written) if whole else written
    by_section: dict[str, dict[str, str]] = {}
    for path, text in written.items():
        by_section.setdefault(path.split(".")[0], {})[path] = text
    for code, values in by_section.items():
        plans.save_section(plan=plan, section=code, values=values, shown={}, by=room.learners[name])
    return fresh(plan)
