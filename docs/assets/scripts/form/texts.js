/**
 * What may stand in a piece of text: its length, what makes it hard to read, its links and its
 * citations.
 *
 * The rules are those of `hooks/casebook/record/kinds.py` and `citations.py`; a table of faulty records is
 * run through both in the tests.
 */

import { lengthOf, tooHard } from "./effort.js";
import { looksAlike } from "./hosts.js";

/** Words of a fault: which rule is broken, and what its message names. */
/** @typedef {[rule: string, details?: Record<string, unknown>]} Found */

const SCHEMES = ["https", "http", "mailto", "tel"];
// A link, and the definition of one with or without a title: `[word]: address "title"`.
const LINK =
  /\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^[\]]*\]:(?=( *))\2(?:\n(?=( *))\3)?(?=(\S+))\4(?=( *))\5(?:\n(?=( *))\6)?(?:(?:"[^\n]*"|'[^\n]*'|\([^\n]*\)) *)?$/gm;
const DEFINED = 4;
const PICTURE = /!\[[^[\]\n]{0,200}\]\([^)\n]{0,2000}\)/g;
const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[^<>]*|[^\s<>]*))>/g;
const MARK = /((?<=\S)[ \t\xa0\u202f]*(?:\n[ \t\xa0\u202f]*)?)?(\[@[^[\]]*\]?)/g;
const ITEM = /^@\s*([^\s;@]+)\s*$/;
const LIST_MARKER = /^[ \t>]*([-*+]|\d+[.)])$/;

/** Return the text on one line, without white space around it. @param {string} words */
export const onOneLine = (words) => words.replace(/\s+/g, " ").trim();

/**
 * Yield what is wrong with the links, the length and the signs of a text.
 * @param {string} words @param {string} form "line", "text" or "prose" @param {number} limit
 * @param {import("./effort.js").Limits} limits
 * @returns {Generator<Found>}
 */
export function* faultsOfText(words, form, limit, limits) {
  const length = lengthOf(uncited(words));
  if (length > limit) yield ["text-too-long", { limit, length }];
  const hard = form === "prose" ? tooHard(words, limits) : undefined;
  if (hard) yield [hard];
  for (const address of links(words)) {
    const scheme = address.includes(":") ? address.split(":")[0].toLowerCase() : "";
    if (!SCHEMES.includes(scheme)) {
      yield ["link-refused", { address, allowed: SCHEMES.join(", ") }];
    } else if (scheme.startsWith("http") && !isAddress(address)) {
      yield ["address-refused", { value: address }];
    } else if (scheme.startsWith("http") && looksAlike(address)) {
      yield ["address-looks-alike", { value: address }];
    } else if (form !== "prose") {
      yield ["link-in-plain-text", { address }];
    }
  }
}

/** @param {string} text */
function* links(text) {
  const words = text.replace(PICTURE, ""); // refused as what it is
  for (const match of words.matchAll(LINK)) {
    yield match[1] ?? match[DEFINED].replace(/^<+|>+$/g, "");
  }
  for (const match of words.matchAll(AUTOLINK)) yield match[1];
}

/**
 * Say whether a web address is whole and safe to link to.
 *
 * Only http and https with a host and without a user name; no characters that an address bar would
 * hide or read otherwise.
 * @param {string} value
 */
export function isAddress(value) {
  if (lengthOf(value) > 2000 || /[\p{C}\p{Z}\s\\<>"'`{}|^]/u.test(value)) return false;
  const parts = /^https?:\/\/([^/?#]*)/i.exec(value);
  if (!parts || parts[1].includes("@") || /[[\]]/.test(parts[1])) return false;
  const [, host, port] = /^([^:]*):?(.*)$/s.exec(parts[1]) ?? [];
  if (/[/?#@:]/.test(host.normalize("NFKC"))) return false;
  return host.includes(".") && (port === "" || (/^\d+$/.test(port) && Number(port) <= 65535));
}

/**
 * Yield every citation mark with its ids; none when the mark is not written as it should be.
 * @param {string} words @returns {Generator<{text: string, ids: string[]}>}
 */
export function* marks(words) {
  for (const match of words.matchAll(MARK)) yield { text: match[2], ids: idsOf(match[2]) };
}

/** @param {string} mark @returns {string[]} */
function idsOf(mark) {
  if (!mark.endsWith("]")) return [];
  const items = mark
    .slice(1, -1)
    .split(";")
    .map((part) => ITEM.exec(part.trimStart()));
  return items.every((item) => item !== null) ? items.map((item) => item[1] ?? "") : [];
}

/**
 * Return the text without its citations, as if they had never been written.
 * @param {string} words
 */
export function uncited(words) {
  return words.replace(MARK, (whole, gap, mark, at) => {
    if (!idsOf(mark).length) return whole;
    const before = words.slice(words.lastIndexOf("\n", at - 1) + 1, at);
    return at > 0 && LIST_MARKER.test(before) ? (gap ?? "") : "";
  });
}
