/**
 * What is compared, as it stands in the address: `?case=a&case=b&same=hidden`.  An address is
 * untrusted input: what cannot be an id is left out, and told.
 */
import { isId } from "../cases/finder.js";
import { MOST, asAddress } from "../picking/chosen.js";

/** Of an address that holds nonsense, this much is told. */
const TOLD_AT_MOST = 5;
const TOLD_LENGTH = 40;

/**
 * Read an address.
 * @param {string} search what follows the path
 * @returns {{ids: string[], hideSame: boolean, tooMany: boolean, unknown: string[]}}
 */
export function readAddress(search) {
  const values = new URLSearchParams(search);
  const named = [...new Set(values.getAll("case").map((value) => value.trim()))].filter(Boolean);
  const ids = named.filter(isId);
  return {
    ids: ids.slice(0, MOST),
    hideSame: values.get("same") === "hidden",
    tooMany: ids.length > MOST,
    unknown: told(named.filter((name) => !isId(name))),
  };
}

/** Return as much of what is unknown as one tells. @param {string[]} names */
export const told = (names) =>
  names.slice(0, TOLD_AT_MOST).map((name) => name.slice(0, TOLD_LENGTH));

/** Write an address. @param {string[]} ids @param {boolean} hideSame */
export function writeAddress(ids, hideSame) {
  const cases = asAddress(ids);
  return cases && hideSame ? `${cases}&same=hidden` : cases;
}
