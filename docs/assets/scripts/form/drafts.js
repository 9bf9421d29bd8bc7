/**
 * The drafts that this browser keeps: a record that is being written, by a name of its own.
 *
 * @typedef {object} Draft
 * @property {string} id of the case, also part of its address
 * @property {Tree} record
 * @property {boolean} existing whether it revises a case that the site has
 * @property {number} saved when it last changed, in milliseconds since 1970
 */

import { Store } from "../kept/store.js";
import { cleanTree } from "./tree.js";

/** So many drafts are kept; a further one would push one of them out. */
export const MOST = 40;
const KEY = /^[a-z0-9]{8}$/;

/** @param {unknown} value @returns {Draft | null} */
export function cleanDraft(value) {
  const { id, record, existing, saved } = Object(value);
  if (typeof id !== "string" || id.length > 200 || typeof record !== "object" || !record)
    return null;
  const tree = cleanTree(record);
  if (Array.isArray(tree)) return null;
  return {
    id,
    record: tree,
    existing: existing === true,
    saved: Number.isFinite(saved) ? saved : 0,
  };
}

/** @param {unknown} value @returns {Record<string, Draft> | null} */
function clean(value) {
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value)
    .filter(([key]) => KEY.test(key))
    .slice(0, MOST);
  /** @type {Record<string, Draft>} */
  const drafts = {};
  for (const [key, value_] of entries) {
    const draft = cleanDraft(value_);
    if (draft) drafts[key] = draft;
  }
  return drafts;
}

/** Return the drafts of this browser. @returns {Store<Record<string, Draft>>} */
export const openDrafts = () => new Store("case-drafts", { version: 1, empty: () => ({}), clean });

/** Return a key that no draft has. */
export const newKey = () =>
  [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => (byte % 36).toString(36)).join("");

/** Return key and draft of each, the last changed first. @param {Store<Record<string, Draft>>} drafts */
export const newestFirst = (drafts) =>
  Object.entries(drafts.read()).sort(([, one], [, other]) => other.saved - one.saved);
