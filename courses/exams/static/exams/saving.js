// Sends answers until the server has them. What is not acknowledged is kept in this page's memory, nowhere else, and sent
// again for ever; a number per question makes an old answer harmless, however late it arrives.
const WAITS = [1000, 2000, 4000, 8000];
const PATIENCE = 8000; // a reply that takes longer is lost
const CALL_AFTER = 30000;

export const sleep = (milliseconds) => new Promise((done) => window.setTimeout(done, milliseconds));

export class Saver {
  constructor({ address, csrf, onReply, onTrouble }) {
    this.address = address;
    this.csrf = csrf;
    this.onReply = onReply; // (number, sent, status, reply) -> true when this message is done with
    this.onTrouble = onTrouble; // ("" | "waiting" | "call")
    this.waiting = new Map();
    this.underWay = null;
    this.busy = false;
    this.failures = 0;
    this.troubleSince = null;
    window.addEventListener("online", () => this.wake?.());
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.size) event.preventDefault();
    });
  }

  put(number, message) {
    this.waiting.set(number, { ...this.waiting.get(number), ...message });
    this.run();
  }

  holds(number) {
    return this.waiting.has(number);
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.size) {
      const [number, message] = this.waiting.entries().next().value;
      this.underWay = message;
      const [status, reply] = await this.send(number, message);
      this.underWay = null;
      const done = status !== 0 && (await this.onReply(number, message, status, reply));
      if (done) {
        if (this.waiting.get(number) === message) this.waiting.delete(number);
        this.trouble(false);
      } else {
        this.trouble(status !== 423);
        await this.pause(WAITS[Math.min(this.failures++, WAITS.length - 1)]);
      }
    }
    this.busy = false;
    this.drained?.();
  }

  // The page goes away: what has not been sent goes now. Whatever is under way outlives the page (keepalive).
  sendLast() {
    for (const [number, message] of this.waiting) {
      if (message !== this.underWay) fetch(this.address(number), this.request(message)).catch(() => null);
    }
  }

  request(message) {
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.csrf };
    return { method: "PUT", headers, body: JSON.stringify(message), keepalive: true };
  }

  async send(number, message) {
    try {
      const response = await fetch(this.address(number), { ...this.request(message), signal: AbortSignal.timeout(PATIENCE) });
      const isJson = response.headers.get("Content-Type")?.includes("json");
      return [response.status, isJson ? await response.json() : {}];
    } catch {
      return [0, {}];
    }
  }

  trouble(is) {
    if (!is) {
      this.failures = 0;
      this.troubleSince = null;
      this.onTrouble("");
      return;
    }
    this.troubleSince ??= performance.now();
    this.onTrouble(performance.now() - this.troubleSince >= CALL_AFTER ? "call" : "waiting");
  }

  pause(milliseconds) {
    return new Promise((done) => {
      this.wake = done;
      window.setTimeout(done, milliseconds);
    });
  }
}
