"""Take the pictures of the guides again, from a running `lms demo`: docs/pictures/*.png, 120 KB at most each.

    python .ci/pictures.py --address http://127.0.0.1:8000            all of them
    python .ci/pictures.py --address http://127.0.0.1:8000 register   those named

The way to each screen is the words that somebody would press, so a picture that cannot be taken means a guide that is not true
any more. A learner's exam is begun and everybody else at the terminals is signed out; nothing is signed.
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
LIMIT = 120_000  # bytes
DESK, TERMINAL, PHONE = (1366, 900), (1366, 768), (360, 760)
PASSWORD = "qihang-demo"  # noqa: S105  (of the demonstration, printed by it)
LEARNER = "100004"
CHROMIUM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")


@dataclass(frozen=True)
class Shot:
    """A picture: its file, who signs in ("" for nobody, a number for a learner), and how to get there."""

    name: str
    account: str
    walk: Callable[[Page], None]
    size: tuple[int, int] = DESK


def to(path: str, *presses: str) -> Callable[[Page], None]:
    """Open an address, then press words one after the other."""

    def walk(page: Page) -> None:
        page.goto(path)
        for words in presses:
            press(page, words)

    return walk


def press(page: Page, words: str) -> None:
    """Press the first link or button in the main part that says `words`."""
    main = page.locator("main")
    link = main.get_by_role("link", name=words).or_(main.get_by_role("button", name=words))
    link.or_(main.locator("summary", has_text=words)).first.click()
    page.wait_for_load_state()


def running_class(page: Page) -> None:
    page.goto("/admin/classes/")
    page.locator("main tr", has_text="上课中").filter(has_text="焊工").get_by_role("link").first.click()
    page.wait_for_load_state()


def a_valid_certificate(page: Page) -> None:
    page.goto("/admin/certificates/")
    page.locator("main tbody tr", has_text="有效").get_by_role("link").first.click()
    page.wait_for_load_state()


def one_question(page: Page) -> None:
    page.goto("/admin/banks/")
    page.locator("main tbody tr", has_text="焊工").get_by_role("link").first.click()
    page.wait_for_load_state()
    page.locator("main tbody a[href*='/questions/']").first.click()
    page.wait_for_load_state()


def publishing(page: Page) -> None:
    page.goto("/admin/")
    press(page, "打开")
    page.get_by_role("button", name="动作").first.click()
    page.get_by_role("link", name="发布整门课").click()
    page.wait_for_load_state()


def in_the_exam(page: Page) -> None:
    page.goto("/exam/")
    page.locator("main form button").first.click()
    page.wait_for_selector("[data-question]")
    if not page.locator("[data-question] input:checked").count():
        page.locator("[data-question] .q-choice__label").first.click()
        page.wait_for_selector("text=已保存")


def checked(page: Page) -> None:
    number, name = page.context.certificate  # type: ignore[attr-defined]
    page.goto("/verify")
    page.locator("main input[type=text], main input:not([type])").nth(0).fill(number)
    page.locator("main input[type=text], main input:not([type])").nth(1).fill(name)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


SHOTS = (
    Shot("terminal", "terminal", to("/t/"), TERMINAL),
    Shot("lesson", LEARNER, to("/learn/"), TERMINAL),
    Shot("exam", LEARNER, in_the_exam, TERMINAL),
    Shot("trainer", "trainer_wang", to("/admin/")),
    Shot("register", "trainer_wang", to("/admin/", "标考勤")),
    Shot("invigilator", "invigilator_1", to("/admin/", "去监考")),
    Shot("examiner", "examiner_1", to("/admin/", "录成绩")),
    Shot("question", "author_sun", one_question),
    Shot("publish", "reviewer_zhao", publishing),
    Shot("classrooms", "officer_a", to("/admin/terminals/")),
    Shot("cards", "officer_a", to("/admin/terminals/cards/")),
    Shot("class", "admin_prison", running_class),
    Shot("certificate", "admin_provider", a_valid_certificate),
    Shot("sign", "admin_city", to("/admin/waiting/", "证书换发")),
    Shot("targets", "admin_city", to("/admin/targets/?asof=2025-09-30")),
    Shot("journal", "auditor_1", to("/admin/journal/?first=&thing=2025-WELD-01")),
    Shot("ledger", "auditor_1", to("/admin/tables/", "证书登记册", "去年")),
    Shot("check", "", to("/verify"), PHONE),
    Shot("valid", "certificate", checked, PHONE),
)


def found(pattern: str, page: Page) -> str:
    """What the main part of a page says. Refuses (LookupError) a page that does not say it."""
    match = re.search(pattern, page.locator("main").inner_text())
    if match is None:
        raise LookupError(f"{page.url} does not show {pattern}")
    return match[1]


def sign_in(page: Page, account: str) -> None:
    page.goto("/staff/login/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/**")


def become_terminal(browser: Browser, address: str, page: Page) -> None:
    """A new code for the last terminal of the room, as the site's administrator gives one; this browser becomes it."""
    with desk(browser, address, DESK) as office:
        sign_in(office, "admin_prison")
        office.goto("/admin/terminals/")
        while office.locator("main button", has_text="让他下课").count():  # an exam that is open stays at its terminal
            office.locator("main button", has_text="让他下课").last.click()
            office.wait_for_load_state()
        office.locator("main a", has_text="新登记码").last.click()
        office.wait_for_load_state()
        press(office, "生成登记码")
        code = found(r"\b([2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4})\b", office)
    page.goto(f"/t/enrol/?code={code}")
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def sit_down(page: Page, number: str) -> None:
    """A learner signs in at this terminal; in the demo the PIN is the number."""
    for field, path in (("#number", "**/pin/**"), ("main input[name=pin]", "**/learn/**")):
        if field == "#number":
            page.goto("/t/number/")
        page.locator(field).fill(number)
        page.locator("main form button.q-btn").last.click()
        page.wait_for_url(path)


def find_certificate(browser: Browser, address: str) -> tuple[str, str]:
    """Number and name of a valid one, as the school sees them."""
    with desk(browser, address, DESK) as office:
        sign_in(office, "admin_provider")
        a_valid_certificate(office)
        number = found(r"\b(\d{4} \d{4} \d{4} \d{4} [\dX]{2})\b", office)
        return number.replace(" ", ""), found(r"姓名\s*(\S+)", office)


@contextmanager
def desk(browser: Browser, address: str, size: tuple[int, int]) -> Iterator[Page]:
    """A browser of its own, in Chinese."""
    context = browser.new_context(
        base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": size[0], "height": size[1]},
        reduced_motion="reduce",
    )  # fmt: skip
    try:
        yield context.new_page()
    finally:
        context.close()


def keep(png: bytes, name: str) -> int:
    """Fewer colours, until it is small enough. Refuses (SystemExit) what stays too large."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32):
        small = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if small.tell() <= LIMIT:
            (FOLDER / f"{name}.png").write_bytes(small.getvalue())
            return small.tell()
    sys.exit(f"{name}: {small.tell()} bytes with 32 colours")


def take(browser: Browser, address: str, shots: list[Shot]) -> int:
    """Take them one after the other; those of one account share its browser. Returns how many failed."""
    failed = 0
    by_account: dict[str, list[Shot]] = {}
    for shot in shots:
        by_account.setdefault("seat" if shot.account in {"terminal", LEARNER} else shot.account, []).append(shot)
    for account, mine in by_account.items():
        with desk(browser, address, mine[0].size) as page:
            if account == "seat":
                become_terminal(browser, address, page)
            elif account == "certificate":
                page.context.certificate = find_certificate(browser, address)  # type: ignore[attr-defined]
            elif account:
                sign_in(page, account)
            for shot in mine:
                if shot.account == LEARNER and "/learn/" not in page.url and "/exam/" not in page.url:
                    sit_down(page, LEARNER)
                try:
                    shot.walk(page)
                    page.wait_for_timeout(400)  # fonts and icons
                    print(f"{shot.name:<14}{keep(page.screenshot(), shot.name) / 1000:6.0f} KB  {page.url}", flush=True)
                except Exception as problem:
                    failed += 1
                    print(f"{shot.name:<14}failed at {page.url}: {str(problem).splitlines()[0]}", file=sys.stderr)
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description="Take the pictures of the guides again.")
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("names", nargs="*", help="only these")
    options = parser.parse_args()
    shots = [shot for shot in SHOTS if not options.names or shot.name in options.names]
    with sync_playwright() as playwright:
        program = next((path for path in CHROMIUM if os.path.exists(path)), None)
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--lang=zh-CN"]
        )
        try:
            return int(bool(take(browser, options.address.rstrip("/"), shots)))
        finally:
            browser.close()


if __name__ == "__main__":
    sys.exit(main())
