/**
 * What every page has: the menu button of small screens, and what holds until a day.  The stylesheet
 * keeps a closed menu out of the page; at wide screens the button is not shown and the menu always
 * stands.
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

tellByClock(document);
