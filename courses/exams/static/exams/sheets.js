// The questions of this attempt: which one is shown, what is ticked, what the server has of it.
import { sleep } from "./saving.js";

const IDLE = 1000; // after the last key
const LONGEST = 2000; // after the first (EXM-5)
const KEYS = "ABCDEFGH";

export class Sheets {
  constructor(form, told) {
    this.form = form;
    this.told = told;
    this.number = Number(told.number);
    this.total = Number(told.total);
    this.place = form.querySelector("[data-place]");
    this.items = new Map([...form.querySelectorAll("[data-item]")].map((item) => [Number(item.dataset.item), item]));
    this.byNumber = new Map();
    this.whole = false; // whether all questions are here
    this.troubled = "";
    this.keep(this.place.querySelector("[data-question]"));
    const others = form.querySelector("[data-others]")?.content.querySelectorAll("[data-question]") ?? [];
    for (const section of others) this.keep(document.adoptNode(section));
    this.whole = this.byNumber.size === this.total;
  }

  begin(saver, leave) {
    this.saver = saver;
    this.leave = leave;
    saver.drained = () => this.wanted && leave(this.wanted);
    this.form.addEventListener("change", (event) => event.target.name === "answer" && this.changed());
    this.form.addEventListener("input", (event) => event.target.inputMode === "decimal" && this.typed());
    this.form.addEventListener("submit", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("visibilitychange", () => this.flush());
    for (const leaving of ["beforeunload", "pagehide"]) window.addEventListener(leaving, () => this.part(leaving));
    this.sheet.section.querySelector("[inputmode=decimal]")?.focus();
    this.status();
    this.form.dataset.live = ""; // keys are heard from here on
    this.fetchAll();
  }

  address(number) {
    return this.told.questionUrl.replace(/0\/$/, `${number}/`);
  }

  keep(section) {
    const number = Number(section.dataset.question);
    if (this.byNumber.has(number)) return;
    this.byNumber.set(number, {
      section,
      used: Number(section.dataset.seq) - 1, // the highest number that was given away
      last: this.read(section).join(","),
      savedAt: section.dataset.savedAt,
      flagged: section.hasAttribute("data-flagged"),
    });
  }

  async fetchAll() {
    for (let wait = 1000; !this.whole; wait = Math.min(8000, wait * 2)) {
      try {
        const response = await fetch(this.told.paperUrl, { headers: { Accept: "text/html" } });
        if (response.ok) {
          const page = new DOMParser().parseFromString(await response.text(), "text/html");
          for (const section of page.querySelectorAll("[data-question]")) this.keep(document.adoptNode(section));
          this.whole = this.byNumber.size === this.total;
        }
      } catch {
        // the plain pages do until then
      }
      if (!this.whole) await sleep(wait);
    }
  }

  get sheet() {
    return this.byNumber.get(this.number);
  }

  read(section) {
    const fields = [...section.querySelectorAll("[name=answer]")];
    const given = fields.filter((field) => (field.type === "text" ? field.value.trim() : field.checked));
    return given.map((field) => field.value.trim());
  }

  // --- saving ----------------------------------------------------------------------------------------------------------
  typed() {
    window.clearTimeout(this.idle);
    this.idle = window.setTimeout(() => this.changed(), IDLE);
    this.latest ??= window.setTimeout(() => this.changed(), LONGEST);
    this.status();
  }

  flush() {
    if (this.idle || this.latest) this.changed();
  }

  // The page goes away: what is typed goes first.
  part(leaving) {
    this.flush();
    if (leaving === "pagehide") this.saver.sendLast();
  }

  changed() {
    window.clearTimeout(this.idle);
    window.clearTimeout(this.latest);
    this.idle = this.latest = undefined;
    const sheet = this.sheet;
    const answer = this.read(sheet.section);
    if (answer.join(",") === sheet.last) return this.status();
    sheet.last = answer.join(",");
    sheet.used += 1;
    sheet.refusal = sheet.newer = "";
    this.saver.put(this.number, { seq: sheet.used, answer });
    this.status();
  }

  flag() {
    const sheet = this.sheet;
    this.flush();
    sheet.flagged = !sheet.flagged;
    const answer = sheet.last ? sheet.last.split(",") : [];
    this.saver.put(this.number, { seq: sheet.used, answer, flag: sheet.flagged });
    this.status();
  }

  stored(number, sent, reply) {
    const sheet = this.byNumber.get(number);
    if (reply.saved_at) sheet.savedAt = reply.saved_at;
    this.done(number, sent.answer.length > 0);
    this.later(() => this.status());
  }

  newer(number, sent, reply, saver) {
    const sheet = this.byNumber.get(number);
    const again = saver.waiting.get(number);
    sheet.used = Math.max(sheet.used, reply.seq);
    if (again && again !== sent) {
      sheet.used += 1; // changed here meanwhile: this is the newest
      saver.waiting.set(number, { ...again, seq: sheet.used });
      return;
    }
    for (const field of sheet.section.querySelectorAll("[name=answer]")) {
      if (field.type === "text") field.value = reply.answer[0] ?? "";
      else field.checked = reply.answer.includes(field.value);
    }
    sheet.last = reply.answer.join(",");
    sheet.savedAt = reply.saved_at || sheet.savedAt;
    this.done(number, reply.answer.length > 0);
    this.later(() => this.status());
  }

  refused(number, sent, reply) {
    const sheet = this.byNumber.get(number);
    sheet.used -= sheet.used === sent.seq ? 1 : 0; // nothing was stored under this number
    sheet.refusal = reply.sentence || "";
    sheet.last = null;
    this.later(() => this.status());
  }

  trouble(kind) {
    this.troubled = kind;
    this.status();
  }

  later(act) {
    window.setTimeout(act, 0); // after the saver has let go of the message
  }

  // --- showing ---------------------------------------------------------------------------------------------------------
  status() {
    const sheet = this.sheet;
    let kind = sheet.savedAt && this.read(sheet.section).length ? "saved" : "empty";
    if (sheet.refusal) kind = "refused";
    else if (this.saver.waiting.size && this.troubled) kind = this.troubled;
    else if (this.saver.holds(this.number) || this.idle) kind = "saving"; // also what is typed and not yet sent
    const line = this.form.querySelector("[data-status]");
    for (const word of line.querySelectorAll("[data-show]")) word.hidden = word.dataset.show !== kind;
    line.dataset.status = kind;
    line.querySelector("[data-saved-time]").textContent = sheet.savedAt;
    line.querySelector("[data-refusal]").textContent = sheet.refusal || "";
    const button = this.form.querySelector("[data-flag-button]");
    const word = button.querySelector("[data-word]");
    word.textContent = sheet.flagged ? word.dataset.on : word.dataset.off;
    button.setAttribute("aria-pressed", sheet.flagged);
    button.value = sheet.flagged ? "off" : "on";
    this.label(this.number);
  }

  done(number, is) {
    this.items.get(number).classList.toggle("q-nav__item--done", is);
    const given = this.form.querySelectorAll(".q-nav__item--done").length;
    this.form.querySelector("[data-given]").textContent = given;
    this.label(number);
  }

  label(number) {
    const item = this.items.get(number);
    const words = item.classList.contains("q-nav__item--done") ? item.dataset.doneLabel : item.dataset.openLabel;
    const flagged = this.byNumber.get(number)?.flagged ?? !item.querySelector("[data-flag]").hidden;
    item.querySelector("[data-flag]").hidden = !flagged;
    item.setAttribute("aria-label", flagged ? words + item.dataset.flagLabel : words);
  }

  show(number) {
    this.flush();
    const before = this.items.get(this.number);
    before.classList.remove("q-nav__item--now");
    before.removeAttribute("aria-current");
    document.title = document.title.replace(/\d+/, number);
    this.number = number;
    this.place.replaceChildren(this.sheet.section);
    const words = this.sheet.section.querySelector("[data-progress]").cloneNode(true).childNodes;
    this.form.querySelector("[data-progress-place]").replaceChildren(...words);
    this.form.action = this.address(number);
    this.items.get(number).classList.add("q-nav__item--now");
    this.items.get(number).setAttribute("aria-current", "true");
    this.form.querySelector("[data-prev]").disabled = number === 1;
    for (const banner of this.form.querySelectorAll(".q-banner")) banner.remove();
    window.history.replaceState(null, "", this.address(number));
    this.status();
    (this.sheet.section.querySelector("[inputmode=decimal]") ?? this.sheet.section.querySelector("h1")).focus();
    window.scrollTo(0, 0);
  }

  // --- moving ----------------------------------------------------------------------------------------------------------
  pressed(event) {
    event.preventDefault();
    const { name, value } = event.submitter ?? { name: "go", value: "next" };
    if (name === "flag") this.flag();
    else this.go(value);
  }

  go(where) {
    const number = { prev: this.number - 1, next: this.number + 1 }[where] ?? Number(where);
    if (where === "review" || number > this.total) this.away(this.told.reviewUrl);
    else if (number < 1) return;
    else if (this.byNumber.has(number)) this.show(number);
    else this.away(this.address(number));
  }

  away(address) {
    this.flush();
    if (this.saver.waiting.size) this.wanted = address; // first the answers, then the next page
    else this.leave(address);
  }

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = event.target;
    if (event.key === "PageDown" || event.key === "PageUp") {
      event.preventDefault();
      this.go(event.key === "PageDown" ? "next" : "prev");
    } else if (event.key === "Enter" && !at.closest("button, a, input, summary")) {
      event.preventDefault();
      this.go("next");
    } else if (at.inputMode !== "decimal") {
      const letter = KEYS[Number(event.key) - 1] ?? event.key.toUpperCase();
      const field = this.sheet.section.querySelector(`[name=answer][value="${CSS.escape(letter)}"]`);
      if (!field || field.type === "text") return;
      event.preventDefault();
      field.focus();
      field.click();
    }
  }
}
