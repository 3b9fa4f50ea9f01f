// Says in the foot of a step that there is more to read below it, and scrolls there. Without scripts the text fades out above the foot.
const foot = document.querySelector("[data-onward]");
const more = foot?.querySelector("[data-more]");
const step = foot?.previousElementSibling;
const look = () => { more.hidden = step.getBoundingClientRect().bottom <= foot.getBoundingClientRect().top + 4; };
if (more && step) {
  more.addEventListener("click", () => window.scrollBy({ top: window.innerHeight * 0.6 }));
  for (const name of ["scroll", "resize", "load"]) window.addEventListener(name, look, { passive: true });
  look();
}
