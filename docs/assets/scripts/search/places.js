/**
 * Places in a query: "mentor i Bodø" asks for Bodø and for a mentor.  Names are known in every
 * language of the country, also written without letters that a keyboard lacks.
 */
import { changes } from "./spelling.js";

/**
 * @typedef {object} Place
 * @property {string} id
 * @property {string} label
 * @property {string} county
 * @property {string} size
 *
 * @typedef {object} Named What a query calls by one name; several places may have it.
 * @property {string} label
 * @property {string} written The words of the query.
 * @property {Place[]} places
 *
 * @typedef {object} Told A query without its places.
 * @property {Named[]} named
 * @property {string} rest What else is asked for; empty when that is all.
 */

/** Words of the longest name of a place. */
const LONGEST = 4;
/** Letters from which on a name may be misspelt by one. */
const MISSPELT = 7;
/** Letters of the shortest name whose genitive is known: "oss" is not of Os. */
const GENITIVE = 4;

/**
 * @param {string} text
 * @param {import("./words.js").Words} words
 * @returns {Promise<Told>}
 */
export async function findPlaces(text, words) {
  const raw = text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  const all = raw.map((word) => word.toLowerCase());
  /** @type {Named[]} */
  const named = [];
  /** @type {string[]} */
  const rest = [];
  for (let at = 0; at < all.length; ) {
    const found = await nameAt(all, raw, at, words);
    if (found) named.push(found.named);
    else rest.push(all[at]);
    at += found?.length ?? 1;
  }
  if (!named.length) return { named, rest: text };
  const asked = rest.filter((word) => !words.placeWords.has(word));
  const stop = await Promise.all(asked.map((word) => words.isStop(word)));
  return { named, rest: stop.every(Boolean) ? "" : asked.join(" ") };
}

/**
 * The longest name of a place that begins at a word.
 * @param {string[]} all @param {string[]} raw @param {number} at
 * @param {import("./words.js").Words} words
 * @returns {Promise<{ named: Named, length: number } | null>}
 */
async function nameAt(all, raw, at, words) {
  const names = [...(await words.placesLike(all[at]))];
  for (let length = Math.min(LONGEST, all.length - at); length > 0; length--) {
    const typed = all.slice(at, at + length);
    const meant = (/** @type {string} */ name) => isCalled(typed, name.split(" "), words);
    const found = names.filter(([name]) => meant(name));
    const exact = found.filter(([name]) => name === typed.join(" "));
    const taken = exact.length ? exact : found;
    if (!taken.length) continue;
    const entries = taken.flatMap(([, places]) => places);
    const isWord = entries.every((entry) => entry[4]) || (!exact.length && length === 1);
    if (isWord && !(await isMarked(all, raw, at, length, exact.length > 0, words))) continue;
    return { named: namedBy(entries, typed, all[at + length]), length };
  }
  return misspelt(all[at], names, words);
}

/** @param {string[]} typed @param {string[]} name @param {import("./words.js").Words} words */
function isCalled(typed, name, words) {
  if (typed.length !== name.length) return false;
  return name.every((one, at) => {
    const word = typed[at];
    if (word === one || words.isWritten(word, one)) return true;
    const isLast = at === name.length - 1;
    if (!isLast || one.length < GENITIVE || !word.endsWith("s")) return false;
    return word.slice(0, -1) === one || words.isWritten(word.slice(0, -1), one);
  });
}

/**
 * Whether a word that may mean something else is meant as a place: no page has it in another
 * meaning, or it has a capital, stands alone, after "in" or before "municipality".
 * @param {string[]} all @param {string[]} raw @param {number} at @param {number} length
 * @param {boolean} isExact @param {import("./words.js").Words} words
 */
async function isMarked(all, raw, at, length, isExact, words) {
  if (!isExact && !(await words.isStop(all[at])) && !(await words.countOf(all[at]))) return true;
  const [before = "", after = ""] = [all[at - 1], all[at + length]];
  const isCapital = at > 0 && raw[at] !== all[at];
  if (isCapital || all.length === length) return true;
  return words.beforePlaces.has(before) || words.placeWords.has(after);
}

/**
 * A long name with one mistake, where no page has the word.
 * @param {string} word @param {[string, import("./words.js").PlaceEntry[]][]} names
 * @param {import("./words.js").Words} words
 */
async function misspelt(word, names, words) {
  if (word.length < MISSPELT || (await words.find(word))) return null;
  const near = names.filter(([name]) => changes(word, name, 1, words.plain) <= 1);
  if (near.length !== 1) return null;
  return { named: namedBy(near[0][1], [word]), length: 1 };
}

/**
 * @param {import("./words.js").PlaceEntry[]} entries @param {string[]} typed
 * @param {string} [after] The next word: "Oslo fylke" is the county only.
 * @returns {Named}
 */
function namedBy(entries, typed, after) {
  const counties = entries.filter(([label]) => after && label.endsWith(` ${after}`));
  const chosen = counties.length ? counties : entries;
  // "Oslo" is a municipality and a county: the shorter label says both.
  const labels = chosen.map(([label]) => label);
  const distinct = labels.filter(
    (one, at) => !labels.some((other, place) => place !== at && one.startsWith(`${other} `)),
  );
  return {
    label: distinct.join(" / "),
    written: typed.join(" "),
    places: chosen.map(([label, id, county, size]) => ({ id, label, county, size })),
  };
}
