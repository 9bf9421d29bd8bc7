/**
 * The folds of a case: what is open is remembered by the name of the part, for all cases; an address
 * within a part opens it; on paper everything is open, or nothing but the brief is printed.
 */
import { around, find } from "./shared/elements.js";

const NAME = "open-parts"; // folds-early.js reads it
const folds = /** @type {HTMLDetailsElement[]} */ ([
  ...document.querySelectorAll("details[data-fold]"),
]);
/** @type {?HTMLElement} where there is more than one */
const all = document.querySelector("[data-folds]");

/** Remember that parts are open, or closed. @param {HTMLDetailsElement[]} parts @param {boolean} open */
function remember(parts, open) {
  try {
    const names = new Set((localStorage.getItem(NAME) ?? "").split(" ").filter(Boolean));
    for (const { dataset } of parts) {
      if (open) names.add(dataset.fold ?? "");
      else names.delete(dataset.fold ?? "");
    }
    if (names.size) localStorage.setItem(NAME, [...names].join(" "));
    else localStorage.removeItem(NAME);
  } catch {
    // The browser keeps nothing: the part opens all the same.
  }
}

/** Say what the button does: open all, and when all are open, fold them. */
function label() {
  if (!all) return;
  const isOpen = folds.every((fold) => fold.open);
  all.textContent = (isOpen ? all.dataset.close : all.dataset.open) ?? "";
}

/** Open the part that an address leads into, and go there. @param {string} hash */
function reveal(hash) {
  const target = document.getElementById(decode(hash.slice(1)));
  const fold =
    target?.closest("details[data-fold]") ?? target?.querySelector(":scope > details[data-fold]");
  if (!target || !(fold instanceof HTMLDetailsElement) || fold.open) return;
  fold.open = true;
  target.scrollIntoView();
}

/** @param {string} text of an address */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

for (const fold of folds) {
  // Only what the reader opens is remembered, not what an address or the search in the page opens.
  find(fold, ":scope > summary").addEventListener("click", () => remember([fold], !fold.open));
  fold.addEventListener("toggle", label);
}
all?.addEventListener("click", () => {
  const open = !folds.every((fold) => fold.open);
  for (const fold of folds) fold.open = open;
  remember(folds, open);
});
document.addEventListener("click", (event) => {
  const link = around(event, "a[href^='#']");
  if (link) reveal(link.getAttribute("href") ?? "");
});
addEventListener("hashchange", () => reveal(location.hash));
reveal(location.hash);
label();

/** What is closed, and opened again for as long as the page is printed. @type {HTMLDetailsElement[]} */
let closed = [];
addEventListener("beforeprint", () => {
  closed = folds.filter((fold) => !fold.open);
  for (const fold of closed) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of closed) fold.open = false;
  delete document.documentElement.dataset.printing;
});
document.querySelector("[data-print='brief']")?.addEventListener("click", () => {
  document.documentElement.dataset.printing = "brief";
  print();
});
