// Looks again every three seconds how far the file has got; without JavaScript the page reloads itself.
const every = 3000;

async function look() {
  const here = document.getElementById("export");
  if (!here?.hasAttribute("data-reloads")) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("export");
    if (answer.ok && there) here.replaceWith(document.importNode(there, true));
  } catch {
    // No connection for a moment: look again.
  }
  setTimeout(look, every);
}

setTimeout(look, every);
