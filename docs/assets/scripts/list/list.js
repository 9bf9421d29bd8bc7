/**
 * A list of cases with notes: what it may hold, and what can be done with it.  Nothing here touches
 * the page or the storage.
 *
 * @typedef {object} Item
 * @property {string} id of the case
 * @property {string} note what the reader writes about it
 *
 * @typedef {object} List
 * @property {string} title on the cover of the booklet
 * @property {Item[]} items in the reader's order, each case once
 */
import { isId } from "../cases/finder.js";

export const VERSION = 1;
/** As many as a booklet can hold that somebody still reads. */
export const MOST_ITEMS = 60;
export const LONGEST_NOTE = 4000;
export const LONGEST_TITLE = 120;

/** Return the list of somebody who has chosen nothing. @returns {List} */
export const emptyList = () => ({ title: "", items: [] });

/**
 * Keep of any value what can stand in a list; null when it is no list at all.
 * @param {unknown} value @returns {List | null}
 */
export function cleanList(value) {
  const { title, items } = Object(value);
  if (!Array.isArray(items)) return null;
  const list = emptyList();
  list.title = cleanLine(title);
  for (const item of items) {
    const { id, note } = Object(item);
    if (isId(id)) add(list, id, note);
  }
  return list;
}

/** Return one line of text, cut where nobody writes more. @param {unknown} text */
export function cleanLine(text) {
  if (typeof text !== "string") return "";
  return cut(text.replace(/[\s\p{Cc}\p{Cs}]+/gu, " "), LONGEST_TITLE);
}

/** Return a note: any text but characters that control something. @param {unknown} text */
export function cleanNote(text) {
  if (typeof text !== "string") return "";
  return cut(text.replace(/\r\n?/g, "\n").replace(/[^\n\t\P{Cc}]|\p{Cs}/gu, ""), LONGEST_NOTE);
}

/**
 * Cut a text without cutting a letter that is written with two units.
 * @param {string} text @param {number} length
 */
const cut = (text, length) => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, "");

/** Say whether a case stands in a list. @param {List} list @param {string} id */
export const has = (list, id) => list.items.some((item) => item.id === id);

/** Say whether a list has room for one more. @param {List} list */
export const hasRoom = (list) => list.items.length < MOST_ITEMS;

/**
 * Add a case at the end, or at its old place; one that stands there already stays where it is.
 * @param {List} list is changed @param {string} id @param {unknown} [note] @param {number} [place]
 */
export function add(list, id, note = "", place = list.items.length) {
  if (!has(list, id) && hasRoom(list)) list.items.splice(place, 0, { id, note: cleanNote(note) });
}

/** Take a case out. @param {List} list is changed @param {string} id */
export function remove(list, id) {
  list.items = list.items.filter((item) => item.id !== id);
}

/**
 * Call a case as it is called now; where it stands under both names, both notes are kept.
 * @param {List} list is changed @param {string} from @param {string} to
 */
export function rename(list, from, to) {
  const old = list.items.find((item) => item.id === from);
  const there = list.items.find((item) => item.id === to);
  if (old && there) {
    there.note = cleanNote([there.note, old.note].filter(Boolean).join("\n"));
    remove(list, from);
  } else if (old) old.id = to;
}

/** Move a case up (-1) or down (1). @param {List} list is changed @param {string} id @param {number} by */
export function move(list, id, by) {
  const from = list.items.findIndex((item) => item.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= list.items.length) return;
  list.items.splice(to, 0, ...list.items.splice(from, 1));
}

/** Write a note. @param {List} list is changed @param {string} id @param {string} note */
export function write(list, id, note) {
  const item = list.items.find((one) => one.id === id);
  if (item) item.note = cleanNote(note);
}
