// The sum of a review while it is typed. Points are counted in hundredths, as whole numbers. The server decides.
const form = document.querySelector("[data-review]");
const items = [...form.querySelectorAll("[data-most]")];
const total = form.querySelector("[data-total]");
const verdict = form.querySelector("[data-verdict]");
const told = form.dataset;

function hundredths(text) {
  const typed = text.normalize("NFKC").replace("。", ".").trim();
  const found = /^(\d{1,3})(?:\.(\d{0,2}))?$/.exec(typed);
  return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : null;
}

function show() {
  let sum = 0;
  let open = false;
  let unfit = false;
  for (const item of items) {
    const points = hundredths(item.value);
    const stands = points !== null && points <= Number(item.dataset.most) * 100;
    const wrong = item.value.trim() !== "" && !stands;
    item.setAttribute("aria-invalid", wrong);
    if (stands) sum += points;
    else if (wrong) unfit = true;
    else open = true;
  }
  total.value = String(sum / 100);
  const reached = (mark) => sum >= Number(mark) * 100;
  if (unfit) verdict.textContent = told.unfitText;
  else if (open) verdict.textContent = told.openText;
  else if (!reached(told.pass)) verdict.textContent = told.returnedText;
  else verdict.textContent = reached(told.excellent) ? told.excellentText : told.passedText;
}

form.addEventListener("input", (event) => event.target.dataset.most && show());
show();
