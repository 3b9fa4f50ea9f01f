// A locked seat that nobody opens goes back to the first page; the server has ended it by then.
const form = document.querySelector("[data-leave-after]");

if (form) {
  const since = performance.now();
  window.setInterval(() => {
    if (performance.now() - since >= Number(form.dataset.leaveAfter) * 1000) window.location.replace(form.dataset.startUrl);
  }, 500);
}
