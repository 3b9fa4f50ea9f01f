// A number pad beside a number field: for whoever points, with a mouse or a finger. The field itself stays one native input.
export const pad = (field) => {
  const keys = document.querySelector("[data-pad]");
  if (!keys || !field) return;
  keys.hidden = false;
  const press = { clear: () => "", back: (text) => text.slice(0, -1), ".": (text) => (text.includes(".") ? text : `${text || "0"}.`) };
  let fresh = true; // the first key replaces what stood there, as on a till
  field.addEventListener("input", () => {
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
