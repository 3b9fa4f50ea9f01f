"""The exam itself: one question to a page. Plain views, no Django session, no page tree: this is the hottest path."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.exams import actions
from courses.exams.actions.closing import facts_of
from courses.exams.actions.grading import ANSWERS
from courses.exams.booklet import Booklet
from courses.exams.models import Answer, Attempt
from courses.exams.rules.clock import whole_seconds
from courses.exams.rules.protocol import Facts, Reply
from courses.exams.views.replies import CODES, body_of, json_reply, refused, see, see_paper, token_in, wants_json
from courses.prepared import Prepared
from courses.questions.types import Refused
from courses.terminals.permissions import learner_required

View = Callable[..., HttpResponse]
MINE = Prepared(
    lambda pk, learner: (
        Attempt.objects.select_related("sitting__exam", "sitting__paper")
        .filter(pk=pk, entry__enrolment__learner=learner)
        .order_by()
    ),
    str,
    int,
)


def my_attempt(view: View) -> View:
    """Gives the view this learner's own attempt; anybody else's is not there."""

    @wraps(view)
    def with_attempt(request: HttpRequest, attempt: str, **kwargs: Any) -> HttpResponse:
        try:
            found = MINE.one(attempt, request.learner.pk)  # type: ignore[attr-defined]
        except Attempt.DoesNotExist:
            raise Http404
        return view(request, found, **kwargs)

    return learner_required(with_attempt)


def _holds(request: HttpRequest, attempt: Attempt) -> bool:
    return actions.holds(attempt, request.terminal, token_in(request))  # type: ignore[attr-defined]


def _no_paper(
    request: HttpRequest, attempt: Attempt, facts: Facts | None = None, number: int | None = None
) -> HttpResponse | None:
    """The page that a learner sees instead of the questions, if there is one. `number`: the question that was asked for."""
    if attempt.state != Attempt.State.OPEN:
        return see("exams:receipt", attempt.pk)
    if not _holds(request, attempt):
        if attempt.terminal_id in (None, request.terminal.pk):  # type: ignore[attr-defined]
            return see("exams:mine")  # the browser was closed, or the seat was moved here: "go on" is there
        return render(request, "exams/sit/elsewhere.html", {"terminal": attempt.terminal}, status=409)
    facts = facts or facts_of(attempt)
    now = timezone.now()
    if facts.is_over(now):
        return render(request, "exams/sit/over.html", _frame(attempt, 0, "over"), status=410)
    if facts.still_since() is not None:
        return _covered(request, attempt, facts, at_number=number or attempt.at_number)
    return None


def _covered(request: HttpRequest, attempt: Attempt, facts: Facts, **more: Any) -> HttpResponse:
    left = whole_seconds(facts.left(timezone.now()))
    given = Answer.objects.filter(attempt=attempt, value__isnull=False).count()
    context = _frame(attempt, left, "paused") | {"since": facts.still_since(), "given": given, **more}
    return render(request, "exams/sit/paused.html", context, status=CODES[Reply.PAUSED])


def _frame(attempt: Attempt, left: int, mode: str) -> dict[str, Any]:
    """What every page of an open paper shows."""
    return {
        "mode": mode,
        "attempt": attempt, "exam": attempt.sitting.exam, "where": attempt.sitting.exam.title, "left": left,
        "left_minutes": -(-left // 60), "minutes": -(-left // 60), "seconds": left % 60, "whole": left // 60,
        "total": len(attempt.order), "limit_minutes": (attempt.sitting.limit_seconds + attempt.extra_seconds) // 60,
        "ends_at": timezone.localtime(timezone.now() + timezone.timedelta(seconds=left)),
    }  # fmt: skip


def _overview(booklet: Booklet, answers: dict[int, Answer], now: int = 0) -> list[dict[str, Any]]:
    """The navigator: each number with what is known about it, and the words for the ear with an answer and without."""
    done_label, open_label = _("Question %(number)s, answered"), _("Question %(number)s, no answer yet")
    rows = []
    for page in booklet:
        answer = answers.get(page.item.position)
        rows.append({
            "number": page.number, "done": answer is not None and answer.value is not None,
            "flagged": answer is not None and answer.flagged, "now": page.number == now,
            "done_label": done_label % {"number": page.number}, "open_label": open_label % {"number": page.number},
        })  # fmt: skip
    return rows


def _answers(attempt: Attempt) -> dict[int, Answer]:
    return {answer.position: answer for answer in ANSWERS(attempt.pk)}


def _shown(page: Any, answer: Answer | None, typed: list[str] | None = None) -> dict[str, Any]:
    """One question for its template."""
    value = answer.value if answer else None
    posted = page.posted(value)
    return {
        "number": page.number, "item": page.item, "template": page.kind.template_name, "choices": page.choices(value),
        "seq": (answer.seq if answer else 0) + 1, "was": ",".join(posted), "typed": (typed or posted or [""])[0],
        "saved_at": answer.saved_at if answer and answer.seq else None, "flagged": bool(answer and answer.flagged),
    }  # fmt: skip


@require_GET
@my_attempt
def go_on(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Where the learner was."""
    return _no_paper(request, attempt) or see_paper(attempt)


@require_http_methods(["GET", "POST", "PUT"])
@learner_required
def question(request: HttpRequest, attempt: str, number: int) -> HttpResponse:
    """One question: GET shows it, PUT or POST stores the answer."""
    if request.method == "PUT" or (request.method == "POST" and wants_json(request)):
        return _save_by_script(request, attempt, number)
    if request.method == "POST":
        return _save_by_form(request, attempt, number)
    return _show(request, attempt=attempt, number=number)


@my_attempt
def _show(request: HttpRequest, attempt: Attempt, number: int, **more: Any) -> HttpResponse:
    booklet = Booklet.of(attempt)
    if booklet.page(number) is None:
        return see("exams:go_on", attempt.pk)
    facts = facts_of(attempt)
    return _no_paper(request, attempt, facts, number) or _question_page(
        request, attempt, facts, booklet, number, **more
    )


def _question_page(
    request: HttpRequest, attempt: Attempt, facts: Facts, booklet: Booklet, number: int, *, problem: str = "",
    typed: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    answers = _answers(attempt)
    page = booklet.pages[number - 1]
    overview = _overview(booklet, answers, number)
    others = [one for one in booklet if one is not page] if "all" in request.GET else []
    context = _frame(attempt, whole_seconds(facts.left(timezone.now())), "question") | {
        "question": _shown(page, answers.get(page.item.position), typed), "overview": overview, "problem": problem,
        "given": sum(row["done"] for row in overview), "newer": "newer" in request.GET, "first": number == 1,
        "last": number == len(booklet), "others": _sections(others, answers, len(booklet)),
    }  # fmt: skip
    return render(request, "exams/sit/question.html", context, status=CODES[Reply.REFUSED] if problem else 200)


def _sections(pages: list[Any], answers: dict[int, Answer], total: int) -> str:
    """Questions one after the other, as HTML. Made by itself: as deep inside the page as they stand, Python would fetch memory
    from the system anew for every line of them, which took half as long again."""
    questions = [_shown(page, answers.get(page.item.position)) for page in pages]
    return render_to_string("exams/sit/paper.html", {"questions": questions, "total": total}) if pages else ""


def _save_by_script(request: HttpRequest, attempt: str, number: int) -> HttpResponse:
    try:
        data = body_of(request)
        posted, seq, flag = data.get("answer", []), data.get("seq"), data.get("flag")
        if not isinstance(posted, list) or not all(isinstance(text, str) for text in posted):
            raise ValueError("answer")
        if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq < 2**31:
            raise ValueError("seq")
        if flag is not None and not isinstance(flag, bool):
            raise ValueError("flag")
        answered = _save(request, attempt, number, seq, posted, flag)
    except Refused as refusal:
        return refused(str(refusal))
    except ValueError:
        return JsonResponse({"reply": Reply.REFUSED}, status=400)
    return json_reply(answered, Booklet.of(answered.attempt), number)


def _save_by_form(request: HttpRequest, attempt: str, number: int) -> HttpResponse:
    posted = [text for text in request.POST.getlist("answer") if text.strip()]
    typed_seq = request.POST.get("seq", "")
    unchanged = request.POST.get("was", "") == ",".join(posted)
    seq = int(typed_seq) - unchanged if typed_seq.isdecimal() and len(typed_seq) < 9 else 0
    flag = {"on": True, "off": False}.get(request.POST.get("flag", ""))
    try:
        go = request.POST.get("go", "" if flag is not None else "next")
        answered = _save(request, attempt, number, max(0, seq), posted, flag, _target(number, go))
    except Refused as refusal:
        return _show(request, attempt=attempt, number=number, problem=str(refusal), typed=posted)
    reply, row = answered.reply, answered.attempt
    if reply == Reply.PAUSED:
        return _covered(request, row, answered.facts, at_number=number, number=number, kept=posted, seq=seq)
    if reply in (Reply.LATE, Reply.CLOSED):
        return see("exams:receipt", row.pk)
    if reply == Reply.ELSEWHERE:
        return _no_paper(request, row) or see("exams:mine")
    if reply == Reply.STALE and not unchanged:
        response = see("exams:question", row.pk, number)
        response["Location"] += "?newer"
        return response
    return _next(row, number, len(row.order), go)


def _save(
    request: HttpRequest, attempt: str, number: int, seq: int, posted: list[str], flag: bool | None,
    shown_next: int | None = None,
) -> actions.Answered:  # fmt: skip
    try:
        return actions.answer_page(
            attempt=attempt, learner=request.learner, number=number, seq=seq, posted=posted, flagged=flag,  # type: ignore[attr-defined]
            shown_next=shown_next, terminal=request.terminal, token=token_in(request),  # type: ignore[attr-defined]
        )  # fmt: skip
    except Attempt.DoesNotExist:
        raise Http404


def _next(attempt: Attempt, number: int, total: int, go: str) -> HttpResponse:
    """Where a button leads: `prev`, `next`, `review`, a number; else the same question."""
    if go == "review" or (go == "next" and number == total):
        return see("exams:review", attempt.pk)
    return see("exams:question", attempt.pk, min(max(1, _target(number, go)), total))


def _target(number: int, go: str) -> int:
    """The number to which a button leads; may lie outside the paper."""
    return {"prev": number - 1, "next": number + 1}.get(go, int(go) if go.isdecimal() and len(go) < 4 else number)


@require_GET
@my_attempt
def paper(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """All questions in one reply, for the script: after this the network may rest and the learner goes on."""
    if attempt.state != Attempt.State.OPEN or not _holds(request, attempt):
        return HttpResponse(status=CODES[Reply.ELSEWHERE])
    if facts_of(attempt).still_since() is not None:
        return HttpResponse(status=CODES[Reply.PAUSED])
    booklet, answers = Booklet.of(attempt), _answers(attempt)
    return HttpResponse(_sections(booklet.pages, answers, len(booklet)))


@require_GET
@my_attempt
def review(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Everything once more before handing in: what has no answer, what has a mark."""
    facts = facts_of(attempt)
    return _no_paper(request, attempt, facts) or _review_page(request, attempt, facts)


def _review_page(request: HttpRequest, attempt: Attempt, facts: Facts, *, differs: bool = False) -> HttpResponse:
    overview = _overview(Booklet.of(attempt), _answers(attempt))
    missing = [row["number"] for row in overview if not row["done"]]
    context = _frame(attempt, whole_seconds(facts.left(timezone.now())), "review") | {
        "overview": overview, "missing": missing, "given": len(overview) - len(missing), "differs": differs,
        "flagged": [row["number"] for row in overview if row["flagged"]],
    }  # fmt: skip
    return render(request, "exams/sit/review.html", context, status=CODES[Reply.DIFFERS] if differs else 200)


@require_POST
@my_attempt
def submit(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """Hand in. Twice is once."""
    believed = request.POST.get("believed", "")
    handed_in = actions.submit(
        attempt=attempt, terminal=request.terminal, token=token_in(request),  # type: ignore[attr-defined]
        believed=int(believed) if believed.isdecimal() and len(believed) < 4 else None,
    )  # fmt: skip
    if handed_in.reply == Reply.DIFFERS:
        return _review_page(request, attempt, facts_of(attempt), differs=True)
    if handed_in.reply in (Reply.PAUSED, Reply.ELSEWHERE):
        return _no_paper(request, handed_in.attempt) or see("exams:review", attempt.pk)
    return see("exams:receipt", attempt.pk)


@require_POST
@my_attempt
def beat(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """The page is there. It learns how much time is left and whether the room stands still."""
    try:
        number = body_of(request).get("number")
    except ValueError:
        number = None
    answered = actions.beat(
        attempt=attempt, terminal=request.terminal, token=token_in(request),  # type: ignore[attr-defined]
        number=number if isinstance(number, int) and not isinstance(number, bool) else None,
    )  # fmt: skip
    return json_reply(answered)


@require_POST
@my_attempt
def hand(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """举手: call the invigilator, or take the hand down."""
    attempt = actions.raise_hand(attempt=attempt, up=request.POST.get("up") != "0")
    if wants_json(request):
        return JsonResponse({"up": attempt.hand_raised_at is not None})
    return see("exams:go_on", attempt.pk)
