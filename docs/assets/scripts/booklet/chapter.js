/**
 * A case as a chapter of the booklet: its brief, or its own page in full, without what one only uses
 * on a screen. Headings go down a level, ids begin with the chapter's own word, and the contacts are handed over
 * to stand at the end.
 */
import { find } from "../shared/elements.js";

/** Parts of a case's page, in its order; what the booklet shows itself is not among them. */
const HEAD = ".case-head > .wrap > :not(h1, .case-parent, .case-tools), .case-dates";
const NOTICE = ".notice:not([hidden])";
const BODY = `${NOTICE}, .text > section:not(#contacts), .addresses`;
/** Ways on to other cases that only a reader at a screen follows. */
const ONWARD = ".similar";
/** Of a brief, what one only follows at a screen. */
const TELL = ".brief-unknown a";
const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];

/**
 * @typedef {import("../cases/page.js").CasePage} CasePage
 *
 * @typedef {object} Chapter
 * @property {string} title
 * @property {HTMLElement[]} head
 * @property {HTMLElement[]} body
 * @property {HTMLElement | null} contacts
 * @property {{id: string, name: string, text: string}[]} words the terms that the page explains
 */

/**
 * Return what stands in the chapter.
 * @param {CasePage} page @param {string} prefix of every id in it
 * @param {boolean} isWhole the whole case rather than its brief
 * @returns {Chapter}
 */
export function chapter(page, prefix, isWhole) {
  const people = page.one("#contacts .contacts");
  const contacts = people ? lower(page.copy(people, prefix)) : null;
  return {
    title: page.one("h1")?.textContent.trim() ?? "",
    ...(isWhole ? whole(page, prefix) : brief(page, prefix, contacts)),
    contacts,
    words: page
      .all(".term-note")
      .filter((note) => isWhole || page.one(`[data-brief] [popovertarget="${note.id}"]`))
      .map((note) => ({
        id: note.id,
        name: find(note, ".term-name").textContent.trim(),
        text: find(note, ".term-name + p").textContent.trim(),
      })),
  };
}

/** @param {CasePage} page @param {string} prefix @returns {Pick<Chapter, "head" | "body">} */
function whole(page, prefix) {
  /** @param {HTMLElement} element */
  const copy = (element) => {
    const copied = lower(page.copy(element, prefix));
    for (const way of copied.querySelectorAll(ONWARD)) way.remove();
    return copied;
  };
  return {
    head: page.all(HEAD).map(copy),
    // A part of which nothing but its heading came along is left out.
    body: page
      .all(BODY)
      .map(copy)
      .filter((part) => part.children.length > 1 || part.matches("p")),
  };
}

/**
 * The brief with what has to be said of it first, and the sources that it and the contacts name.
 * @param {CasePage} page @param {string} prefix @param {HTMLElement | null} contacts
 * @returns {Pick<Chapter, "head" | "body">}
 */
function brief(page, prefix, contacts) {
  const copies = page.all(`${NOTICE}, [data-brief]`).map((one) => page.copy(one, prefix));
  for (const link of copies.flatMap((one) => [...one.querySelectorAll(TELL)])) link.remove();
  const naming = contacts ? [...copies, contacts] : copies;
  return { head: [], body: [...copies, ...page.sources(naming, prefix)] };
}

/**
 * Put every heading one level lower: those of the booklet stand above them.
 * @param {HTMLElement} root
 */
function lower(root) {
  for (let level = HEADINGS.length - 2; level > 0; level--) {
    for (const heading of root.querySelectorAll(HEADINGS[level])) {
      const lowered = document.createElement(HEADINGS[level + 1]);
      for (const { name, value } of heading.attributes) lowered.setAttribute(name, value);
      lowered.append(...heading.childNodes);
      heading.replaceWith(lowered);
    }
  }
  return root;
}
