/** Narrows the glossary to the words that hold what is typed. */
import { dataOf, find } from "./shared/elements.js";

const root = find(document, ".glossary-find");
const field = find(root, "input");
const status = find(root, ".glossary-found");
const letters = find(root, "nav");

/** Each word: its heading and what follows, up to the next one. */
const words = [...document.querySelectorAll(".prose h3[id]")].map((heading) => {
  /** @type {Element[]} */
  const parts = [heading];
  for (let next = heading.nextElementSibling; next; next = next.nextElementSibling) {
    if (!next.matches("p, ul, ol")) break;
    parts.push(next);
  }
  /** @type {Element | null} */
  let group = heading;
  while (group && !group.matches("h2")) group = group.previousElementSibling;
  return { parts, group, text: plain(parts.map((part) => part.textContent).join(" ")) };
});

/** Return a text as it is compared. @param {string} text */
function plain(text) {
  return text.normalize("NFC").toLocaleLowerCase().trim();
}

/** Show the words that hold what stands in the field; all of them while it is empty. */
function narrow() {
  const asked = plain(field.value);
  const shown = words.filter(({ text }) => text.includes(asked));
  for (const word of words) {
    for (const part of word.parts) part.toggleAttribute("hidden", !shown.includes(word));
  }
  for (const { group } of words) {
    group?.toggleAttribute("hidden", !shown.some((word) => word.group === group));
  }
  letters.hidden = asked !== "";
  status.textContent = asked && !shown.length ? dataOf(root, "none") : "";
}

field.addEventListener("input", narrow);
// A link to a word that is not shown shows all of them again.
addEventListener("hashchange", () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target?.hidden) return;
  field.value = "";
  narrow();
  target.scrollIntoView();
});
narrow(); // a browser may have kept what stood in the field
