/**
 * What may stand in a field that holds one value: dates, numbers, words of a vocabulary, patterns.
 *
 * The rules are those of `hooks/casebook/record/kinds.py`; a table of faulty records is run through both
 * in the tests.  Nothing is changed here: a value is text until the record is read.
 */

import { closest, some } from "./closest.js";
import { looksAlike } from "./hosts.js";
import { isAddress } from "./texts.js";

/** @typedef {import("./texts.js").Found} Found */
/** @typedef {import("./rules.js").Spec} Spec */
/** @typedef {import("./rules.js").World} World */

const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/;
const YEAR = /^(1[89]|20|21)\d\d$/;
const NUMBER = /^-?\d{1,12}(\.\d{1,6})?$/;
const [FIRST_YEAR, LAST_YEAR] = [1800, 2200];

/** Say whether the calendar has the date that a text writes. @param {string} word */
export function isDate(word) {
  if (!DATE.test(word)) return false;
  const [year, month = 1, day = 1] = word.split("-").map(Number);
  if (year < FIRST_YEAR || year > LAST_YEAR) return false;
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}

/** Return the number that a text writes in decimal digits, or NaN. @param {string} word */
export const readNumber = (word) => (NUMBER.test(word) ? Number(word) : NaN);

/** Return the expression of a pattern as the browser writes it. @param {string} pattern */
const compiled = (pattern) =>
  new RegExp(`^(?:${pattern.replaceAll("\\w", "\\p{L}\\p{N}_")})$`, "u");

/**
 * Return the fault of a word that is not among the known ones, or nothing.
 * @param {string} word @param {Iterable<string>} known @param {string} rule
 * @param {Record<string, unknown>} [details] @param {number} [most] @returns {Found | undefined}
 */
export function unknown(word, known, rule, details = {}, most = 8) {
  const candidates = [...known];
  return candidates.includes(word) ? undefined : unlike(word, candidates, rule, details, most);
}

/**
 * Return the fault of a word that is not among the known ones.
 * @param {string} word @param {string[]} known @param {string} rule
 * @param {Record<string, unknown>} [details] @param {number} [most] @returns {Found}
 */
export function unlike(word, known, rule, details = {}, most = 8) {
  const near = closest(word, known);
  return [rule, { value: word, closest: near, allowed: some(known, most), ...details }];
}

/** @param {string} word @param {Spec} spec @returns {Found | undefined} */
function faultOfPattern(word, { pattern = "", rule = "" }) {
  return compiled(pattern).test(word) ? undefined : [rule, { value: word }];
}

/**
 * How each form of value is checked: from the trimmed text to its fault, or nothing.
 * @type {Record<string, (word: string, spec: Spec, world: World) => Found | undefined>}
 */
const CHECKS = {
  term: (word, spec, world) =>
    unknown(word, world.facets[spec.facet], "unknown-term", { facet: spec.facet }),
  place: (word, _spec, world) => unknown(word, world.places, "unknown-place"),
  reference: (word, _spec, world) => unknown(word, world.references, "unknown-reference"),
  word: (word, spec) => unknown(word, spec.words, "unknown-word", {}, spec.words.length),
  pattern: faultOfPattern,
  case: faultOfPattern,
  address: (word) => {
    if (!isAddress(word)) return ["address-refused", { value: word }];
    return looksAlike(word) ? ["address-looks-alike", { value: word }] : undefined;
  },
  date: (word) => (isDate(word) ? undefined : ["not-a-date", { value: word }]),
  day: (word) => (isDate(word) && word.length === 10 ? undefined : ["not-a-day", { value: word }]),
  year: (word) => (YEAR.test(word) ? undefined : ["not-a-year", { value: word }]),
  number: (word) => (NUMBER.test(word) ? undefined : ["not-a-number", { value: word }]),
};

/**
 * Return the fault of a value of `spec`, or nothing.
 * @param {Spec} spec @param {unknown} value @param {World} world @returns {Found | undefined}
 */
export function faultOfValue(spec, value, world) {
  if (value !== null && typeof value !== "string") return ["expected-text"];
  const word = (value ?? "").trim();
  return word ? CHECKS[spec.form](word, spec, world) : ["empty-text"];
}
