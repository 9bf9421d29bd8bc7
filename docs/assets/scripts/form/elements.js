/** Small help for making elements: everything goes in as text or as a property, never as markup. */

/**
 * Return a new element.
 * @param {string} tag
 * @param {Record<string, unknown>} [attributes] `on` holds listeners by event; true sets
 *   an attribute without a value, false and undefined leave it out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, run] of Object.entries(value)) element.addEventListener(event, run);
    } else if (value !== undefined && value !== false && value !== null) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** Return a text with what stands between backticks as code. @param {string} words */
export const withCode = (words) =>
  words.split("`").map((part, place) => (place % 2 ? make("code", {}, part) : part));

/** Return a button with words on it. @param {string} words @param {() => void} run @param {object} [more] */
export const button = (words, run, more = {}) =>
  make("button", { type: "button", class: "button", on: { click: run }, ...more }, words);
