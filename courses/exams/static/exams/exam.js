// The exam page, made better: answers are saved as they are given, the next question comes without a request, the time is
// live, a paused room is covered. Everything here also works without this script, one question to a page.
import { Clock } from "./clock.js";
import { Saver, sleep } from "./saving.js";
import { Sheets } from "./sheets.js";

const told = document.querySelector("[data-exam]").dataset;
const paper = document.querySelector("[data-paper]");
const cover = document.querySelector("[data-cover]");
const BEAT = 8000;
const JITTER = 1500;
let leaving = false;
let heard = performance.now(); // when the server last said how things stand

const leave = (address) => {
  if (leaving) return;
  leaving = true;
  saver?.waiting.clear(); // whoever leaves has saved, or cannot save any more
  window.location.replace(address);
};
const headers = { Accept: "application/json", "X-CSRFToken": told.csrf };

// --- one question after the other --------------------------------------------------------------------------------------
const form = document.querySelector("[data-form]");
const sheets = form ? new Sheets(form, told) : null;

const saver = sheets && new Saver({
  address: (number) => sheets.address(number),
  csrf: told.csrf,
  onReply: (number, sent, status, reply) => {
    if (reply.remaining !== undefined) see(reply); // an answer is a sign of life as well
    if (status === 200) sheets.stored(number, sent, reply);
    else if (reply.reply === "stale") sheets.newer(number, sent, reply, saver);
    else if (reply.reply === "elsewhere") leave(told.goOnUrl);
    else if (status === 410) leave(reply.receipt);
    else if (status === 422) sheets.refused(number, sent, reply);
    else return false;
    return true;
  },
  onTrouble: (kind) => sheets.trouble(kind),
});
if (sheets) sheets.begin(saver, (address) => leave(address));

// --- the time and the room ---------------------------------------------------------------------------------------------
const handIn = async (believed) => {
  sheets?.flush();
  for (let wait = 1000; !leaving; wait = Math.min(8000, wait * 2)) {
    if (!saver?.waiting.size || wait >= 8000) {
      const body = new URLSearchParams({ csrfmiddlewaretoken: told.csrf });
      if (believed !== undefined) body.set("believed", believed);
      try {
        const response = await fetch(told.submitUrl, { method: "POST", body, redirect: "manual" });
        if (response.type === "opaqueredirect") return leave(told.receiptUrl);
        if (response.status === 409) return leave(told.goOnUrl.replace(/$/, "review/"));
      } catch {
        sheets?.trouble("waiting");
      }
    }
    await sleep(wait);
  }
};

const clock = new Clock(told, () => handIn());

const see = (reply) => {
  heard = performance.now();
  if (reply.state !== "open" && reply.receipt) return leave(reply.receipt);
  if (told.mode === "paused") {
    if (!reply.paused && !document.querySelector("main form")) leave(told.returnUrl);
    return;
  }
  clock.set(reply.remaining, reply.paused);
  if (!cover || cover.hidden === !reply.paused) return;
  cover.hidden = !reply.paused;
  paper.hidden = reply.paused;
  if (!reply.paused) saver?.wake?.();
};

const beat = async () => {
  const before = sheets?.flush(); // what is typed but not sent goes first
  try {
    const response = await fetch(told.beatUrl, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ number: sheets ? sheets.number : null }),
      signal: AbortSignal.timeout(BEAT),
    });
    if (response.ok) {
      const reply = await response.json();
      if (reply.reply === "elsewhere") leave(told.goOnUrl);
      else see(reply);
    }
  } catch {
    // the next one will tell
  }
  return before;
};

const live = async () => {
  for (;;) {
    const wait = BEAT + Math.random() * JITTER;
    await sleep(wait);
    while (!leaving && performance.now() - heard < wait) await sleep(wait - (performance.now() - heard));
    if (leaving) return;
    await beat();
  }
};

if (told.mode === "over") handIn();
else {
  if (told.mode !== "paused") clock.set(Number(told.left), false);
  live();
}

// --- handing in and raising a hand -------------------------------------------------------------------------------------
document.querySelector("[data-submit-form]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.submitter?.setAttribute("disabled", "");
  handIn(event.target.elements.believed?.value);
});

document.querySelector("[data-hand]")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const hand = event.target;
  const button = hand.querySelector("button");
  for (const wait of [0, 1000, 2000, 4000, 8000]) {
    await sleep(wait);
    try {
      const response = await fetch(hand.action, { method: "POST", headers, body: new URLSearchParams(new FormData(hand)) });
      if (!response.ok) continue;
      const { up } = await response.json();
      const word = button.querySelector("[data-word]");
      word.textContent = up ? word.dataset.up : word.dataset.down;
      button.setAttribute("aria-pressed", up);
      hand.elements.up.value = up ? "0" : "1";
      return;
    } catch {
      // try again
    }
  }
});

// A page that the browser kept for the Back button may show an old answer.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
