// Keeps the fields of a page on the server while somebody types. What is not acknowledged is repeated until it is (see the
// exam's saving.js, which does the sending); what another window wrote meanwhile is told, with a way to take it back.
import { Saver } from "../exams/saving.js";

const IDLE = 500; // after the last key
const LONGEST = 2000; // after the first
const LATE = [100, 400, 900]; // when to ask for the last text of the page before: it mostly arrives in a tenth of a second

export class Fields {
  constructor(form, { onText = () => {}, onStored = () => {}, onRefused = () => {} } = {}) {
    this.form = form;
    this.onText = onText;
    this.onStored = onStored;
    this.onRefused = onRefused;
    this.sent = new Map(); // by path: what this page has sent, so that it does not take its own text for somebody else's
    this.timers = new Map(); // what is typed and not yet sent
    this.refusing = new Set();
    this.lost = new Set(); // what the server will not take however often it is asked
    this.line = document.querySelector("[data-status]");
    this.time = this.line?.querySelector("[data-saved-time]");
    this.saver = new Saver({
      address: () => form.dataset.fieldUrl,
      csrf: form.dataset.csrf,
      onReply: (path, sent, status, reply) => this.replied(path, sent, status, reply),
      onTrouble: (kind) => {
        this.troubled = kind;
        this.later();
      },
    });
    for (const field of form.querySelectorAll("[data-path][aria-invalid=true]")) this.refusing.add(field.dataset.path);
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target.dataset.path ?? "", event.target));
    window.addEventListener("beforeunload", () => this.flush());
    document.addEventListener("visibilitychange", () => this.flush());
    window.addEventListener("pagehide", () => {
      this.flush();
      this.saver.sendLast();
    });
    if (performance.getEntriesByType("navigation")[0]?.type === "reload") {
      for (const wait of LATE) window.setTimeout(() => this.catchUp(), wait);
    }
  }

  // What stands in a field. Of answers on two screens the page shows one; those chosen on the other stay (data-elsewhere),
  // unless only one can be given.
  text(field) {
    const { path } = field.dataset;
    if (field.type !== "checkbox" && field.type !== "radio") return field.value;
    const boxes = [...this.form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)];
    const picked = boxes.filter((box) => box.checked).map((box) => box.value);
    const elsewhere = field.closest("[data-elsewhere]")?.dataset.elsewhere.split(",").filter(Boolean) ?? [];
    return (field.type === "radio" && picked.length ? picked : [...elsewhere, ...picked]).join(",");
  }

  typed(field) {
    const { path } = field.dataset;
    if (!path) return;
    this.onText(path, this.text(field), field);
    const timer = this.timers.get(path) ?? { first: Date.now() };
    window.clearTimeout(timer.idle);
    const wait = Math.max(0, Math.min(IDLE, timer.first + LONGEST - Date.now()));
    timer.idle = window.setTimeout(() => this.changed(path, field), wait);
    this.timers.set(path, timer);
    this.status(this.standing()); // from the first key on it is not saved
  }

  changed(path, field) {
    if (!path) return;
    window.clearTimeout(this.timers.get(path)?.idle);
    this.timers.delete(path);
    const value = this.text(field);
    if (this.sent.get(path)?.at(-1) === value) return this.status(this.standing());
    this.sent.set(path, [...(this.sent.get(path) ?? []), value]);
    this.lost.delete(path);
    this.saver.put(path, { path, value, version: Number(field.dataset.version) });
    this.status(this.standing());
  }

  // Whether everything that was typed is answered.
  get quiet() {
    return !this.timers.size && !this.saver.waiting.size;
  }

  flush() {
    for (const [path, timer] of [...this.timers]) {
      window.clearTimeout(timer.idle);
      this.changed(path, this.field(path));
    }
  }

  // A page that was loaded anew may have been drawn before its last text arrived: what is newer on the server is shown.
  async catchUp() {
    const reply = await fetch(window.location.href).catch(() => null);
    const fresh = reply?.ok ? new DOMParser().parseFromString(await reply.text(), "text/html") : null;
    for (const its of fresh?.querySelectorAll("[data-path]") ?? []) {
      const { path, version } = its.dataset;
      const same = [...this.form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)];
      const mine = same.find((one) => same.length === 1 || one.value === its.value);
      if (!mine || this.sent.has(path) || this.timers.has(path) || !(Number(version) > Number(mine.dataset.version))) continue;
      mine.dataset.version = version;
      if (mine.type === "checkbox" || mine.type === "radio") mine.checked = its.checked;
      else mine.value = its.value;
      this.onStored(path, { value: this.text(mine), version: Number(version) });
      this.status(this.standing());
    }
  }

  field(path) {
    return this.form.querySelector(`[data-path="${CSS.escape(path)}"]`);
  }

  replied(path, sent, status, reply) {
    const field = this.field(path);
    if (status === 200 && reply.path === path) this.stored(path, sent, reply, field);
    else if (status === 422 || status === 410) {
      this.refused(path, reply.sentence ?? "");
      this.onRefused(path);
      this.sent.get(path)?.push(null); // the same text may be sent again
    } else if (status === 404 || status === 400) {
      this.lost.add(path); // nothing that asking again would change, and not saved
      this.sent.get(path)?.push(null);
      this.later();
    } else return false;
    return true;
  }

  stored(path, sent, reply, field) {
    for (const one of this.form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)) one.dataset.version = reply.version;
    const waiting = this.saver.waiting.get(path);
    if (field && this.text(field) !== sent.value && !this.timers.has(path) && (!waiting || waiting === sent)) this.typed(field);
    if (waiting && waiting !== sent) waiting.version = reply.version; // the next text knows of this one
    this.refused(path, "");
    if (field && field.value === sent.value && document.activeElement !== field && field.type !== "checkbox" && field.type !== "radio") {
      field.value = reply.value; // "88.005" is shown as it is kept
    }
    if (this.time) this.time.textContent = reply.saved_at;
    if (reply.replaced !== null && !this.sent.get(path)?.includes(reply.replaced)) this.tell(path, reply, field);
    if ((!waiting || waiting === sent) && !this.timers.has(path)) this.onText(path, reply.value, field);
    this.onStored(path, reply);
    this.later();
  }

  later() {
    window.setTimeout(() => this.status(this.standing()), 0); // after the saver has let go of the message
  }

  // What the line says: saved only when the server has acknowledged all that stands in the fields.
  standing() {
    if (this.troubled && this.saver?.waiting.size) return this.troubled;
    if (this.timers.size || this.saver?.waiting.size) return "saving";
    if (this.lost.size) return "call";
    return this.refusing.size ? "refused" : "saved";
  }

  refused(path, sentence) {
    if (sentence) this.refusing.add(path);
    else this.refusing.delete(path);
    const place = this.form.querySelector(`[data-refusal="${CSS.escape(path)}"], [data-refusal=""]`);
    if (!place) return;
    (place.querySelector("span") ?? place).textContent = sentence;
    place.hidden = !sentence;
    const cell = place.closest("[data-cell], td, .q-field");
    cell?.classList.toggle("q-field--wrong", Boolean(sentence));
    const card = cell?.closest(".q-rowcard");
    card?.classList.toggle("q-rowcard--wrong", Boolean(card.querySelector(".q-field--wrong")));
    const field = this.field(path);
    if (sentence) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
    this.later();
  }

  // Somebody else wrote here: say what, and offer it.
  tell(path, reply, field) {
    const banner = document.querySelector("template[data-other]").content.cloneNode(true).firstElementChild;
    const words = banner.querySelector("[data-other-text]");
    words.textContent = words.dataset.words.replace("TEXT", reply.replaced || "—");
    banner.querySelector("[data-take]").addEventListener("click", () => {
      if (field.type === "checkbox" || field.type === "radio") {
        for (const box of this.form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)) {
          box.checked = reply.replaced.split(",").includes(box.value);
        }
      } else field.value = reply.replaced;
      this.changed(path, field);
      banner.remove();
    });
    this.form.before(banner);
  }

  status(kind) {
    if (!this.line) return;
    for (const word of this.line.querySelectorAll("[data-show]")) word.hidden = word.dataset.show !== kind;
    this.line.dataset.status = kind;
  }

  // Leave only when everything is on the server: what is being sent goes first, then the form, the link, or whoever signs out.
  // Where something was refused one stays and sees why. A second press goes all the same, where the network is down as well.
  holdUntilSaved() {
    this.saver.drained = () => {
      const { wanted } = this;
      this.wanted = undefined;
      if (wanted && (wanted.form === this.form || !this.refusing.size)) wanted.go();
    };
    document.addEventListener("submit", (event) => {
      const { target, submitter } = event;
      this.hold(event, target, () => target.requestSubmit(submitter));
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      const away = link && !link.target && !link.hasAttribute("download") && !link.getAttribute("href").startsWith("#");
      if (!away || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      this.hold(event, null, () => window.location.assign(link.href));
    });
  }

  hold(event, form, go) {
    if (event.defaultPrevented) return;
    this.flush();
    if (!this.saver.waiting.size || (form !== this.form && this.wanted && this.troubled)) return;
    event.preventDefault();
    this.wanted = { form, go };
  }
}
