"""Every route of the product on an object that belongs to somebody else.

The test walks the URL resolver, so it grows with every route. A whole foreign world exists (made with the demo's builders);
people who hold every right at a place of their own try each address on it, reading and writing. No foreign name may appear,
nothing may be written. A new parameter, or a model without an object in the foreign world, fails with what to add where.
The addresses tried are listed in test-results/foreign-routes-<who>.txt.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, models, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from wagtail.coreutils import resolve_model_string
from wagtail.models import Collection, Page, PageViewRestriction, Revision, Task, TaskState, Workflow, WorkflowState

from cms.media.models import Handout, Picture
from cms.pages.models import CoursePage
from courses.catalogue.models import Edition
from courses.classes.models import Enrolment
from courses.exams.models import Attempt, Sitting
from courses.people.models import Countersign, OrganisationUnit, Room
from courses.plans.models import Comment, Plan
from courses.terminals import middleware
from tests.keeping import kept
from tests.lms.foreign_world import Foreign, Own, build_foreign_world, build_own_place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LISTS = Path(settings.BASE_DIR) / "test-results"
ABSENT = 99_999_999

# What a parameter of a route stands for, where the view does not say it by its `model`.
PARAMETERS: dict[str, Any] = {
    **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"), Page),
    **dict.fromkeys(("document_id", "doc_id"), Handout),
    **dict.fromkeys(("collection_id",), Collection),
    "image_id": Picture,
    "object_id": Page,
    "revision_id": Revision,
    "task_id": Task,
    "task_state_id": TaskState,
    "workflow_pk": Workflow,
    "workflow_state_id": WorkflowState,
    "restriction_id": PageViewRestriction,
    "unit": OrganisationUnit,
    "room": Room,
    "attempt": Attempt,
    "plan": Plan,
    "enrolment": Enrolment,
    "comment": Comment,
    "edition": Edition,
    # fixed words
    "content_type_app_name": "wagtailcore",
    "content_type_model_name": "page",
    "app_label": "wagtailcore",
    "model_name": "page",
    "action_name": "approve",
    "filter_spec": "max-100x100",
    "app_name": "wagtailcore",
    "uidb64": "MQ",
    "name": "x.png",
    "report": "ledger",
    "component": "theory",
    "type": "single",
    "section": "market",
    "code": "l01",
    "path": "market.trend",
    "screen": 1,
    "number": 1,
    "token": "x",
    # rows of the person at the desk, or of nobody: there is no foreign one to open
    "session_id": ABSENT,
    "uploaded_file_id": ABSENT,
}
# `pk` of views that name no model; the key begins the name of the route.
PK_OF: dict[str, type[models.Model]] = {
    "wagtailadmin_api:pages": Page,
    "wagtailadmin_api:images": Picture,
    "wagtailadmin_api:documents": Handout,
    "wagtailadmin_workflows:enable_task": Task,
    "wagtailadmin_workflows:disable_task": Task,
    "wagtailadmin_workflows:edit_task": Task,
    "wagtailadmin_workflows:": Workflow,
    "exams:start": Sitting,
    "plans_paper": Plan,
    "plans_sheets": Plan,
    "pages_publish_course": CoursePage,
    "issuing_decide": Countersign,
    "results_decide": Countersign,
    "reports_decide": Countersign,
}
# Models of which the foreign world has no object, and why that is no hole.
NO_OBJECT = {
    "wagtailcore.Revision": "made by the editor; opened only below a page, which is refused first",
    "wagtailcore.TaskState": "as above",
    "wagtailcore.WorkflowState": "as above",
    "wagtailcore.PageViewRestriction": "a password form for visitors; we use none",
}
# Patterns that are regular expressions: the addresses to try. {page} and the like are foreign ids.
WRITTEN_OUT = {
    r"admin/^password_reset/.*$": ["admin/password_reset/"],
    r"admin/^reports/(site-history|page-types-usage)/(results/)?$": [
        "admin/reports/site-history/",
        "admin/reports/site-history/results/",
        "admin/reports/site-history/?export=csv",
        "admin/reports/page-types-usage/",
        "admin/reports/page-types-usage/results/",
        "admin/reports/page-types-usage/?export=xlsx",
    ],
    r"admin/^api/main/(images|documents)/.*$": ["admin/api/main/images/", "admin/api/main/documents/{handout}/"],
    r"admin/^tag-autocomplete/.*$": ["admin/tag-autocomplete/"],
    r"admin/^choose-(external|email|phone|anchor)-link/.*$": ["admin/choose-external-link/"],
    r"admin/^users/.*$": ["admin/users/", "admin/users/edit/{user}/"],
    r"admin/pages/^(?P<pk>\d+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": [
        "admin/pages/{page}/revisions/compare/live...latest/"
    ],
    r"admin/^.*/$": ["admin/no/such/page/"],
    r"^((?:[\w\-]+/)*)$": ["{path}"],
    "admin/choose-page/chosen-multiple/": ["admin/choose-page/chosen-multiple/?id={page}"],
    r"documents/^(\d+)/(.*)$": ["documents/{handout}/foreign.pdf"],
    r"admin/bulk/<str:app_label>/<str:model_name>/<str:action>/": [
        f"admin/bulk/{label}/{action}/?id={which}"
        for label, actions in {
            "wagtailcore/page": ("delete", "move", "publish", "unpublish"),
            "media/picture": ("delete", "add_tags", "add_to_collection"),
            "media/handout": ("delete", "add_tags", "add_to_collection"),
            "people/user": ("delete", "assign_role", "set_active_state"),
        }.items()
        for action in actions
        for which in ("{" + label.partition("/")[2] + "}", "all")
    ],
}
# Routes that may show a name, answer 200, or write, each with its reason.
ALLOWED = {
    "media_picture_file": "pictures of courses are public files with random names",
    "wagtailadmin_editing_sessions:release": "ends only an editing session of the person who asks",
    "reports_paper": "prints one's own rows and writes down that it was done",
    "verification:token": "anybody may check a certificate; wrong tokens are counted",
}
# Models of Wagtail that belong to nobody in particular, shown to whoever may manage them.
WAGTAILS_OWN = ("wagtailadmin_workflows:", "wagtailusers_groups:")
# Forms that offer what belongs to others, and what that is.
OFFERED = {
    # a target may be set for any region: their names are the country's
    "targets_set": ("people.Region.name",),
    # a prison may ask any school for any course that is published
    "classes:add": ("people.Organisation.name", "people.Region.name", "pages.CoursePage.title"),
    # values of law hold in the whole country
    "plans_local_values": ("plans.LocalValue.source",),
    # the site says under its sign-in form who runs it
    "theme_site_settings": ("people.Organisation.name", "people.Region.name"),
    "staff_login": ("people.Organisation.name", "people.Region.name"),
    "staff_password": ("people.Organisation.name", "people.Region.name"),
}
# What anybody may read: live pages, the names of schools.
PUBLIC_AREAS = {"", "about", "verify", "c", "media", "_util"}
PUBLIC_NAMES = ("wagtailcore.Page.", "pages.", "people.Organisation.name", "people.Region.name")
ENDS_SESSIONS = re.compile(r"logout|sign-out|sign_out")
# Sessions, counted failures and the exam process's own pulse belong to whoever asks, or to nobody.
NOT_OURS_TO_WRITE = re.compile(
    r'^(INSERT INTO|UPDATE|DELETE FROM)\s+"(?!django_session|axes_|exams_heartbeat)', re.IGNORECASE
)


@dataclass(frozen=True)
class Route:
    """One pattern of the resolver."""

    pattern: str
    name: str
    view: Any

    @property
    def area(self) -> str:
        return self.pattern.partition("/")[0]

    def parameters(self) -> list[tuple[str, str]]:
        return re.findall(r"<(?:(\w+):)?(\w+)>", self.pattern)

    def model(self) -> type[models.Model] | None:
        view_class = getattr(self.view, "view_class", None)
        found = getattr(self.view, "view_initkwargs", {}).get("model") or getattr(view_class, "model", None)
        if isinstance(found, str):
            found = resolve_model_string(found)
        return found if isinstance(found, type) and issubclass(found, models.Model) else None


def routes() -> list[Route]:
    """All routes of the product."""

    def walk(patterns: list[Any], prefix: str, spaces: tuple[str, ...]) -> Iterator[Route]:
        for pattern in patterns:
            whole = prefix + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield Route(whole, ":".join([*spaces, pattern.name or ""]), pattern.callback)
            else:
                yield from walk(
                    pattern.url_patterns, whole, (*spaces, pattern.namespace) if pattern.namespace else spaces
                )

    return list(walk(get_resolver().url_patterns, "", ()))


class NothingToTry(Exception):
    """A route for which the foreign world has nothing; the message says what to add."""


def value_of(route: Route, name: str, foreign: Foreign) -> Any:
    """The foreign id, or the fixed word, for a parameter."""
    target = PARAMETERS.get(name)
    if target is None and name == "pk":
        target = next((model for start, model in PK_OF.items() if route.name.startswith(start)), None) or route.model()
    if target is None:
        raise NothingToTry(f"{route.pattern}: say in PARAMETERS what <{name}> stands for")
    if isinstance(target, str | int):
        return target
    found = foreign.object_of(target)
    if found is None:
        if target._meta.label in NO_OBJECT:
            return ABSENT
        raise NothingToTry(f"{route.pattern}: no {target._meta.label} in the foreign world: add it to foreign_world.py")
    return found.pk


def addresses(route: Route, foreign: Foreign) -> list[str]:
    """The addresses of a route on foreign objects; lists are tried with a search word and a chosen number as well."""
    if route.pattern in WRITTEN_OUT:
        ids = {
            name: getattr(foreign.object_of(resolve_model_string(label)), "pk", ABSENT)
            for name, label in {
                "page": "wagtailcore.Page",
                "picture": "media.Picture",
                "handout": "media.Handout",
                "user": "people.User",
            }.items()
        }
        ids["path"] = foreign.object_of(Page).url_path.split("/", 2)[2]
        return ["/" + address.format(**ids) for address in WRITTEN_OUT[route.pattern]]
    if re.search(r"[\^$\\(*]", route.pattern.replace("^", "", route.pattern.count("/^"))):
        raise NothingToTry(f"{route.pattern}: write its addresses out in WRITTEN_OUT")
    path = "/" + route.pattern.replace("^", "")
    parameters = route.parameters()
    for converter, name in parameters:
        written = f"<{converter}:{name}>" if converter else f"<{name}>"
        path = path.replace(written, str(value_of(route, name, foreign)))
    if parameters:
        return [path]
    model = route.model()
    if model is None and "choose" not in path and "search" not in path:
        return [path]
    chosen = getattr(foreign.object_of(model), "pk", ABSENT) if model else ABSENT
    return [path, f"{path}?q=外人", f"{path}?id={chosen}&ids={chosen}&export=csv"]


@dataclass
class Trial:
    """One person trying addresses; what goes wrong is collected."""

    who: str
    client: Client
    foreign: Foreign
    problems: list[str]
    tried: list[str]

    def open(self, route: Route, address: str, method: str, data: dict[str, Any] | None = None) -> Any:
        connection.queries_log.clear()  # it keeps 9,000 and would then look empty
        with CaptureQueriesContext(connection) as queries:
            try:
                with transaction.atomic():
                    response = getattr(self.client, method)(address, data or {})
                    body = self._body(response)
                    pages_kept = method == "get" or self.foreign.pages_are_as_they_were()
                    raise Undo
            except Undo:
                pass
            except Exception as error:
                self.problems.append(f"{self.who} {method} {address} ({route.name}): {type(error).__name__}: {error}")
                return None
        self.tried.append(f"{self.who:20} {method:4} {response.status_code} {address}")
        # psycopg names no statement that the server has planned already: those of courses.prepared, which only ask.
        statements = [query["sql"] for query in queries if query["sql"]]
        self._judge(route, address, method, response, body, statements)
        if not pages_kept:
            self.problems.append(f"{self.who} {method} {address} ({route.name}): changes a foreign page")
        return response

    @staticmethod
    def _is_model(route: Route, name: str) -> bool:
        return not isinstance(PARAMETERS.get(name, Page), str | int) and not route.name.startswith(WAGTAILS_OWN)

    @staticmethod
    def _body(response: Any) -> str:
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return content.decode("utf-8", "replace")

    def _judge(self, route: Route, address: str, method: str, response: Any, body: str, statements: list[str]) -> None:
        what = f"{self.who} {method} {address} ({route.name}) {response.status_code}"
        if response.status_code >= 500:
            self.problems.append(f"{what}: a fault of ours")
        if route.name in ALLOWED:
            return
        if response.status_code == 200 and address.startswith("/documents/"):
            self.problems.append(f"{what}: serves a foreign document")
        of_object = any(self._is_model(route, name) for _kind, name in route.parameters())
        if response.status_code == 200 and of_object and "id=all" not in address:  # "all" is all of one's own
            self.problems.append(f"{what}: answers about a foreign object")
        # A message that waits for the next page is part of the answer.
        queued = getattr(getattr(response.wsgi_request, "_messages", None), "_queued_messages", [])
        body += " ".join(str(message) for message in queued)
        fine = OFFERED.get(route.name, ()) + (PUBLIC_NAMES if route.area in PUBLIC_AREAS else ())
        leaked = [name for name, source in self.foreign.names.items() if name in body and not source.startswith(fine)]
        if leaked:
            shown = ", ".join(f"{name} ({self.foreign.names[name]})" for name in leaked[:5])
            self.problems.append(f"{what}: shows {shown}")
        is_foreign = (bool(route.parameters()) or route.pattern in WRITTEN_OUT) and "id=all" not in address
        written = [sql for sql in statements if NOT_OURS_TO_WRITE.match(sql)]
        if written and is_foreign and method == "post":
            self.problems.append(f"{what}: writes {written[0][:120]}")
        if written and method == "get" and not _first_visit(written):
            self.problems.append(f"{what}: writes on a GET: {written[0][:120]}")


class Undo(Exception):
    """Takes back what a trial may have written, so that the next one meets the same world."""


def _first_visit(statements: list[str]) -> bool:
    """Wagtail notes who sees a page for the first time (profile, editing session); that tells nothing."""
    return all("wagtailusers_userprofile" in sql or "wagtailadmin_editingsession" in sql for sql in statements)


def try_everything(who: str, client: Client, foreign: Foreign, chosen: list[Route], methods: tuple[str, ...]) -> Trial:
    trial = Trial(who, client, foreign, [], [])
    for route in chosen:
        try:
            paths = addresses(route, foreign)
        except NothingToTry as missing:
            trial.problems.append(str(missing))
            continue
        for path in paths:
            for method in methods:
                if method == "post" and (ENDS_SESSIONS.search(route.pattern) or "?q=" in path or "&ids=" in path):
                    continue
                trial.open(route, path, method)
    if who.startswith("own-") and who != "own-learner":
        assert client.get("/admin/").status_code == 200, f"{who} was signed out on the way"
    return trial


def _write_list(trial: Trial) -> None:
    LISTS.mkdir(exist_ok=True)
    path = LISTS / f"foreign-routes-{trial.who}.txt"
    path.write_text("\n".join([f"{len(trial.tried)} requests on foreign objects", *trial.tried]) + "\n")
    print(f"\n{trial.who}: {len(trial.tried)} requests on {len(routes())} routes; see {path}")


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """The foreign world and one's own place, built once."""

    with kept(django_db_blocker, lambda: (build_foreign_world(), build_own_place())) as built:
        yield built


@pytest.fixture
def quiet():
    logging.disable(logging.ERROR)  # hundreds of refusals
    yield
    logging.disable(logging.NOTSET)


# Who holds every right at a place of his own writes as well as reads, and so do those who have no desk.
WRITERS = {"own-everything", "own-trainer", "visitor", "own-learner"}


@pytest.mark.parametrize(
    "who",
    [
        "own-everything",
        pytest.param("own-trainer", marks=pytest.mark.once),
        pytest.param("own-officer", marks=pytest.mark.once),
        pytest.param("own-provider-admin", marks=pytest.mark.once),
        "visitor",
        "own-learner",
    ],
)
def test_no_route_shows_or_changes_what_belongs_to_others(scene, db, quiet, who):
    foreign, own = scene
    client = seated(own) if who == "own-learner" else Client()
    if who in own.staff:
        client.force_login(own.staff[who])
    trial = try_everything(who, client, foreign, routes(), ("get", "post") if who in WRITERS else ("get",))
    _write_list(trial)
    assert not trial.problems, f"{len(trial.problems)} problems:\n" + "\n".join(trial.problems)


def seated(own: Own) -> Client:
    """The browser of a terminal at which our own learner sits."""
    client = Client()
    client.cookies[middleware.TERMINAL_COOKIE] = own.terminal_token
    client.cookies[middleware.SEAT_COOKIE] = own.seat_token
    return client


def test_the_worlds_are_worth_the_name(scene, db):
    """An empty world, or a desk that is refused everything, would pass the walk as well: so both are looked at."""
    foreign, own = scene
    sources = set(foreign.names.values())
    assert {"people.Learner.full_name", "people.Organisation.name", "questions.Question.text"} <= sources
    assert len(foreign.names) > 100
    assert "青溪监管所" not in foreign.names and own.learner.full_name not in foreign.names
    client = Client()
    client.force_login(own.staff["own-everything"])
    assert own.learner.full_name in client.get(f"/admin/learners/{own.learner.pk}/").content.decode()
    assert own.learner.full_name in client.get("/admin/learners/").content.decode()
    assert seated(own).get("/learn/").status_code == 200
