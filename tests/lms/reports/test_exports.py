"""Taking tables out: the same rows everywhere, full numbers with two signatures, long ones in the background (PRV-1, PRV-2)."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from courses.journal.models import JournalEntry
from courses.people import actions as people
from courses.people.models import Countersign, Organisation
from courses.people.permissions import Role
from courses.sheets import read
from lms.reports import actions, tasks
from lms.reports.actions import asking, making
from lms.reports.models import ReportExport
from lms.reports.registry import REPORTS, report
from lms.reports.rules import Period
from lms.reports.scope import Scope
from lms.reports.sheet import scope_text
from lms.reports.tables import text_of
from tests.courses.building import staff

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)
State = ReportExport.State
FULL = "990101198804120110"


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """Wake-up calls are counted, not sent."""
    calls = []
    monkeypatch.setattr(tasks.make_export, "delay", calls.append)
    return calls


def ask(story, code="ledger", file_format="xlsx", by=None, **more):
    return actions.ask_export(
        report=report(code), scope=more.pop("scope", Scope()), period=YEAR, file_format=file_format,
        by=by or story.world.admin_prison, **more,
    )  # fmt: skip


def content(export):
    with export.file.open("rb") as file:
        return read(BytesIO(file.read()))


def table_in(export):
    """Headings and rows of a file, without the lines above them."""
    found = report(export.report)
    lines = content(export)
    start = next(index for index, line in enumerate(lines) if line[0] == str(found.columns[0].heading))
    return lines[start], lines[start + 1 :]


@pytest.mark.parametrize("code", [one.code for one in REPORTS])
def test_screen_csv_xlsx_and_paper_show_equal_cells(story, desk, code):
    user, found = story.world.admin_city, report(code)
    screen = [tuple(text_of(value) for value in row) for row in found.rows(user, Scope(), YEAR)]
    assert screen
    for file_format in ("csv", "xlsx"):
        export = actions.make_export(export=ask(story, code, file_format, user))
        headings, rows = table_in(export)
        assert headings == tuple(str(column.heading) for column in found.columns)
        assert [tuple(cell or "—" for cell in row) for row in rows] == screen
        assert (export.state, export.rows_done, export.rows_total) == (State.DONE, len(screen), len(screen))
    client, asked = desk(user), {"first": "2025-01-01", "last": "2025-12-31"}
    page = client.get(found.url(Scope(), YEAR))
    paper = client.post(f"/admin/tables/{code}/paper/", asked)
    for response in (page, paper):
        assert [tuple(text for text, _number in line) for line in response.context["lines"]] == screen


def test_the_page_on_paper_names_what_it_is_about_in_the_place_of_the_form(story, desk):
    """Ctrl+P prints the rows: the style sheet hides the form, so its period and scope are said in a line."""
    page = desk(story.world.admin_prison).get(report("ledger").url(Scope(), YEAR)).content.decode()
    assert f'<p class="q-onpaper">{scope_text(Scope(), YEAR)}</p>' in page
    css = Path(finders.find("reports/reports.css")).read_text()
    printed = css[css.rindex("@media print") :]
    assert ".q-reportform, .q-reportbar form { display: none; }" in printed
    assert ".q-onpaper { display: block; }" in printed


def test_a_short_table_comes_at_once_and_leaves_a_record(story, desk, no_broker):
    user = story.world.admin_prison
    response = desk(user).post(
        "/admin/tables/ledger/export/", {"first": "2025-01-01", "last": "2025-12-31", "format": "csv"}
    )
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith('attachment; filename="ledger-20250101-20251231-')
    assert "no-store" in response["Cache-Control"]
    body = b"".join(response.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    assert "990101********0110" in body.decode()
    assert FULL not in body.decode()
    export = ReportExport.objects.get()
    assert (export.state, export.asked_by, export.rows_total) == (State.DONE, user, 7)
    assert [entry.verb for entry in JournalEntry.objects.filter(object_label="reports.reportexport")] == [
        "reports.export", "reports.make_file",
    ]  # fmt: skip
    assert no_broker == []


def test_paper_leaves_a_record_too(story, desk):
    response = desk(story.world.admin_prison).post(
        "/admin/tables/unmarked/paper/", {"first": "2025-01-01", "last": "2025-12-31"}
    )
    assert "admin_prison" in response.content.decode()
    assert ReportExport.objects.get().file_format == "print"
    assert JournalEntry.objects.filter(verb="reports.export").count() == 1


# --- full identity numbers ----------------------------------------------------------------------------------------------
def test_prv_2_full_numbers_need_a_reason_an_organisation_and_a_second_person(story, no_broker):
    world = story.world
    with pytest.raises(ValidationError, match="needed for"):
        ask(story, full_ids=True, scope=Scope(organisation=world.prison))
    with pytest.raises(ValidationError, match="Choose the organisation"):
        ask(story, full_ids=True, reason="上级核查")
    with pytest.raises(ValidationError, match="no identity numbers"):
        ask(story, "unmarked", full_ids=True, reason="上级核查", scope=Scope(organisation=world.prison))
    for user in (world.trainer, world.admin_provider, world.officer):
        with pytest.raises(PermissionDenied):
            ask(story, full_ids=True, reason="上级核查", scope=Scope(organisation=world.prison), by=user)
    export = ask(story, full_ids=True, reason="上级核查", scope=Scope(organisation=world.prison))
    assert export.state == State.WAITING
    assert actions.make_export(export=export).state == State.WAITING  # nobody has signed
    with pytest.raises(PermissionDenied):
        actions.decide_export(export=export, by=world.admin_prison, approve=True)
    with pytest.raises(PermissionDenied):
        actions.decide_export(export=export, by=world.officer, approve=True)
    assert Countersign.objects.waiting_for(world.admin_two).get().act == "reports.export_full"
    assert no_broker == []


def test_prv_2_the_signed_file_has_full_numbers_and_names_both_people_and_the_reason(
    story, no_broker, django_capture_on_commit_callbacks
):
    world = story.world
    for file_format in ("xlsx", "csv"):
        export = ask(
            story, file_format=file_format, full_ids=True, reason="上级核查", scope=Scope(organisation=world.prison)
        )
        with django_capture_on_commit_callbacks(execute=True):
            actions.decide_export(export=export, by=world.admin_two, approve=True)
        assert no_broker.pop() == export.pk
        export = actions.make_export(export=export)
        text = "\n".join("|".join(line) for line in content(export))
        assert FULL in text
        mark = next(line[0] for line in content(export) if line[0].startswith("FULL IDENTITY NUMBERS."))
        assert "admin_two" in mark
        assert "上级核查" in mark
        assert any("admin_prison" in line[0] for line in content(export))
    verbs = JournalEntry.objects.filter(object_id=str(export.pk), object_label="reports.reportexport")
    assert list(verbs.order_by("sequence").values_list("verb", flat=True)) == [
        "reports.export", "reports.sign_export", "reports.make_file",
    ]  # fmt: skip
    assert not JournalEntry.objects.filter(reason__contains=FULL).exists()


def test_prv_2_full_numbers_only_where_both_people_may_open_them(story):
    """The school's list reaches into the prison; who signs for the city may open numbers everywhere, who asks may not."""
    world = story.world
    other = people.add_organisation(name="江北监狱(演示)", kind=Organisation.Kind.PRISON, parent=world.city, by=None)
    asker = staff("admin_other", Role.SITE_ADMIN, other)
    people.appoint(user=asker, role=Role.OFFICER, organisation=world.prison, by=None)
    export = ask(story, full_ids=True, reason="核查", scope=Scope(organisation=other), by=asker)
    actions.decide_export(export=export, by=world.admin_city, approve=True)
    assert FULL not in str(content(actions.make_export(export=export)))
    ReportExport.objects.filter(pk=export.pk).update(scope_organisation=world.city, state=State.ASKED, tries=0)
    assert FULL not in str(content(actions.make_export(export=export)))


def test_a_refused_export_is_not_made(story):
    export = ask(story, full_ids=True, reason="x", scope=Scope(organisation=story.world.prison))
    with pytest.raises(ValidationError, match="Say why"):
        actions.decide_export(export=export, by=story.world.admin_two, approve=False)
    actions.decide_export(export=export, by=story.world.admin_two, approve=False, comment="理由不足")
    assert actions.make_export(export=export).state == State.REFUSED


# --- in the background --------------------------------------------------------------------------------------------------
@pytest.fixture
def long(monkeypatch):
    """Seven rows are long today, and a chunk is two."""
    monkeypatch.setattr(asking, "SHORT", 3)
    monkeypatch.setattr(actions, "SHORT", 3)
    monkeypatch.setattr(making, "CHUNK", 2)


def test_a_long_table_is_queued_and_its_page_shows_how_far_it_is(
    story, desk, long, no_broker, django_capture_on_commit_callbacks
):
    client = desk(story.world.admin_prison)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/admin/tables/ledger/export/", {"first": "2025-01-01", "last": "2025-12-31", "format": "xlsx"}
        )
    export = ReportExport.objects.get()
    assert response.url == f"/admin/tables/exports/{export.pk}/"
    assert no_broker == [export.pk]
    page = client.get(response.url).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert client.get(f"{response.url}file/").status_code == 404
    tasks.make_export(export.pk)
    page = client.get(response.url).content.decode()
    assert "Download the file" in page
    assert "http-equiv" not in page
    assert client.get(f"{response.url}file/").status_code == 200


def test_two_clicks_are_one_export(story, long):
    assert ask(story).pk == ask(story).pk
    assert ask(story, file_format="csv").pk != ask(story).pk
    assert ReportExport.objects.count() == 2


def test_a_file_that_was_killed_is_made_anew_by_the_sweep(story, long, monkeypatch):
    export = ask(story)

    def killed(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(making, "write_xlsx", killed)
        actions.make_export(export=export)
    export.refresh_from_db()
    assert (export.state, export.tries) == (State.WORKING, 1)
    assert actions.resume_exports() == 0  # it may still be alive
    assert actions.make_export(export=export).state == State.WORKING
    assert actions.resume_exports(at=timezone.now() + timedelta(minutes=3)) == 1
    export.refresh_from_db()
    assert (export.state, export.tries, export.rows_done) == (State.DONE, 2, 7)


def test_an_export_that_nobody_was_told_of_is_taken_up_by_the_sweep(story, long):
    export = ask(story)
    assert actions.resume_exports(at=timezone.now() + timedelta(minutes=3)) == 1
    export.refresh_from_db()
    assert export.state == State.DONE


def test_who_was_overtaken_stops_and_writes_nothing(story, long, monkeypatch):
    export = ask(story)
    real = making.write_xlsx

    def overtaken(file, columns, rows, **more):
        ReportExport.objects.filter(pk=export.pk).update(tries=2)
        return real(file, columns, rows, **more)

    monkeypatch.setattr(making, "write_xlsx", overtaken)
    found = actions.make_export(export=export)
    assert (found.state, bool(found.file)) == (State.WORKING, False)


def test_who_was_overtaken_and_fails_late_leaves_the_good_file(story, long, monkeypatch):
    """Its last try was taken for dead, another worker has made the file since."""
    export = ask(story)

    def late(*_args, **_more):
        ReportExport.objects.filter(pk=export.pk).update(state=State.DONE)
        raise OSError("disk full")

    ReportExport.objects.filter(pk=export.pk).update(tries=making.TRIES - 1)
    monkeypatch.setattr(making, "write_xlsx", late)
    assert actions.make_export(export=export).state == State.DONE
    assert not JournalEntry.objects.filter(verb="reports.give_up").exists()


def test_after_three_failures_it_is_given_up_with_a_sentence(story, long, monkeypatch):
    export = ask(story)

    def broken(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(making, "write_xlsx", broken)
    later = timezone.now()
    for _again in range(2):
        with pytest.raises(OSError, match="disk"):
            actions.make_export(export=export, at=later)
        later += timedelta(minutes=3)
    found = actions.make_export(export=export, at=later)
    assert found.state == State.FAILED
    assert found.problem.startswith("It did not work three times")


def test_who_lost_the_right_meanwhile_gets_no_file(story, long):
    export = ask(story)
    people.end_post(post=story.world.admin_prison.posts.get(), by=None)
    found = actions.make_export(export=export)
    assert found.state == State.FAILED
    assert "may no longer see" in found.problem


def test_files_are_deleted_after_some_days_and_the_record_stays(story, settings, django_capture_on_commit_callbacks):
    export = actions.make_export(export=ask(story))
    name, storage = export.file.name, export.file.storage
    assert storage.exists(name)
    assert actions.delete_old_files(at=timezone.now() + timedelta(days=settings.LMS_EXPORT_DAYS, minutes=-5)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.delete_old_files(at=timezone.now() + timedelta(days=settings.LMS_EXPORT_DAYS, minutes=5)) == 1
    assert not storage.exists(name)
    export.refresh_from_db()
    assert (export.state, bool(export.file)) == (State.DELETED, False)


# --- whose exports ------------------------------------------------------------------------------------------------------
def test_an_export_belongs_to_whoever_asked(story, desk):
    export = actions.make_export(export=ask(story))
    url = f"/admin/tables/exports/{export.pk}/"
    for user, status in ((story.world.admin_prison, 200), (story.world.admin_two, 404), (story.world.trainer, 404)):
        assert desk(user).get(url).status_code == status
        assert desk(user).get(f"{url}file/").status_code == status


def test_what_may_not_be_opened_is_not_there(story, desk):
    client = desk(story.world.officer)
    assert client.get("/admin/tables/ledger/").status_code == 200
    for path in ("exams/", "certificates/", "nothing/", "ledger/full/"):
        assert client.get(f"/admin/tables/{path}").status_code == 404
    assert client.post("/admin/tables/exams/export/", {"format": "csv"}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("first=2025-02-01&last=2025-01-01", "The last day is before the first."),
        ("class_no=2099-X", "There is no class with this number."),
        ("first=gestern", "Enter a valid date."),
        ("organisation=999999", "Select a valid choice."),
    ],
)
def test_a_wrong_wish_is_told_and_shows_no_rows(story, desk, typed, sentence):
    page = desk(story.world.admin_prison).get(f"/admin/tables/ledger/?{typed}")
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "page" not in page.context or "lines" not in page.context


def test_the_second_persons_page_shows_what_is_asked_and_signs(story, desk):
    world = story.world
    client = desk(world.admin_prison)
    url = f"/admin/tables/completed/full/?first=2025-01-01&last=2025-12-31&organisation={world.prison.pk}"
    answer = client.post(url, {"organisation": world.prison.pk, "reason": "上级核查", "file_format": "xlsx"})
    export = ReportExport.objects.get()
    assert answer.url == f"/admin/tables/exports/{export.pk}/"
    client = desk(world.admin_two)
    page = client.get(f"/admin/tables/decide/{export.countersign_id}/").content.decode()
    assert "上级核查" in page
    assert "江州监狱(演示)" in page
    assert (
        client.post(f"/admin/tables/decide/{export.countersign_id}/", {"approve": "1", "comment": ""}).status_code
        == 302
    )
    export.refresh_from_db()
    assert export.state == State.ASKED


def test_tgt_8_the_link_of_a_figure_opens_exactly_its_rows(story, desk):
    scope = Scope(organisation=story.world.prison, training_class=story.done, category="inmate")
    for one in (report("completed"), report("exams"), report("ledger")):
        page = desk(story.world.admin_city).get(one.url(scope, YEAR))
        assert page.context["page"].paginator.count == one.count(story.world.admin_city, scope, YEAR) > 0
