// Looks again every three seconds how far a long job has got; without JavaScript the page reloads itself.
// The part of the page that changes has an id and, while there is something to wait for, `data-reloads`.
const every = 3000;

async function look() {
  const here = document.querySelector("[data-reloads]");
  if (!here) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(here.id);
    if (answer.ok && there) here.replaceWith(document.importNode(there, true));
  } catch {
    // No connection for a moment: look again.
  }
  setTimeout(look, every);
}

setTimeout(look, every);
