/**
 * Fetches the catalogue's own data: the index once, cards in files of a few as they are shown.
 * What failed is not kept, so trying again asks again.
 *
 * @typedef {object} Card as `hooks/casebook/browser/catalogue_data.py` writes it
 * @property {string} id
 * @property {string} href from the root of the site
 * @property {string} title
 * @property {string} lead
 * @property {string} place
 * @property {string} period
 * @property {string} status
 * @property {string} evidence
 * @property {[string, string, string][]} tags facet, term and label
 */

/** Fetch JSON, or throw. @param {URL} address */
export async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  return response.json();
}

export class Data {
  /**
   * @param {URL} folder where the files are
   * @param {string} language
   * @param {string} version of the index; stands in the name of its file, so that a page never
   *   meets the index of another build
   */
  constructor(folder, language, version) {
    this._folder = folder;
    this._language = language;
    this._version = version;
    this._index = null;
    this._files = new Map();
  }

  /** Return the index. @returns {Promise<import("./selection.js").Index>} */
  async index() {
    const address = new URL(`facets.${this._language}.${this._version}.json`, this._folder);
    this._index ??= await fetchJson(address);
    return this._index;
  }

  /**
   * Return the cards of some cases, undefined in place of each that could not be fetched.
   * @param {number[]} numbers @returns {Promise<(Card | undefined)[]>}
   */
  async cards(numbers) {
    const { per_file: perFile } = await this.index();
    const wanted = [...new Set(numbers.map((number) => Math.floor(number / perFile)))];
    const files = new Map();
    await Promise.all(
      wanted.map(async (file) => files.set(file, await this._file(file).catch(() => []))),
    );
    return numbers.map((number) => files.get(Math.floor(number / perFile))[number % perFile]);
  }

  /** Return a file of cards, fetched once. @param {number} file @returns {Promise<Card[]>} */
  _file(file) {
    if (!this._files.has(file)) {
      const name = `cards.${this._language}.${this._index.cards}/${file}.json`;
      const cards = fetchJson(new URL(name, this._folder));
      this._files.set(file, cards);
      cards.catch(() => this._files.delete(file));
    }
    return this._files.get(file);
  }
}
