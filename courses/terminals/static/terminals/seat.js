// A learner's page watches itself: it tells the server once a minute that it is used, asks before it locks, and leaves when
// the room is closed. The server decides by itself as well; this only makes it kinder and quicker.
const seat = document.querySelector("[data-seat]");

if (seat) {
  const told = seat.dataset;
  const lockAfter = Number(told.lock) * 1000;
  const warnAfter = Math.max(0, lockAfter - Number(told.warning) * 1000);
  const beatEvery = Number(told.beat) * 1000;
  let touched = performance.now(); // never the computer's clock: it may be wrong
  let told_at = touched;
  let waiting = 0;
  let leaving = false;

  const leave = (address) => {
    if (leaving) return;
    leaving = true;
    window.location.replace(address);
  };

  const ask = async (address, options) => {
    try {
      const reply = await fetch(address, { headers: { Accept: "application/json", "X-CSRFToken": told.csrf }, ...options });
      if (reply.status === 401) {
        const { state } = await reply.json();
        leave(state === "locked" ? told.lockedUrl : told.startUrl);
      }
    } catch {
      // the network rests; the next question will tell
    }
  };

  const beat = () => {
    window.clearTimeout(waiting);
    waiting = 0;
    told_at = performance.now();
    ask(told.beatUrl, { method: "POST" });
  };

  const touch = () => {
    touched = performance.now();
    if (touched - told_at >= beatEvery) beat();
    else if (!waiting) waiting = window.setTimeout(beat, beatEvery - (touched - told_at));
  };

  for (const name of ["pointerdown", "pointermove", "keydown", "scroll", "input"]) {
    window.addEventListener(name, touch, { passive: true, capture: true });
  }
  // The question goes after a click or a key, never while a hand moves towards its button.
  for (const name of ["click", "keydown"]) {
    window.addEventListener(name, () => window.setTimeout(() => { seat.hidden = true; }, 0));
  }
  window.setInterval(() => {
    const idle = performance.now() - touched;
    if (idle >= lockAfter) leave(told.lockedUrl);
    else if (idle >= warnAfter) seat.hidden = false;
  }, 500);
  window.setInterval(() => ask(told.aliveUrl), 15000);
  // A page that the browser kept for the Back button may be somebody else's by now.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
