/**
 * Pagefind's Component UI, from the bundle that the build takes out of the installed package, set
 * up for one panel.
 *
 * Kept of it: the instance that hands questions and answers around, the summary, and the list of
 * results with its loading, arrow keys and announcements.  What stands in for the others and why
 * is told in the page on architecture.
 */
import "../trusted.js";
import { find } from "../../shared/elements.js";

const BUNDLE = new URL("../../../../pagefind/", import.meta.url);
/** Where components find `pagefind.js`, which stands in for Pagefind. */
const STAND_IN = new URL("../", import.meta.url);
let attempts = 0;

/** Fetch the script of the components, once; again after a failure. @returns {Promise<PagefindComponents>} */
async function components() {
  if (!window.PagefindComponents) {
    const address = new URL("pagefind-component-ui.js", BUNDLE);
    if (attempts) address.searchParams.set("again", String(attempts));
    attempts += 1;
    await import(address.href);
  }
  if (!window.PagefindComponents) throw new Error("no components of Pagefind");
  return window.PagefindComponents;
}

/**
 * Make an instance of the components.
 *
 * @param {object} ways
 * @param {import("../pagefind.js").Ask} ways.ask the search
 * @param {(key: string, values?: {SEARCH_TERM?: string}) => string} ways.say the words of the page's language
 * @returns {Promise<ComponentInstance>} the instance
 */
export async function makeInstance({ ask, say }) {
  const { configureInstance } = await components();
  const instance = configureInstance("site", { bundlePath: STAND_IN.href, ask });
  // Theirs fills in terms by a pattern that reads "$&" in a term as a command.
  instance.translate = say;
  // Theirs interrupts the reader when nothing is found.
  const announce = instance.announce.bind(instance);
  instance.announce = (key, values) => announce(key, values);
  return instance;
}

/** A result on its way; theirs is text that would have to become markup. */
function placeholder() {
  const item = document.createElement("li");
  item.className = "pf-result";
  item.setAttribute("aria-hidden", "true");
  for (const part of ["title", "excerpt"]) {
    const bar = document.createElement("p");
    bar.className = `pf-skeleton pf-skeleton-${part}`;
    item.append(bar);
  }
  return item;
}

/**
 * Put summary and results into a place, and what they say to screen readers beside them: outside
 * an open dialog nothing is read.
 *
 * @param {HTMLElement} place
 * @param {{ limit: string, render: (result: FoundResult) => Element }} how
 */
export function mount(place, { limit, render }) {
  const summary = /** @type {PagefindElement} */ (document.createElement("pagefind-summary"));
  const results = /** @type {PagefindElement} */ (document.createElement("pagefind-results"));
  for (const element of [summary, results]) {
    element.setAttribute("instance", "site");
    // Theirs is a box in English; the panel tells of failures.
    element.showError = () => {};
  }
  results.setAttribute("max-results", limit);
  results.resultTemplate = render;
  results.getPlaceholder = placeholder;
  // A letter typed on a result would jump to the field; a shortcut of one letter gets in the way
  // of those who speak to their machine.
  const isLetter = (/** @type {KeyboardEvent} */ { key, ctrlKey, metaKey, altKey }) =>
    (key.length === 1 || key === "Backspace") && !ctrlKey && !metaKey && !altKey;
  results.addEventListener(
    "keydown",
    (event) => {
      if (isLetter(event)) event.stopPropagation();
    },
    true,
  );
  results.scrollToCenter = (anchor) => anchor.scrollIntoView({ block: "nearest" });
  place.append(summary, results, find(document, "[data-pagefind-announcer]"));
}
