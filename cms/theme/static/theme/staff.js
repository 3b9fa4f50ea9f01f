// What Wagtail does in inline scripts and styles, which the content security policy stops.
// Loaded in the head, before all of Wagtail's scripts.

// Choosers of pages, pictures and documents: see cms/theme/staff_widgets.py.
document.addEventListener("DOMContentLoaded", () => {
  for (const told of document.querySelectorAll("template[data-chooser]")) {
    const { chooser, options } = told.dataset;
    new window[chooser](...JSON.parse(options));
  }
});

// A table that scrolls in its own box is reached by the keyboard too, as long as it scrolls.
document.addEventListener("DOMContentLoaded", () => {
  const boxes = new ResizeObserver((seen) => {
    for (const { target } of seen) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of document.querySelectorAll(".q-scroll")) boxes.observe(box);
});

// A page that somebody watches is fetched again every so many seconds, but not while they write or look into something.
document.addEventListener("DOMContentLoaded", () => {
  const watched = document.querySelector("[data-renew]");
  if (!watched) return;
  const busy = () => document.activeElement?.matches("input, textarea, select") || watched.querySelector("details[open]");
  setInterval(() => busy() || location.reload(), 1000 * Number(watched.dataset.renew));
});

// Its picture cropper asks by inline handlers whether there are touch events. An answer makes it stop asking.
for (const name of ["ontouchstart", "ontouchmove", "ontouchend"]) {
  if (!(name in HTMLElement.prototype)) HTMLElement.prototype[name] = null;
}

// Its text editor writes its hints ("write something") into <style> elements. It is given an element that draws nothing,
// whose words become a style sheet of the page.
const create = document.createElement;
document.createElement = function (name, ...more) {
  if (String(name).toLowerCase() !== "style") return create.call(this, name, ...more);
  const element = create.call(this, "template");
  const sheet = (element.sheet = new CSSStyleSheet());
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const read = () => sheet.replaceSync(element.textContent);
  new MutationObserver(read).observe(element, { childList: true, characterData: true, subtree: true });
  return element;
};
