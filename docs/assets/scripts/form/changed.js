/** What a change of the original text means for its translations, where a case is revised. */

import { written } from "./rules.js";

/**
 * Yield the path of each text whose original was changed, but not its translation.
 * @param {any} before what the site has @param {any} now @param {string} original its language
 * @param {string} other @param {Path} [path] @returns {Generator<Path>}
 */
export function* leftBehind(before, now, original, other, path = []) {
  if (typeof now !== "object" || now === null) return;
  if (typeof now[original] === "string") {
    const same = (/** @type {string} */ code) => before[code] === now[code];
    if (before && !same(original) && same(other)) yield path;
    return;
  }
  for (const key of Object.keys(now)) {
    const step = Array.isArray(now) ? Number(key) : key;
    yield* leftBehind(before?.[key], now[key], original, other, [...path, step]);
  }
}

/** Tell it at each text, and return the paths. @param {CaseForm} form @returns {Path[]} */
export function tellLeftBehind(form) {
  const [original, ...others] = form.data.languages;
  const paths = form.original
    ? others.flatMap(({ code }) => [
        ...leftBehind(form.original, form.draft.record, original.code, code),
      ])
    : [];
  const told = new Set(paths.map(written));
  for (const line of form.root.querySelectorAll(".form-left-behind")) {
    if (line instanceof HTMLElement) line.hidden = !told.has(line.dataset.of ?? "");
  }
  return paths;
}
