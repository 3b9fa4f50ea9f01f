// One question of the guided path, made better: kept while typing, a pad for numbers, sums that follow.
import { pad } from "./pad.js";
import { Fields } from "./saving.js";
import { Sums } from "./sums.js";

const form = document.querySelector("form[data-plan]");
const field = form?.querySelector("#f");

if (form) {
  const sums = new Sums();
  const version = form.querySelector("[name=version]");
  const stored = (_path, reply) => {
    if (version) version.value = reply.version;
  };
  const fields = new Fields(form, { onText: (path, text, at) => sums.put(path, text, Boolean(at?.inputMode)), onStored: stored });
  fields.holdUntilSaved();
  form.dataset.live = "";
  if (field?.matches("input, textarea")) {
    pad(field.inputMode ? field : null);
    field.focus();
    if (field.inputMode) field.select();
  }
}

// A page that the browser kept for the Back button may show an old text.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
