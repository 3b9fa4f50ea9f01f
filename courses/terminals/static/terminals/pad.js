// The number pad without a round trip for each key. The field itself stays one native input.
const form = document.querySelector("form .q-pad")?.closest("form");
const field = form?.querySelector("input.q-input--code");

if (field) {
  const pin = form.querySelector("[data-pin]");
  const cells = pin ? [...pin.querySelectorAll(".q-pin__cell")] : [];
  const said = pin?.querySelector("[role=status]");

  const show = () => {
    if (!pin) return;
    const typed = field.value.length;
    cells.forEach((cell, place) => {
      cell.classList.toggle("q-pin__cell--full", place < typed);
      cell.classList.toggle("q-pin__cell--now", place === typed);
    });
    const left = cells.length - typed;
    if (typed === 0) said.textContent = pin.dataset.empty;
    else if (left > 0) said.textContent = pin.dataset.some.replace("TYPED", typed).replace("LEFT", left);
    else said.textContent = pin.dataset.full;
  };

  if (pin) {
    pin.querySelector(".q-pin").hidden = false;
    field.className = "q-sr"; // the cells show what is typed; the field keeps the keyboard and the reader
    pin.querySelector(".q-pin").addEventListener("click", () => field.focus());
  }
  form.addEventListener("click", (event) => {
    const key = event.target.closest("button[name=key]");
    if (!key) return;
    event.preventDefault();
    if (key.value === "clear") field.value = "";
    else if (key.value === "back") field.value = field.value.slice(0, -1);
    else if (field.value.length < field.maxLength) field.value += key.value;
    show();
  });
  field.addEventListener("input", show);
  show();
  field.focus();
}
