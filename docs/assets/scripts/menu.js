/**
 * What every page has: links to other languages, the menu button of small screens, and what holds
 * until a day.  The stylesheet keeps a closed menu out of the page; at wide screens the button is not
 * shown and the menu always stands.
 */
import { tellByClock } from "./shared/clock.js";

const button = document.querySelector(".menu-button");
const menu = document.getElementById("site-menu");

if (button && menu) {
  /** Open or close the menu. @param {boolean} open */
  const set = (open) => {
    button.setAttribute("aria-expanded", String(open));
    menu.classList.toggle("open", open);
  };
  /** Say whether the menu is open. */
  const isOpen = () => button.getAttribute("aria-expanded") === "true";

  button.addEventListener("click", () => set(!isOpen()));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !isOpen()) return;
    const inside = menu.contains(document.activeElement);
    set(false);
    if (inside) button.focus();
  });
}

// A part of a page is called the same in every language, so the address of one leads to the other.
const languages = document.querySelector(".languages");
if (languages) {
  const repeatPart = () => {
    for (const link of languages.querySelectorAll("a[data-same-page]")) link.hash = location.hash;
  };
  repeatPart();
  // Scripts may change the address without telling; before a link is followed it is met like this.
  for (const type of ["pointerover", "focusin"]) languages.addEventListener(type, repeatPart);
  addEventListener("hashchange", repeatPart);
}

tellByClock(document);
