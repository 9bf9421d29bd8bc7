/**
 * A list outside this browser: as an address that one shares, and as a file that one keeps.  Both
 * come back as untrusted input.
 *
 * Everything stands behind the "#" of the address, which browsers do not send to any host.
 */
import { readJson } from "../kept/files.js";
import { MOST_ITEMS, VERSION, add, cleanLine, cleanList, emptyList } from "./list.js";

/** Tells our files from other JSON. */
const KIND = "kunnskapsbanken-list";
/** Longer addresses are cut by programs that people send them with. */
export const LONG_ADDRESS = 2000;

/**
 * Write a list as it stands behind the "#".
 * @param {import("./list.js").List} list @param {boolean} withNotes
 */
export function asFragment(list, withNotes) {
  const parts = [`list=${list.items.map((item) => item.id).join(",")}`];
  if (list.title) parts.push(`title=${encodeURIComponent(list.title)}`);
  if (withNotes) {
    list.items.forEach(({ note }, place) => {
      if (note) parts.push(`note${place + 1}=${encodeURIComponent(note)}`);
    });
  }
  return `#${parts.join("&")}`;
}

/** Say whether an address means to show a list. @param {string} fragment */
export const namesList = (fragment) => /^#(.*&)?list=/.test(fragment);

/**
 * Read a list from what follows the "#"; null when none can be read.
 * @param {string} fragment @returns {import("./list.js").List | null}
 */
export function fromFragment(fragment) {
  if (!namesList(fragment)) return null;
  const values = new URLSearchParams(fragment.slice(1).replaceAll("+", "%2B"));
  const list = emptyList();
  list.title = cleanLine(values.get("title") ?? "");
  const ids = (values.get("list") ?? "").split(",");
  ids.slice(0, 10 * MOST_ITEMS).forEach((id, place) => {
    const cleaned = cleanList({ items: [{ id: id.trim(), note: values.get(`note${place + 1}`) }] });
    for (const item of cleaned?.items ?? []) add(list, item.id, item.note);
  });
  return list.items.length ? list : null;
}

/** Write a list as a file. @param {import("./list.js").List} list */
export const asFile = (list) =>
  `${JSON.stringify({ kind: KIND, version: VERSION, ...list }, null, 2)}\n`;

/**
 * Read a file that somebody chose.
 * @param {File} file
 * @returns {Promise<{list: import("./list.js").List, cut: boolean} | {refused: string}>} `cut` when
 *   the file holds more than a list has room for
 */
export async function fromFile(file) {
  const read = await readJson(file, (value) => {
    const { kind, version, items } = Object(value);
    if (kind !== KIND || !Number.isInteger(version) || version < 1) return null;
    if (version > VERSION) return "newer";
    const list = cleanList(value);
    return list?.items.length ? { list, cut: items.length > MOST_ITEMS } : null;
  });
  if ("refused" in read) return read;
  return read.value === "newer" ? { refused: read.value } : read.value;
}
