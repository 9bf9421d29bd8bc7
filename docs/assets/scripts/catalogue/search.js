/**
 * Search within the catalogue.  Nothing of the search engine is fetched before someone types.
 */
import { fetchJson } from "./data.js";

export class WordSearch {
  #root;
  #language;
  #version;
  /** @type {ReturnType<typeof open> | null} */
  #ready = null;
  #attempts = 0;

  /**
   * @param {URL} root the address of the site's front folder
   * @param {string} language
   * @param {string} version of the catalogue's index: a case is a number in it
   */
  constructor(root, language, version) {
    this.#root = root;
    this.#language = language;
    this.#version = version;
  }

  /**
   * Return the numbers of the cases that hold some words, best first; throws when the search cannot
   * be had.
   * @param {string} text
   * @param {boolean} exact search for the words as they are written, correct nothing
   * @returns {Promise<{hits: number[], corrected: string, softened: boolean}>} `softened`: some of the
   *   cases lack some of the words
   */
  async find(text, exact) {
    this.#ready ??= open(this.#root, this.#language, this.#version, this.#attempts++);
    try {
      const { search, numbers } = await this.#ready;
      const found = await search.search(text, { filters: { type: ["case"] }, exact });
      if (found.status === "failed") throw new Error(`search failed: ${text}`);
      const hits = found.results.map(({ id }) => numbers.get(id)).filter((n) => n !== undefined);
      return {
        hits: [...new Set(hits)],
        corrected: found.corrected ?? "",
        softened: found.softened,
      };
    } catch (error) {
      this.#ready = null; // the next try asks again
      throw error;
    }
  }
}

/**
 * Fetch the search, and which case each page of the index is.
 * @param {URL} root @param {string} language @param {string} version
 * @param {number} attempt browsers remember that a module could not be loaded under its address
 */
async function open(root, language, version, attempt) {
  const again = attempt ? `?attempt=${attempt}` : "";
  /** @type {[typeof import("../search/engine.js"), string[]]} */
  const [{ openSearch }, ids] = await Promise.all([
    import(`../search/engine.js${again}`),
    fetchJson(new URL(`search/cases.${language}.${version}.json`, root)),
  ]);
  const search = await openSearch({ base: root.href, language });
  return { search, numbers: new Map(ids.map((id, number) => [id, number])) };
}
