"""What browser tests of the classroom share: a place with terminals and learners, and measures of a page."""

from dataclasses import dataclass

from courses.people import actions as people
from courses.people.models import Learner, Organisation, Room
from courses.terminals import actions, middleware
from courses.terminals.models import Terminal


@dataclass
class Classroom:
    prison: Organisation
    room: Room
    terminals: dict[str, Terminal]
    tokens: dict[str, str]
    zhou: Learner  # 62, large text
    wang: Learner


def build_classroom() -> Classroom:
    prison = people.add_organisation(name="江州监狱", kind=Organisation.Kind.PRISON, by=None)
    room = Room.objects.create(organisation=prison, name="电教室")
    terminals, tokens = {}, {}
    for name in ("T-03", "T-07"):
        terminals[name], tokens[name] = actions.enrol_terminal(organisation=prison, name=name, room=room, by=None)
    learners = []
    for number, name, large in (("100004", "周大山", True), ("100001", "王国强", False)):
        learner = people.register_learner(
            full_name=name, learner_no=number, gender="male", organisation=prison, large_text=large, by=None
        )
        actions.issue_card(learner=learner, by=None, organisation=prison, pin=number)
        learners.append(learner)
    return Classroom(prison, room, terminals, tokens, *learners)


def terminal_cookie(live_server, token):
    return {"name": middleware.TERMINAL_COOKIE, "value": token, "url": live_server.url, "httpOnly": True}


def seat_at(page, live_server, token, learner_no, pin=None):
    """Sits a learner down at the terminal of a token, without going through the pages."""
    terminal = Terminal.objects.get(token_hash=actions_digest(token))
    _session, seat = actions.sign_in(terminal=terminal, learner_no=learner_no, pin=pin or learner_no)
    page.context.add_cookies(
        [
            terminal_cookie(live_server, token),
            {"name": middleware.SEAT_COOKIE, "value": seat, "url": live_server.url, "httpOnly": True},
        ]
    )


def actions_digest(token):
    from courses.terminals.rules import digest

    return digest(token)


def contrast(page, least=7.0):
    """Every text of the page against what is painted behind it: at least 7 : 1."""
    weak = page.evaluate(CONTRAST)
    assert [one for one in weak if one[1] < least] == []


def small_targets(page, least=48):
    """Six-four: nothing that a learner presses is lower than 48 px."""
    assert page.evaluate(LOW, least) == []


def small_letters(page, least=20):
    """Six-four: no word is smaller than 20 px."""
    assert page.evaluate(SMALL, least) == []


def no_way_out(page):
    """T9: no link or form leads anywhere else, opens another window, a mail program or a download."""
    found = page.evaluate(
        """() => [...document.querySelectorAll("[target], [download], a[href], form[action], iframe, object, embed")]
            .filter(one => one.matches("[target], [download], iframe, object, embed") ||
                new URL(one.getAttribute("href") ?? one.getAttribute("action"), location.href).origin !== location.origin)
            .map(one => one.outerHTML)"""
    )
    assert found == []


CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => { const f = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
  const behind = one => { for (; one; one = one.parentElement) { const c = rgb(getComputedStyle(one).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.offsetParent || one.closest("script, noscript, .q-sr, [disabled]")) continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    found.push([walker.currentNode.data.trim().slice(0, 40), (a + 0.05) / (b + 0.05)]);
  }
  return found;
}"""

LOW = """least => [...document.querySelectorAll("a, button, summary, input:not([type=hidden])")]
  .filter(one => !one.matches(".q-sr, .q-skip") && one.offsetParent)
  .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height]).filter(([, height]) => height < least)"""

SMALL = """least => [...document.querySelectorAll("body *")]
  .filter(one => one.offsetParent && !one.closest(".q-sr, script, noscript, svg") &&
    [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
  .map(one => [one.outerHTML.slice(0, 80), parseFloat(getComputedStyle(one).fontSize)]).filter(([, size]) => size < least)"""
