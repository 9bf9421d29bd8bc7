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
const YEAR = /^\d{4}$/;
const NUMBER = /^-?\d{1,12}(\.\d{1,6})?$/;
const [FIRST_YEAR, LAST_YEAR] = [1800, 2100];
const MOST_TERMS = 20;
const A_DAY = 86_400_000;
/** Endings that no address has, and that people type for those that many have. */
const MISTYPED_DOMAINS = "cmo comm con coom cpm ner nett nte ocm ogr orgg rog vom".split(" ");

/** Say whether the calendar has the date that a text writes. @param {string} word */
export function isDate(word) {
  if (!DATE.test(word)) return false;
  const [year, month = 1, day = 1] = word.split("-").map(Number);
  if (year < FIRST_YEAR) return false;
  const found = new Date(Date.UTC(year, month - 1, day));
  return found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}

/** Return a day that is written as in Norway as a record has it, else "". @param {string} word */
export function mendedDate(word) {
  const parts = word.match(/^(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})$/);
  const mended = parts
    ? `${parts[3]}-${parts[2].padStart(2, "0")}-${parts[1].padStart(2, "0")}`
    : "";
  return isDate(mended) ? mended : "";
}

/** Return a number with spaces, a comma or a % as a record has it, else "". @param {string} word */
export function mendedNumber(word) {
  const mended = word
    .replace(/(?<=\d)\s(?=\d{3}(?!\d))/g, "")
    .replace(/^(-?\d+),(\d+)/, "$1.$2")
    .replace(/\s*%$/, "");
  return mended !== word && NUMBER.test(mended) ? mended : "";
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

/** @param {string} word @param {Spec} spec @param {World} world @returns {Found | undefined} */
function faultOfPattern(word, { pattern = "", rule = "" }, world) {
  if (!compiled(pattern).test(word)) return [rule, { value: word }];
  if (rule === "not-a-phone") return faultOfPhone(word);
  return rule === "not-an-email" ? faultOfDomain(word, world) : undefined;
}

/** @param {string} word @returns {Found | undefined} */
function faultOfPhone(word) {
  const digits = word.replace(/\D/g, "");
  const [norwegian, plus] = [/^\(?\+47/.test(word), /^\(?\+/.test(word)];
  const here = norwegian ? digits.replace(/^47/, "") : digits;
  const enough = plus && !norwegian ? here.length >= 7 : [5, 8].includes(here.length);
  return enough ? undefined : ["too-few-digits", { value: word, digits: here.length }];
}

/** @param {string} word @param {World} world @returns {Found | undefined} */
function faultOfDomain(word, world) {
  const ending = word.slice(word.lastIndexOf(".") + 1).toLowerCase();
  const noPlace = ending.length < 3 && !world.domains.includes(ending);
  const isNone = noPlace || MISTYPED_DOMAINS.includes(ending) || !/^\p{L}+$/u.test(ending);
  return isNone ? ["no-such-domain", { value: word, ending }] : undefined;
}

/**
 * Return the fault of a day that is no day, or that is to come. @returns {Found | undefined}
 * @param {string} word @param {Spec} spec @param {World} world @param {string} rule
 */
function faultOfDate(word, spec, world, rule) {
  const whole = rule === "not-a-date" || word.length === 10;
  if (!isDate(word) || !whole) return [rule, { value: word, closest: mendedDate(word) }];
  // Where the clock is ahead of ours, today is tomorrow.
  const last = spec.past ? (world.now ?? Date.now()) + A_DAY : Date.UTC(LAST_YEAR, 11, 31);
  return Date.parse(word) > last ? ["ahead-in-time", { value: word }] : undefined;
}

/**
 * How each form of value is checked: from the trimmed text to its fault, or nothing.
 * @type {Record<string, (word: string, spec: Spec, world: World) => Found | undefined>}
 */
const CHECKS = {
  term: (word, spec, world) =>
    unknown(word, world.facets[spec.facet], "unknown-term", { facet: spec.facet }, MOST_TERMS),
  place: (word, _spec, world) => unknown(word, world.places, "unknown-place"),
  reference: (word, _spec, world) => unknown(word, world.references, "unknown-reference"),
  word: (word, spec) => unknown(word, spec.words, "unknown-word", {}, spec.words.length),
  pattern: faultOfPattern,
  case: faultOfPattern,
  address: (word) => {
    if (!isAddress(word)) return ["address-refused", { value: word }];
    return looksAlike(word) ? ["address-looks-alike", { value: word }] : undefined;
  },
  date: (word, spec, world) => faultOfDate(word, spec, world, "not-a-date"),
  day: (word, spec, world) => faultOfDate(word, spec, world, "not-a-day"),
  year: (word) => {
    if (!YEAR.test(word) || Number(word) < FIRST_YEAR) return ["not-a-year", { value: word }];
    return Number(word) > LAST_YEAR ? ["ahead-in-time", { value: word }] : undefined;
  },
  number: (word) =>
    NUMBER.test(word) ? undefined : ["not-a-number", { value: word, closest: mendedNumber(word) }],
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
