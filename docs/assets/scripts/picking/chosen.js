/**
 * The cases chosen for comparison.  They are kept for this tab only, until it is closed: the address
 * of the comparison is what one keeps or shares.
 */
import { isId } from "../cases/finder.js";

/** More columns than this cannot be read beside each other. */
export const MOST = 4;

/** @type {string[]} */
let inMemory = [];

/** Keep of any value the ids in it, each once. @param {unknown} value @returns {string[]} */
export const cleanIds = (value) =>
  Array.isArray(value) ? [...new Set(value.filter(isId))].slice(0, MOST) : [];

/** Return the ids chosen, in the order of choosing. @returns {string[]} */
export function chosen() {
  try {
    inMemory = cleanIds(JSON.parse(sessionStorage.getItem("compare") ?? "[]"));
  } catch {
    // Storage is closed to us, or holds something else: what is in memory holds for this page.
  }
  return inMemory;
}

/**
 * Keep a new choice. @param {string[]} ids
 * @returns {boolean} whether other pages will know of it
 */
export function choose(ids) {
  inMemory = ids;
  try {
    if (ids.length) sessionStorage.setItem("compare", JSON.stringify(ids));
    else sessionStorage.removeItem("compare");
    return true;
  } catch {
    return false;
  }
}

/** Write a choice as it stands in the address of the comparison. @param {string[]} ids */
export const asAddress = (ids) => (ids.length ? `?${ids.map((id) => `case=${id}`).join("&")}` : "");
