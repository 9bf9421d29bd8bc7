/**
 * Finds the cards of cases by their ids, for pages that know some cases and not the catalogue.
 *
 * A small index says in which file of cards a case stands, so a page with ten cases fetches at most
 * eleven small files, however many cases there are.
 */
import { Data } from "../catalogue/data.js";

/** What an id may look like; anything may stand in an address. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_ID = 100;

/** Say whether a text could be the id of a case. @param {unknown} text */
export const isId = (text) =>
  typeof text === "string" && text.length <= LONGEST_ID && ID.test(text);

/**
 * @typedef {object} SmallIndex the file `cases.<language>.<version>.json`
 * @property {number} per_file
 * @property {string} cards
 * @property {string[]} first the id of the first case in each file of cards
 * @property {Record<string, string>} former an id that a case had before -> the one it has now
 *
 * @extends {Data<SmallIndex>}
 */
export class CaseFinder extends Data {
  /** @param {URL} folder where the files are @param {string} language @param {string} version */
  constructor(folder, language, version) {
    super(folder, language, version, "cases");
  }

  /**
   * Return the cards of some cases by id, null for each that does not exist; throws when the data
   * cannot be had.  By an id that it had before, a case is found as it is called now.
   * @param {string[]} ids @returns {Promise<Map<string, import("../catalogue/data.js").Card | null>>}
   */
  async byId(ids) {
    const { first, former } = await this.index();
    /** @type {Map<string, import("../catalogue/data.js").Card | null>} */
    const found = new Map();
    const find = async (/** @type {string} */ id) => {
      const now = Object.hasOwn(former, id) ? former[id] : id;
      const file = isId(now) ? place(first, now) : -1;
      const cards = file < 0 ? [] : await this.file(file);
      return /** @type {const} */ ([id, cards.find((card) => card.id === now) ?? null]);
    };
    for (const [id, card] of await Promise.all(ids.map(find))) found.set(id, card);
    return found;
  }
}

/**
 * Return the place of the last id that does not come after `id`, -1 when all do.
 * @param {string[]} ids @param {string} id
 */
function place(ids, id) {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] <= id) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
