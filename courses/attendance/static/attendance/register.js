// The register with a keyboard: keys 1 to 6 mark, arrows move, each cell is saved on its own with the version it was read in.
// Without this module the same form is sent as a whole.

const form = document.getElementById("register");
const state = form.querySelector("[data-state]");
const rows = [...form.querySelectorAll("tr[data-row]")].filter((row) => row.querySelector("input[type=radio]"));
const PARTLY = ["late", "left_early"];
const RETRY_AFTER = 4000;
const waiting = new Set(); // rows whose last change the server does not have yet
const lacking = new Set(); // rows that say late or left early and no minutes: nothing of them is stored

const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
const chosen = (row) => row.querySelector("input[type=radio]:checked");
const minutesOf = (row) => row.querySelector(".q-mins");

function say(kind, time) {
  state.classList.toggle("q-saved--waiting", kind === "waiting");
  state.classList.toggle("is-silent", kind !== "saved");
  state.hidden = kind === "saved" && lacking.size > 0; // "saved" beside a mark that is not would be believed
  state.querySelector("[data-word]").textContent = kind ? form.dataset[kind] : "";
  state.querySelector("time").textContent = time || "";
}

function note(row, text) {
  const line = form.querySelector(`[data-note="${row.dataset.row}"]`);
  line.hidden = !text;
  line.lastElementChild.textContent = text || "";
}

const nameOf = (row) => row.querySelector("th").firstChild.textContent.trim();

// Says of a row that its mark is not stored until the minutes are there, in the row and at the foot; and takes it back.
function lack(row, isLacking) {
  if (!isLacking && !lacking.delete(row)) return;
  if (isLacking) lacking.add(row);
  row.classList.toggle("is-lacking", isLacking);
  note(row, isLacking ? form.dataset.notStored : "");
  const line = form.querySelector("[data-lacking]");
  line.hidden = lacking.size === 0;
  const links = rows.filter((one) => lacking.has(one)).flatMap((one, place) => {
    const link = document.createElement("a");
    link.href = `#${one.id}`;
    link.textContent = nameOf(one);
    return place ? [form.dataset.comma, link] : [link];
  });
  line.querySelector("[data-lacking-names]").replaceChildren(...links);
  say(state.querySelector("[data-word]").textContent === form.dataset.saved ? "saved" : "", state.querySelector("time").textContent);
  count();
}

function shape(row) {
  const value = chosen(row)?.value || "";
  const partly = PARTLY.includes(value);
  const text = row.querySelector(".q-mins-text");
  minutesOf(row).hidden = !partly;
  text.hidden = partly;
  if (value && !partly) text.textContent = value === "present" ? form.dataset.minutes : "0";
  row.classList.toggle("is-open", !value);
}

function count() {
  const all = [...form.querySelectorAll("tr[data-row]")];
  const due = Number(form.dataset.due);
  const marked = all.filter((row) => row.dataset.status).length;
  const left = due - marked;
  form.querySelector("[data-marked]").textContent = marked;
  const chip = form.querySelector("[data-left-chip]");
  chip.textContent = left ? form.dataset.left.replace("{n}", left) : form.dataset.all;
  chip.className = `q-chip ${left ? "q-chip--look" : "q-chip--good"}`;
  const rest = form.querySelector("[data-rest-label]");
  if (rest) {
    rest.textContent = rest.dataset.template.replace("{n}", left);
    rest.parentElement.hidden = left === 0;
  }
  for (const figure of form.querySelectorAll("[data-count]")) {
    figure.textContent = all.filter((row) => row.dataset.status === figure.dataset.count).length;
  }
  const finish = form.querySelector("[data-finish]");
  if (!finish) return; // finished already: only who joined afterwards is still marked
  finish.disabled = left > 0 || lacking.size > 0;
  form.querySelector("[data-finish-hint]").hidden = left === 0;
}

function take(row, answer) {
  row.dataset.version = answer.version;
  row.querySelector(`[name="version-${row.dataset.row}"]`).value = answer.version;
  row.dataset.status = answer.status;
  for (const radio of radios(row)) radio.checked = radio.value === answer.status;
  if (PARTLY.includes(answer.status)) minutesOf(row).value = answer.minutes;
  if (answer.hours !== undefined) row.querySelector("[data-hours]").textContent = answer.hours;
  shape(row);
}

async function send(row) {
  const mark = chosen(row);
  if (!mark) return;
  if (row.classList.contains("is-saving")) {
    waiting.add(row); // once the answer is here, the newer choice goes after it
    return;
  }
  waiting.delete(row);
  row.classList.add("is-saving");
  say("saving");
  const sent = `${mark.value} ${minutesOf(row).value}`;
  const body = new URLSearchParams({
    enrolment: row.dataset.row,
    version: row.dataset.version,
    status: mark.value,
    minutes: PARTLY.includes(mark.value) ? minutesOf(row).value : "",
  });
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let reply;
  try {
    reply = await fetch(form.dataset.markUrl, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (![200, 409, 422].includes(reply.status)) throw new Error(String(reply.status));
    settle(row, sent, await reply.json());
  } catch {
    waiting.add(row);
    say("waiting");
    setTimeout(() => {
      row.classList.remove("is-saving");
      if (waiting.has(row)) send(row);
    }, RETRY_AFTER);
    return;
  }
  row.classList.remove("is-saving");
  if (waiting.has(row)) send(row);
}

function settle(row, sent, answer) {
  if (answer.state === "refused") {
    note(row, answer.text);
    say("");
  } else if (answer.state === "conflict") {
    waiting.delete(row);
    take(row, answer);
    note(row, answer.text);
    say("");
  } else {
    note(row, (answer.warnings || []).join(" "));
    const now = `${chosen(row)?.value} ${minutesOf(row).value}`;
    if (now === sent) take(row, answer);
    else {
      row.dataset.version = answer.version;
      waiting.add(row);
    }
    say("saved", answer.at);
  }
  count();
}

function changed(row) {
  const mark = chosen(row);
  shape(row);
  if (!mark) return;
  const minutes = Number(minutesOf(row).value);
  const lacks = PARTLY.includes(mark.value) && !(minutes >= 1 && minutes < Number(form.dataset.minutes));
  lack(row, lacks);
  if (lacks) {
    minutesOf(row).focus(); // saved once the minutes are there
    return;
  }
  send(row);
}

function choose(row, number) {
  const radio = radios(row)[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  changed(row);
}

function go(row, step) {
  const next = rows[rows.indexOf(row) + step];
  if (next) (chosen(next) || radios(next)[0]).focus();
}

form.addEventListener("change", (event) => {
  const row = event.target.closest("tr[data-row]");
  if (row) changed(row);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const row = event.target.closest?.("tr[data-row]");
  const typing = event.target.matches?.("input:not([type=radio]), textarea, select");
  if (row && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault(); // in a native group these keys would change the mark
    go(row, event.key === "ArrowDown" ? 1 : -1);
  } else if (row && typing && event.key === "Enter") {
    event.preventDefault();
    changed(row);
    go(row, 1);
  } else if (!typing && /^[1-6]$/.test(event.key)) {
    const target = row || rows.find((one) => !one.dataset.status) || rows[0];
    if (!target) return;
    event.preventDefault();
    choose(target, Number(event.key));
  }
});

window.addEventListener("beforeunload", (event) => {
  if (waiting.size || lacking.size || form.querySelector(".is-saving")) event.preventDefault();
});
form.addEventListener("submit", () => {
  waiting.clear(); // the form takes everything with it, and the page that answers names what is still missing
  lacking.clear();
});

form.classList.add("is-scripted");
for (const hint of form.querySelectorAll(".q-needs-script")) hint.hidden = false;
if (!state.querySelector("[data-word]").textContent) say("");
rows.forEach(shape);
for (const row of rows) if (row.classList.contains("is-lacking")) lack(row, true);
count();
