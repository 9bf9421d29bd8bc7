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
 * @property {string} kind of measure
 * @property {string} result "" where our sources tell of none
 * @property {string} evidence
 * @property {boolean} [mention] we know a sentence of it
 */

/** Fetch JSON, or throw. @param {URL} address @returns {Promise<any>} */
export async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}: ${address}`);
  return response.json();
}

/** @template {{per_file: number, cards: string}} [I=import("./selection.js").Index] */
export class Data {
  #folder;
  #language;
  #version;
  #kind;
  /** @type {Promise<I> | null} */
  #index = null;
  /** @type {Map<number, Promise<Card[]>>} */
  #files = new Map();

  /**
   * @param {URL} folder where the files are
   * @param {string} language
   * @param {string} version of the index; stands in the name of its file, so that a page never
   *   meets the index of another build
   * @param {string} [kind] which index: what its name begins with
   */
  constructor(folder, language, version, kind = "facets") {
    this.#folder = folder;
    this.#language = language;
    this.#version = version;
    this.#kind = kind;
  }

  /** Return the index. @returns {Promise<I>} */
  index() {
    const name = `${this.#kind}.${this.#language}.${this.#version}.json`;
    this.#index ??= fetchJson(new URL(name, this.#folder)).catch((error) => {
      this.#index = null;
      throw error;
    });
    return this.#index;
  }

  /**
   * Return the cards of some cases, undefined in place of each that could not be fetched.
   * @param {number[]} numbers @returns {Promise<(Card | undefined)[]>}
   */
  async cards(numbers) {
    const { per_file: perFile } = await this.index();
    const wanted = [...new Set(numbers.map((number) => Math.floor(number / perFile)))];
    /** @type {Map<number, Card[]>} */
    const files = new Map();
    await Promise.all(
      wanted.map(async (file) => files.set(file, await this.file(file).catch(() => []))),
    );
    return numbers.map((number) => files.get(Math.floor(number / perFile))?.[number % perFile]);
  }

  /** Return a file of cards, fetched once. @param {number} file @returns {Promise<Card[]>} */
  async file(file) {
    const { cards: version } = await this.index();
    let cards = this.#files.get(file);
    if (!cards) {
      const name = `cards.${this.#language}.${version}/${file}.json`;
      cards = fetchJson(new URL(name, this.#folder));
      this.#files.set(file, cards);
      cards.catch(() => this.#files.delete(file));
    }
    return cards;
  }
}
