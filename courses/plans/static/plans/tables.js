// A section with all its tables: each cell is kept by itself while somebody types, and the sums follow.
import { Fields } from "./saving.js";
import { Sums } from "./sums.js";

const form = document.querySelector("form[data-plan]");

if (form) {
  const sums = new Sums();
  const shown = form.querySelector("[name=shown]");
  const stored = (path, reply) => {
    const others = shown.value.split(",").filter((pair) => !pair.startsWith(`${path}:`));
    shown.value = [...others, `${path}:${reply.version}`].join(",");
  };
  const fields = new Fields(form, {
    onText: (path, text, at) => sums.put(path, text, at?.dataset),
    onStored: (path, reply) => {
      stored(path, reply);
      sums.keep(path, reply.value);
    },
    onRefused: (path) => sums.back(path),
  });
  fields.holdUntilSaved();
  form.dataset.live = "";
}

window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
