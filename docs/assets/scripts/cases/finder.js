/**
 * Finds the cards of cases by their ids, for pages that know some cases and not the catalogue.
 *
 * A small index says in which file of cards a case stands, so a page with ten cases fetches at most
 * eleven small files, however many cases there are.
 */
import { Data, fetchJson } from "../catalogue/data.js";

/** What an id may look like; anything may stand in an address. */
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const LONGEST_ID = 100;

/** Say whether a text could be the id of a case. @param {unknown} text */
export const isId = (text) =>
  typeof text === "string" && text.length <= LONGEST_ID && ID.test(text);

export class CaseFinder extends Data {
  /** Return the small index. @returns {Promise<{per_file: number, cards: string, first: string[]}>} */
  async index() {
    const address = new URL(`cases.${this._language}.${this._version}.json`, this._folder);
    this._index ??= await fetchJson(address);
    return this._index;
  }

  /**
   * Return the cards of some cases by id, null for each that does not exist; throws when the data
   * cannot be had.
   * @param {string[]} ids @returns {Promise<Map<string, import("../catalogue/data.js").Card | null>>}
   */
  async byId(ids) {
    const { first } = await this.index();
    const find = async (id) => {
      const file = isId(id) ? place(first, id) : -1;
      const cards = file < 0 ? [] : await this._file(file);
      return [id, cards.find((card) => card.id === id) ?? null];
    };
    return new Map(await Promise.all(ids.map(find)));
  }
}

/** Return the place of the last id that does not come after `id`, -1 when all do. */
function place(ids, id) {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] <= id) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
