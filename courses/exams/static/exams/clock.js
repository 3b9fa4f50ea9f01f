// The time that is left, as the server said last. Only a monotonic clock is used: the computer's own may be wrong.
const EXACT_BELOW = 300; // seconds: the last five minutes are shown with their seconds

export class Clock {
  constructor(words, onEnd) {
    this.words = words;
    this.onEnd = onEnd;
    this.ended = false;
    this.still = null; // seconds left while the room stands still
    this.end = null;
    this.faces = document.querySelectorAll("[data-clock], [data-cover-left]");
    this.fill = document.querySelector(".q-clock .q-bar__fill");
    window.setInterval(() => this.show(), 250);
  }

  set(seconds, paused) {
    this.still = paused ? seconds : null;
    this.end = performance.now() + seconds * 1000;
    this.whole = Math.max(this.whole ?? 0, seconds);
    this.show();
  }

  get left() {
    if (this.still !== null) return this.still;
    return Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
  }

  show() {
    if (this.end === null) return;
    const left = this.left;
    const text = left > EXACT_BELOW ? this.words.minutes.replace("MIN", Math.ceil(left / 60)) : this.exact(left);
    for (const face of this.faces) {
      const said = face.hasAttribute("data-cover-left") ? this.exact(left) : text;
      if (face.textContent !== said) face.textContent = said;
    }
    if (left === 0 && this.still === null && !this.ended) {
      this.ended = true;
      this.onEnd();
    }
    if (left > 0) this.ended = false; // the invigilator gave time
  }

  exact(left) {
    return this.words.exact.replace("MIN", Math.floor(left / 60)).replace("SEC", left % 60);
  }
}
