// Keeps the fields of a page on the server while somebody types. What is not acknowledged is repeated until it is (see the
// exam's saving.js, which does the sending); what another window wrote meanwhile is told, with a way to take it back.
import { Saver } from "../exams/saving.js";

const IDLE = 700; // after the last key
const LONGEST = 4000; // after the first

export class Fields {
  constructor(form, { onText = () => {}, onStored = () => {}, onRefused = () => {} } = {}) {
    this.form = form;
    this.onText = onText;
    this.onStored = onStored;
    this.onRefused = onRefused;
    this.sent = new Map(); // by path: what this page has sent, so that it does not take its own text for somebody else's
    this.timers = new Map();
    this.refusing = new Set();
    this.line = document.querySelector("[data-status]");
    this.time = this.line?.querySelector("[data-saved-time]");
    this.saver = new Saver({
      address: () => form.dataset.fieldUrl,
      csrf: form.dataset.csrf,
      onReply: (path, sent, status, reply) => this.replied(path, sent, status, reply),
      onTrouble: (kind) => this.status(kind || this.standing(1)),
    });
    for (const field of form.querySelectorAll("[data-path][aria-invalid=true]")) this.refusing.add(field.dataset.path);
    form.addEventListener("input", (event) => this.typed(event.target));
    form.addEventListener("change", (event) => this.changed(event.target.dataset.path ?? "", event.target));
  }

  text(field) {
    const { path } = field.dataset;
    if (field.type !== "checkbox" && field.type !== "radio") return field.value;
    const boxes = [...this.form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)];
    return boxes.filter((box) => box.checked).map((box) => box.value).join(",");
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
  }

  changed(path, field) {
    if (!path) return;
    window.clearTimeout(this.timers.get(path)?.idle);
    this.timers.delete(path);
    const value = this.text(field);
    if (this.sent.get(path)?.at(-1) === value) return;
    this.sent.set(path, [...(this.sent.get(path) ?? []), value]);
    this.saver.put(path, { path, value, version: Number(field.dataset.version) });
    this.status("saving");
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

  field(path) {
    return this.form.querySelector(`[data-path="${CSS.escape(path)}"]`);
  }

  replied(path, sent, status, reply) {
    const field = this.field(path);
    if (status === 200) this.stored(path, sent, reply, field);
    else if (status === 422 || status === 410) {
      this.refused(path, reply.sentence ?? "");
      this.onRefused(path);
      this.sent.get(path)?.push(null); // the same text may be sent again
    } else if (status === 404 || status === 400) return true; // nothing that asking again would change
    else return false;
    return true;
  }

  stored(path, sent, reply, field) {
    for (const one of this.form.querySelectorAll(`[data-path="${CSS.escape(path)}"]`)) one.dataset.version = reply.version;
    const waiting = this.saver.waiting.get(path);
    if (waiting && waiting !== sent) waiting.version = reply.version; // the next text knows of this one
    this.refused(path, "");
    if (field && field.value === sent.value && document.activeElement !== field && field.type !== "checkbox" && field.type !== "radio") {
      field.value = reply.value; // "88.005" is shown as it is kept
    }
    if (this.time) this.time.textContent = reply.saved_at;
    if (reply.replaced !== null && !this.sent.get(path)?.includes(reply.replaced)) this.tell(path, reply, field);
    if (!waiting || waiting === sent) this.onText(path, reply.value, field);
    this.onStored(path, reply);
    window.setTimeout(() => this.status(this.standing()), 0);
  }

  // What the line says when nothing is wrong with the network; `last` messages are just being done with.
  standing(last = 0) {
    if (this.saver?.waiting.size > last) return "saving";
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
    const field = this.field(path);
    if (sentence) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
    if (sentence) this.status("refused");
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

  // Leave only when everything is on the server: what is being sent goes first, then the form.
  holdUntilSaved() {
    this.saver.drained = () => {
      const button = this.wanted;
      this.wanted = undefined;
      if (button) this.form.requestSubmit(button);
    };
    this.form.addEventListener("submit", (event) => {
      if (event.submitter?.value === "later" || event.submitter?.value === "none") {
        for (const timer of this.timers.values()) window.clearTimeout(timer.idle);
        this.timers.clear();
        this.saver.waiting.clear();
        return;
      }
      this.flush();
      if (!this.saver.waiting.size) return;
      event.preventDefault();
      this.wanted = event.submitter ?? this.form.querySelector("button[type=submit]");
    });
  }
}
