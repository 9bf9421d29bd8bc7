/** Small help for making elements: everything goes in as text or as a property, never as markup. */

import { written } from "./rules.js";

/**
 * Return a new element.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, unknown> & {on?: Record<string, (event: any) => unknown>}} [attributes] `on` holds listeners by event; true sets
 *   an attribute without a value, false and undefined leave it out
 * @param {...(Node | string | null | undefined | false)} children
 */
export function make(tag, { on = {}, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [event, run] of Object.entries(on)) element.addEventListener(event, run);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false && value !== null) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
  return element;
}

/** Return a text with what stands between backticks as code. @param {string} words */
export const withCode = (words) =>
  words.split("`").map((part, place) => (place % 2 ? make("code", {}, part) : part));

/** Return the id of the control at a path. @param {Path} path */
export const idOf = (path) => `field-${written(path).replace(/[^a-z0-9]+/g, "-")}`;

/** Return a button with words on it. @param {string} words @param {() => void} run @param {object} [more] */
export const button = (words, run, more = {}) =>
  make("button", { type: "button", class: "button", on: { click: run }, ...more }, words);
