"""Every screen, by who sees it: no accessibility violation, nothing cut off at any size, no script error, no policy broken.

One row of the table is one address. `test_every_address_is_in_the_table` fails for a new route that stands in no row.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve

from tests.browser.classroom import contrast, no_way_out, small_letters, small_targets, terminal_cookie
from tests.browser.every_screen import Screens

DESK, TABLET, PHONE, OLD, ZOOMED = (1366, 900), (768, 1024), (360, 740), (1024, 768), (512, 384)
PUBLIC = [
    "/", "/school-990103/", "/school-990103/weld-20/", "/certificates/", "/about/", "/verify", "/c/{token}", "/no/such/page/",
    "/staff/login/",
]  # fmt: skip
DOOR = ["/t/enrol/", "/t/", "/t/number/", "/t/card/", "/t/help/"]
# From the terminal, signed in with large letters; the locked seat comes last.
LEARNER = [
    "/learn/", "/learn/{edition}/", "/learn/{edition}/l01/1/", "/learn/{edition}/l01/3/", "/learn/certificates/",
    "/exam/", "/exam/{attempt}/1/", "/exam/{attempt}/review/", "/t/help/", "/t/still-here/",
]  # fmt: skip
# Never on a telephone: the workbook is written at a terminal.
WORKBOOK = [
    "/plan/{plan}/",
    "/plan/{plan}/?parts",
    "/plan/help/?back=/plan/{plan}/q/market.trend/",
    "/plan/{plan}/q/marketing.products.1.selling_price/",
    "/plan/{plan}/q/forecast.quantity.1/",
    "/plan/{plan}/s/assets/",
    "/plan/{plan}/s/forecast/",
    "/plan/{plan}/result/",
    "/plan/{plan}/cash/",
    "/plan/{plan}/check/",
    "/plan/{plan}/self/",
    "/plan/{plan}/hand-in/",
    "/plan/{plan}/end/",
]
PAUSED = ["/exam/{attempt}/1/", "/exam/{attempt}/review/", "/t/locked/"]
STAFF = {
    "admin_prison": [
        "/admin/", "/admin/waiting/", "/admin/movements/", "/admin/movements/?kind=out", "/admin/releases/",
        "/admin/learners/", "/admin/learners/new/", "/admin/learners/{learner}/", "/admin/learners/{learner}/correct/",
        "/admin/learners/{learner}/move/", "/admin/learners/{learner}/release/", "/admin/learners/{learner}/category/",
        "/admin/learners/{learner}/full-number/", "/admin/learners/{learner}/card/", "/admin/learners/{learner}/pin/",
        "/admin/organisations/", "/admin/organisations/{prison}/", "/admin/organisations/{prison}/change/",
        "/admin/organisations/{prison}/below/", "/admin/organisations/{prison}/units/{unit}/",
        "/admin/organisations/{prison}/rooms/{room}/", "/admin/organisations/import/organisations/",
        "/admin/staff/", "/admin/staff/new/", "/admin/staff/appoint/", "/admin/staff/{officer}/",
        "/admin/terminals/", "/admin/terminals/new/", "/admin/terminals/{terminal}/code/", "/admin/terminals/cards/",
        "/admin/terminals/door/?number=王",
        "/admin/classes/", "/admin/classes/new/", "/admin/classes/edit/{empty}/", "/admin/classes/{empty}/",
        "/admin/classes/{empty}/application/", "/admin/classes/{empty}/roster/", "/admin/classes/{empty}/staff/",
        "/admin/classes/{empty}/timetable/", "/admin/classes/{empty}/registers/", "/admin/classes/enrolments/{joined}/",
        "/admin/classes/{running}/timetable/", "/admin/classes/sessions/{today}/", "/admin/classes/{running}/terminals/",
        "/admin/exams/class/{running}/", "/admin/exams/class/{empty}/new/theory/", "/admin/exams/class/{running}/sitting/",
        "/admin/tables/", "/admin/tables/ledger/?first=2025-01-01&last=2025-12-31", "/admin/tables/certificates/",
        "/admin/tables/ledger/full/?first=2025-01-01&last=2025-12-31", "/admin/tables/exports/{export}/",
        "/admin/certificates/", "/admin/no/such/page/",
        "/admin/learners/roster/", "/admin/classes/{empty}/roster/table/", "/admin/plans/values/",
        "/admin/plans/values/new/",
    ],
    "trainer_wang": [
        "/admin/", "/admin/attendance/", "/admin/attendance/sessions/{held}/", "/admin/attendance/sessions/{today}/",
        "/admin/attendance/sessions/{today}/sheet/", "/admin/attendance/sessions/{today}/interruption/",
        "/admin/attendance/marks/{record}/", "/admin/classes/{running}/registers/",
        "/admin/banks/", "/admin/banks/new/", "/admin/banks/edit/{bank}/", "/admin/banks/{bank}/",
        "/admin/banks/{bank}/?q=没有", "/admin/banks/{bank}/write/", "/admin/banks/{bank}/write/single/",
        "/admin/plans/class/{running}/", "/admin/plans/{plan}/", "/admin/plans/{plan}/section/profit/",
        "/admin/plans/{plan}/charts/", "/admin/plans/class/{running}/print/",
        "/admin/plans/{plan}/field/?path=market.trend", "/admin/plans/{theirs}/versions/",
        "/admin/banks/{bank}/write/numeric/", "/admin/questions/{question}/", "/admin/questions/{question}/revise/",
    ],
    "invigilator_1": ["/admin/", "/admin/exams/sittings/{sitting}/", "/admin/exams/sittings/{sitting}/?help={attempt}"],
    "examiner_1": [
        "/admin/", "/admin/exams/missing/", "/admin/exams/{theory}/marks/", "/admin/exams/{theory}/marks/resit/",
        "/admin/exams/marks/{grade}/correct/", "/admin/practicals/{practice}/", "/admin/practicals/{practice}/resit/",
    ],
    "admin_provider": [
        "/admin/", "/admin/waiting/", "/admin/attendance/decide/{mark}/", "/admin/exams/decide/{score}/",
        "/admin/results/decide/{day}/", "/admin/results/class/{finished}/",
        "/admin/certificates/prepare/", "/admin/certificates/prepare/{finished}/", "/admin/certificates/batches/",
        "/admin/certificates/batches/{batch}/", "/admin/certificates/{asked}/", "/admin/certificates/{certificate}/",
        "/admin/certificates/{certificate}/replace/", "/admin/certificates/{certificate}/revoke/",
    ],
    "admin_city": [
        "/admin/", "/admin/waiting/", "/admin/certificates/decide/{revoking}/", "/admin/tables/decide/{full}/",
        "/admin/targets/?asof=2025-09-30", "/admin/targets/new/", "/admin/targets/{target}/",
        "/admin/targets/{target}/change/", "/admin/targets/submit/?asof=2025-08-31", "/admin/targets/submitted/{report}/",
        "/admin/targets/submitted/figures/{figure}/", "/admin/results/enrolments/{done}/completion/",
        "/admin/classes/{finished}/", "/admin/site-settings/",
    ],
    "reviewer_zhao": ["/admin/", "/admin/courses/{course}/publish/"],
    "officer_a": ["/admin/"],
    "auditor_1": ["/admin/", "/admin/journal/", "/admin/journal/{entry}/"],
    "expert_1": [
        "/admin/", "/admin/plans/waiting/", "/admin/plans/review/{handed_in}/", "/admin/plans/class/{running}/reviews/",
    ],
    "admin_site": [
        "/admin/certificates/issuers/", "/admin/certificates/issuers/{issuer}/",
        "/admin/certificates/issuers/{issuer}/change/", "/admin/certificates/issuers/new/", "/admin/certificates/types/",
        "/admin/certificates/types/{type}/", "/admin/certificates/types/{type}/change/", "/admin/certificates/types/new/",
        "/admin/certificates/keys/", "/admin/certificates/keys/new/",
    ],
}  # fmt: skip
# Routes of ours that show nothing to look at, or that another test looks at, and why.
ELSEWHERE = {
    "files and answers to scripts": [
        "admin/jsi18n/", "admin/certificates/batches/<int:pk>/sample.pdf", "admin/certificates/batches/<int:pk>/papers.zip",
        "admin/certificates/<int:pk>/paper.pdf", "admin/tables/exports/<int:pk>/file/", "favicon.ico",
        "admin/organisations/import/regions/template/", "admin/organisations/import/organisations/template/",
        "media/images/<path:name>", "t/alive/", "t/beat/", "verify/keys.json", "exam/<slug:attempt>/paper/",
        "admin/learners/results/", "admin/organisations/results/", "admin/staff/results/", "admin/banks/results/",
        "admin/classes/results/", "admin/certificates/batches/results/", "admin/certificates/results/",
        "admin/attendance/sessions/<int:pk>/mark/", "exam/<slug:attempt>/beat/",
        "admin/classes/<int:pk>/roster/table/template/", "admin/learners/roster/template/", "admin/rosters/<int:pk>/refused/",
        "admin/plans/<int:pk>/paper/", "admin/plans/<int:pk>/sheets/", "admin/plans/class/<int:pk>/table/",
        "admin/plans/class/<int:pk>/print/file/",
        "plan/<int:plan>/field/", "plan/<int:plan>/print/",
    ],
    "only take a form, and lead elsewhere": [
        "staff/logout/", "admin/login/", "admin/^password_reset/.*$", "admin/logout/", "t/sign-out/",
        "admin/organisations/<int:pk>/units/", "admin/organisations/<int:pk>/rooms/", "admin/staff/<int:pk>/post/",
        "admin/staff/<int:pk>/password/", "admin/staff/<int:pk>/close/", "admin/staff/<int:pk>/reopen/",
        "admin/staff/<int:pk>/release/", "admin/staff/posts/<int:pk>/end/", "admin/terminals/release/",
        "admin/terminals/<int:pk>/revoke/", "admin/terminals/sessions/<int:pk>/end/", "admin/terminals/rooms/<int:pk>/end/",
        "admin/terminals/places/<int:pk>/end/", "admin/questions/<int:pk>/retire/", "admin/questions/<int:pk>/bring-back/",
        "admin/certificates/batches/<int:pk>/submit/", "admin/certificates/batches/<int:pk>/discard/",
        "admin/tables/<slug:report>/export/", "exam/sittings/<int:pk>/start/", "exam/<slug:attempt>/",
        "exam/<slug:attempt>/submit/", "exam/<slug:attempt>/hand/", "learn/<int:edition>/<slug:code>/",
        "admin/journal/take-out/", "admin/certificates/types/<int:pk>/withdraw/", "plan/begin/<int:enrolment>/",
        "plan/to/<slug:code>/", "plan/<int:plan>/way/", "plan/<int:plan>/turn/", "plan/<int:plan>/comments/<int:comment>/done/",
        "learn/<int:edition>/<slug:code>/<int:screen>/answer/", "learn/<int:edition>/<slug:code>/<int:screen>/next/",
    ],
    "looked at on the way of another test": [
        "staff/password/", "patterns/", "admin/patterns/", "t/pin/", "exam/<slug:attempt>/receipt/",
        "admin/tables/<slug:report>/paper/", "admin/results/<int:pk>/reopen/", "admin/classes/decide/<int:pk>/",
        "admin/organisations/import/regions/", "plan/", "plan/<int:plan>/attempts/<int:number>/",
        "plan/<int:plan>/screening/", "admin/rosters/<int:pk>/", "admin/rosters/<int:pk>/cards/",
    ],
}  # fmt: skip
ANSWERS = {"/no/such/page/": 404, "/admin/no/such/page/": 404, "/t/enrol/": 403}  # without a code nothing is enrolled
OURS = ("courses.", "cms.", "certificates.", "lms.")


def routes(patterns=None, before=""):
    """Every route of ours, as the resolver writes it."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(one, URLPattern):
            yield from routes(one.url_patterns, before + str(one.pattern))
        elif one.callback.__module__.startswith(OURS):
            yield before + str(one.pattern)


def test_every_address_is_in_the_table():
    rows = [
        *PUBLIC,
        *DOOR,
        *LEARNER,
        *WORKBOOK,
        *PAUSED,
        *(address for addresses in STAFF.values() for address in addresses),
    ]
    numbers = dict.fromkeys(("token", "attempt"), "x")
    looked_at = set()
    for row in rows:
        path = row.partition("?")[0].format_map(Numbers(numbers))
        looked_at.add(resolve(path).route if "no/such" not in path else "")
    elsewhere = {route for some in ELSEWHERE.values() for route in some}
    assert sorted(set(routes()) - looked_at - elsewhere) == []
    assert sorted(elsewhere - set(routes())) == [], "these are no routes any more"


class Numbers(dict):
    def __missing__(self, key):
        return "1"


@pytest.fixture
def seen(axe, fits):
    """`seen(page, address, sizes, *more)` looks at one address and remembers what is wrong; the rest goes on."""
    wrong = []

    def look(page, address, sizes, *more):
        page.set_viewport_size(dict(zip(("width", "height"), sizes[0], strict=True)))
        response = page.goto(address)
        if response.status != ANSWERS.get(address, 200):
            wrong.append(f"{address}: {response.status}")
            return
        checks = [axe, *more]
        for size in sizes:
            page.set_viewport_size({"width": size[0], "height": size[1]})
            for check in (*checks, fits, main_fits):
                try:
                    check(page)
                except AssertionError as found:
                    wrong.append(f"{address} at {size[0]}: {str(found).strip()[:600]}")
            checks = []

    yield look
    assert wrong == [], "\n".join(wrong)


def main_fits(page):
    """The desk's main part hides what is too wide instead of scrolling; a listing scrolls in its own box."""
    measure = "(m => m ? [m.scrollWidth, m.clientWidth] : [0, 0])(document.querySelector('main'))"
    wide, shown = page.evaluate(measure)
    if wide > shown:
        page.wait_for_timeout(500)  # the side menu is still folding up
        wide, shown = page.evaluate(measure)
    assert wide <= shown, f"the main part is {wide} px wide in {shown} px"


def heard(page, said):
    """Errors of the console: scripts that broke, and policies. A page that answers 4xx on purpose is no error."""
    page.on(
        "console",
        lambda message: message.type == "error" and "status of 4" not in message.text and said.append(message.text),
    )
    return page


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_every_screen(open_page, live_server, seen):
    """One world, one browser for each person; the window changes its size, the page is not fetched again."""
    world, said = Screens(), []
    learners_eye = (contrast, small_targets, small_letters, no_way_out)
    visitor = heard(open_page(PHONE), said)
    for address in PUBLIC:
        seen(visitor, address.format(token=world.certificate.token), (PHONE, TABLET, DESK), contrast)
    terminal = heard(open_page(OLD), said)
    terminal.context.add_cookies([terminal_cookie(live_server, world.token)])
    for address in DOOR:
        seen(terminal, address, (OLD, ZOOMED), *learners_eye)
    world.sit_down(terminal, live_server, "100004")
    for address in LEARNER:
        seen(terminal, address.format(**world.ids), (OLD, ZOOMED, PHONE), *learners_eye)
    for address in WORKBOOK:
        seen(terminal, address.format(**world.ids), (OLD, ZOOMED), *learners_eye)
    world.pause()
    for address in PAUSED:
        seen(terminal, address.format(**world.ids), (OLD, ZOOMED), *learners_eye)
    for name, addresses in STAFF.items():
        client = Client()
        client.force_login(world.staff[name])
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page = heard(open_page(DESK), said)
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        for address in addresses:
            seen(page, address.format(**world.ids), (DESK, TABLET, PHONE))
        page.context.close()
    assert said == []
