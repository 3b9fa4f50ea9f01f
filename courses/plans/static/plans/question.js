// One question of the guided path, made better: kept while typing, a pad for numbers, sums that follow.
import { pad } from "./pad.js";
import { Fields } from "./saving.js";
import { Sums } from "./sums.js";

const form = document.querySelector("form[data-plan]");
const field = form?.querySelector("#f");

if (form) {
  const sums = new Sums();
  const version = form.querySelector("[name=version]");
  const shown = form.querySelector("[name=shown]");
  const stored = (path, reply) => {
    if (version) version.value = reply.version;
    if (!shown) return;
    const others = shown.value.split(",").filter((pair) => !pair.startsWith(`${path}:`));
    shown.value = [...others, `${path}:${reply.version}`].join(",");
  };
  // The sentence and the bars beside the question say what is stored; while the sums run ahead of them they are not shown.
  let asked = 0;
  const refresh = () => {
    asked += 1;
    const mine = asked;
    window.setTimeout(async () => {
      if (mine !== asked || !fields.quiet || !document.querySelector("[data-picture].is-stale")) return;
      const reply = await fetch(window.location.href).catch(() => null);
      const text = reply?.ok ? await reply.text() : "";
      if (text && mine === asked && fields.quiet) sums.take(new DOMParser().parseFromString(text, "text/html"));
    }, 300);
  };
  const fields = new Fields(form, {
    onText: (path, text, at) => sums.put(path, text, at?.dataset),
    onStored: (path, reply) => {
      stored(path, reply);
      sums.keep(path, reply.value);
      refresh();
    },
    onRefused: (path) => {
      sums.back(path);
      refresh();
    },
  });
  fields.holdUntilSaved();
  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") form.querySelector("[data-elsewhere-said]")?.remove(); // now this answer counts
  });
  form.dataset.live = "";
  pad(form);
  if (field?.matches("input, textarea")) {
    field.focus();
    if (field.inputMode) field.select();
  }
}

// A page that the browser kept for the Back button may show an old text.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
