// A number pad beside number fields: for whoever points, with a mouse or a finger. The fields themselves stay native inputs; of the
// twelve months the pad writes into the one in which one was last.
const FIELDS = "input[inputmode]";

export const pad = (form) => {
  const keys = document.querySelector("[data-pad]");
  let field = form.querySelector(`${FIELDS}:focus`) ?? form.querySelector(`${FIELDS}[autofocus]`) ?? form.querySelector(FIELDS);
  if (!keys || !field) return;
  keys.hidden = false;
  const press = { clear: () => "", back: (text) => text.slice(0, -1), ".": (text) => (text.includes(".") ? text : `${text || "0"}.`) };
  let fresh = true; // the first key replaces what stood there, as on a till
  const at = (next) => {
    if (next === field && field.classList.contains("is-at")) return;
    field.classList.remove("is-at");
    field = next;
    field.classList.add("is-at");
    fresh = true;
  };
  at(field);
  form.addEventListener("focusin", (event) => event.target.matches(FIELDS) && at(event.target));
  form.addEventListener("input", () => {
    fresh = false;
  });
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    const text = fresh && key !== "back" ? "" : field.value;
    fresh = false;
    field.value = key in press ? press[key](text) : text + key;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
};
