// Reads a passage aloud where the computer itself has a Chinese voice. Without one the buttons stay away: nothing is asked
// of any other machine.
const button = document.querySelector("[data-speak-button]");
const passage = document.querySelector("[data-speak]");

if (button && passage && "speechSynthesis" in window) {
  const bar = document.querySelector("[data-speak-bar]") ?? button;
  const word = button.querySelector("[data-speak-word]");
  const rates = [...document.querySelectorAll("[data-speak-rate]")];
  let rate = 1;

  const voice = () => speechSynthesis.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith("zh"));
  const offer = () => {
    bar.hidden = !voice();
  };
  const show = (speaking) => {
    if (word) word.textContent = speaking ? button.dataset.speakStop : button.dataset.speakStart;
  };
  const speak = () => {
    speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(passage.innerText);
    words.voice = voice();
    words.lang = words.voice.lang;
    words.rate = rate;
    words.addEventListener("end", () => show(false));
    speechSynthesis.speak(words);
    show(true);
  };

  speechSynthesis.addEventListener("voiceschanged", offer);
  offer();
  button.addEventListener("click", () => {
    if (speechSynthesis.speaking && word) {
      speechSynthesis.cancel();
      show(false);
    } else speak();
  });
  for (const one of rates) {
    one.addEventListener("click", () => {
      rate = Number(one.dataset.speakRate);
      for (const other of rates) other.setAttribute("aria-pressed", String(other === one));
      if (speechSynthesis.speaking) speak();
    });
  }
  window.addEventListener("pagehide", () => speechSynthesis.cancel());
}
