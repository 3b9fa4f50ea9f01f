// Reads a passage aloud where the computer itself has a Chinese voice. Without one the button stays away: nothing is asked
// of any other machine.
const button = document.querySelector("[data-speak-button]");
const passage = document.querySelector("[data-speak]");

if (button && passage && "speechSynthesis" in window) {
  const voice = () => speechSynthesis.getVoices().find((one) => one.localService && one.lang.toLowerCase().startsWith("zh"));
  const offer = () => {
    button.hidden = !voice();
  };
  speechSynthesis.addEventListener("voiceschanged", offer);
  offer();
  button.addEventListener("click", () => {
    speechSynthesis.cancel();
    const words = new SpeechSynthesisUtterance(passage.innerText);
    words.voice = voice();
    words.lang = words.voice.lang;
    speechSynthesis.speak(words);
  });
}
