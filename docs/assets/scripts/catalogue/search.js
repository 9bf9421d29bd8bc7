/**
 * Search within the catalogue.  Nothing of the search engine is fetched before someone types.
 */
export class WordSearch {
  /**
   * @param {URL} root the address of the site's front folder
   * @param {string} language
   * @param {string} version of the catalogue's index: a case is a number in it
   */
  constructor(root, language, version) {
    this._root = root;
    this._language = language;
    this._version = version;
    this._ready = null;
    this._attempts = 0;
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
    this._ready ??= this._open();
    try {
      const { search, numbers } = await this._ready;
      const found = await search.search(text, { filters: { type: ["case"] }, exact });
      if (found.status === "failed") throw new Error(`search failed: ${text}`);
      const hits = found.results.map(({ id }) => numbers.get(id)).filter((n) => n !== undefined);
      return {
        hits: [...new Set(hits)],
        corrected: found.corrected ?? "",
        softened: found.softened,
      };
    } catch (error) {
      this._ready = null; // the next try asks again
      throw error;
    }
  }

  async _open() {
    // Browsers remember that a module could not be loaded under its address.
    const again = this._attempts ? `?attempt=${this._attempts}` : "";
    this._attempts++;
    const list = `search/cases.${this._language}.${this._version}.json`;
    const [{ openSearch }, ids] = await Promise.all([
      import(`../search/engine.js${again}`),
      fetch(new URL(list, this._root)).then((answer) => {
        if (!answer.ok) throw new Error(`${answer.status}: ${answer.url}`);
        return answer.json();
      }),
    ]);
    const search = await openSearch({ base: this._root.href, language: this._language });
    return { search, numbers: new Map(ids.map((id, number) => [id, number])) };
  }
}
